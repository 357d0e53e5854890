"""Pictures of plans, for the manual."""

from playwright.sync_api import Page as Tab

from tests.manual.pictures import Picture
from tests.manual.world import NEXT, World

EDITED = "移住相談の件数"


def by_ratio(tab: Tab, world: World) -> None:
    """Ask what the simple ratio would change."""
    tab.get_by_label("計算方法").select_option("ratio")
    tab.get_by_role("button", name="変わる評価を確かめる").click()
    tab.locator("#preview").wait_for()


PICTURES = (
    Picture(
        "plans/edition",
        "shokuin",
        lambda world: world.at("plans:edition", world.edition().pk),
        crop=("section[aria-label=達成状況]",),
        width=1180,
    ),
    Picture(
        "plans/indicator",
        "shokuin",
        lambda world: world.at("plans:indicator", world.indicator(EDITED).pk),
        crop=(".page-title", ".result", ".working", "[aria-labelledby=trend-h]"),
    ),
    Picture(
        "plans/changes",
        "jimukyoku",
        lambda world: world.at("plans:changes", world.edition(NEXT + 1).pk) + "?kind=revised",
        crop=(".changes thead", ".changes tbody tr:nth-child(-n+4)"),
    ),
    Picture(
        "plans/scheme",
        "jimukyoku",
        lambda world: world.at("plans:scheme", world.edition(NEXT).pk),
        crop=("#preview > h2", "#preview .message", "#preview .flips:nth-child(-n+5)"),
        steps=by_ratio,
    ),
    Picture(
        "plans/overall",
        "jimukyoku",
        lambda world: world.at("plans:overall", world.edition(NEXT).pk),
        crop=(".page-head", "table thead", "table tbody tr:nth-child(-n+6)"),
        width=1000,
    ),
    Picture(
        "plans/edit",
        "jimukyoku",
        lambda world: world.at("plans:revise_indicator", world.indicator(EDITED, NEXT).pk),
        crop=(".page-title", ".form > :nth-child(-n+6)"),
        width=820,
    ),
)
