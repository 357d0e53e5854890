"""The picture of a cited line, for the manual."""

from kaikaku.plans.models import Indicator
from tests.manual.pictures import Picture
from tests.manual.world import World


def citation(world: World) -> str:
    indicator = Indicator.objects.get(name="防災士の認証登録者数")
    figure = indicator.figures.get(role="actual")
    return world.at("sources:citation", figure.citation_id)


PICTURES = (
    Picture(
        "sources/cited",
        "yamagata",
        citation,
        crop=("li:has(+ li + .cited)", "li:has(+ .cited)", ".cited", ".cited + li", ".cited + li + li"),
    ),
)
