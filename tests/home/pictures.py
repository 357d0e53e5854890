"""Pictures of one's own page, of the whole at a glance and of the governor's sheet, for the manual."""

from kaikaku.org.roles import Role
from tests.manual.pictures import Picture

PICTURES = (
    Picture(
        "home/index",
        "tanto",
        lambda world: "/",
        crop=(".page-title", "[aria-labelledby=waiting]", "[aria-labelledby=sent]"),
    ),
    Picture(
        "home/dashboard",
        "jimukyoku",
        lambda world: world.at("home:dashboard_of", world.edition().pk),
        crop=(".page-head", ".facts", "[aria-labelledby=grades]"),
        width=1180,
    ),
    Picture(
        "home/governor",
        "honbuin",
        lambda world: world.at("home:governor", world.edition().pk),
        crop=(".page-title", ".governor > .facts", ".governor .sharebar", ".governor .halves"),
        width=880,
    ),
    Picture(
        "home/handover",
        "jimukyoku",
        lambda world: world.at("home:handover", world.post("税務課", Role.CHIEF).pk),
        crop=(".page-head", "main > .flow > section:nth-of-type(-n+2)"),
    ),
    Picture(
        "home/notices",
        "tanto",
        lambda world: "/notices/",
        crop=(".page-head", ".tabs", ".notices-list > li:nth-child(-n+4)"),
    ),
)
