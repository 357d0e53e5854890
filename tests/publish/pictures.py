"""Pictures of publishing, for the manual."""

from tests.manual.pictures import Picture
from tests.manual.world import NEXT

PICTURES = (
    Picture(
        "publish/publish",
        "jimukyoku",
        lambda world: world.at("publish:publish", world.edition(NEXT).pk),
        crop=(".page-title", "main > .flow"),
        width=860,
    ),
    Picture(
        "publish/errata",
        "jimukyoku",
        lambda world: world.at("publish:publish", world.edition().pk),
        crop=("main > .flow > h2", "main > .flow > .table-region", ".form"),
        width=860,
    ),
)
