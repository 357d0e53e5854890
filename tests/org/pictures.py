"""Pictures of signing in and of the register, for the manual."""

from tests.manual.pictures import Picture

PICTURES = (
    Picture("org/sign-in", None, lambda world: "/accounts/login/", crop=(".page-title", ".form"), width=720),
    Picture(
        "org/departments",
        "jimukyoku",
        lambda world: "/departments/",
        crop=(".page-head", "form.filter", ".tree > li:nth-child(-n+2)"),
    ),
)
