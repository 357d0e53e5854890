"""Pictures of observations, meetings and opinions, for the manual."""

from __future__ import annotations

from kaikaku.reviews.models import AgendaItem, Meeting, Opinion
from tests.manual.pictures import Picture, tagged
from tests.manual.world import NEXT, World

ARREARS = "県税の収入未済額"


def meeting(world: World, kind: str = "headquarters") -> Meeting:
    return Meeting.objects.get(edition=world.edition(NEXT), kind=kind)


def item(world: World) -> AgendaItem:
    return meeting(world, "committee").items.get(indicator__name="移住相談の件数")


def unanswered(world: World) -> Opinion:
    about = meeting(world, "committee").items.get(indicator__name=ARREARS)
    return about.opinions.order_by("pk")[0]


PICTURES = (
    Picture(
        "reviews/observe",
        "shokuin",
        lambda world: world.at("reviews:observe", world.edition(NEXT).pk),
        crop=(".page-title", ".form > :nth-child(-n+5)"),
        width=820,
    ),
    Picture(
        "reviews/loop",
        "jimukyoku",
        lambda world: world.at("reviews:indicator", world.indicator(ARREARS, NEXT).pk),
        crop=("[data-picture]",),
        steps=tagged(lambda tab: tab.locator("section:has(.events)").first),
    ),
    Picture(
        "reviews/agenda",
        "jimukyoku",
        lambda world: world.at("reviews:agenda", meeting(world).pk),
        crop=(".page-title", ".lead", ".candidate:nth-of-type(-n+6)"),
    ),
    Picture(
        "reviews/meeting",
        "honbuin",
        lambda world: world.at("reviews:meeting", meeting(world).pk),
        crop=(".page-head", ".facts", "nav[aria-label=次第]", ".agenda-item:nth-of-type(1)"),
    ),
    Picture(
        "reviews/opinion",
        "iin",
        lambda world: world.at("reviews:write_opinion", item(world).pk),
        crop=(".page-title", "main > .flow"),
        width=860,
    ),
    Picture(
        "reviews/follow-up",
        "iin",
        lambda world: world.at("reviews:follow_up", world.edition().pk),
        crop=(".page-title", ".lead", "table"),
    ),
    Picture(
        "reviews/answer",
        "tanto",
        lambda world: world.at("reviews:answer", unanswered(world).pk),
        crop=(".page-title", "main > .flow"),
        width=820,
    ),
)
