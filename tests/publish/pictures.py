"""Pictures of publishing, for the manual."""

from kaikaku.publish.models import Publication
from kaikaku.publish.places import address_of
from tests.manual.pictures import Picture, tagged
from tests.manual.world import NEXT, World


def site(world: World) -> str:
    return f"/public/{address_of(Publication.objects.get(edition=world.edition()))}/"


summary = tagged(lambda tab: tab.locator("main table").first)

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
    Picture("publish/site", None, site, crop=("main h1", "main .lead", "[data-picture]"), steps=summary),
)
