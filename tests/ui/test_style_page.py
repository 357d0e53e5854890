"""/help/style/ shows every piece, so that no piece is unseen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kaikaku import ui, writers
from tests.cast import Cast
from tests.pages import Page

UI = Path(ui.__file__).parent
LOOK = Path(writers.__file__).parent / "templates" / "look"
SOURCES = [*sorted(LOOK.glob("*.html")), UI / "templates/ui/parts.html", UI / "templates/ui/mark.html"]
MACRO = re.compile(r"{%-?\s*macro\s+([a-z]\w*)")
PIECES = [(path.name, name) for path in SOURCES for name in MACRO.findall(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("file", "macro"), PIECES)
def test_every_piece_has_a_living_example(file: str, macro: str) -> None:
    page = (UI / "templates/ui/style.html").read_text(encoding="utf-8")
    used = re.search(rf"[{{(\s.]{macro}\(", page)
    named_inside = macro in {"filter", "pager"} and "parts.listing_table(" in page
    assert used or named_inside, f"{file}: {macro} has no example in ui/style.html"


def test_the_style_page_is_a_correct_page(page: Page, cast: Cast) -> None:
    assert page.get("/help/style/", as_=cast.sato).h1 == "部品の一覧"


def test_the_help_page_is_a_correct_page(page: Page, cast: Cast) -> None:
    assert page.get("/help/", as_=cast.watanabe).h1 == "使い方"


def test_the_list_on_the_style_page_filters(page: Page, cast: Cast) -> None:
    opened = page.get("/help/style/", as_=cast.sato, q="医療")
    assert opened.texts("//section[@id='listing']//tbody/tr/th") == ["新規招聘医師数", "患者満足度（入院）"]


def test_the_style_page_gives_what_is_seen_as_csv(page: Page, cast: Cast) -> None:
    opened = page.get("/help/style/", as_=cast.sato, q="医療局", format="csv")
    assert opened.response.content.decode("utf-8-sig").splitlines() == [
        "指標,所管,実績値,目標値",
        "患者満足度（入院）,医療局,,88.0",
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"kind": "quantity", "unit": "円", "text": "７５.６億"}, "7,560,000,000円（75.6億円）"),
        ({"kind": "fiscal_year", "text": "R8"}, "令和8年度（2026年度）"),
        ({"kind": "day", "text": "2026/5/29"}, "令和8年5月29日（金）（2026年）"),
    ],
)
def test_what_is_typed_is_said_back(page: Page, cast: Cast, query: dict[str, str], shown: str) -> None:
    answer = page.get("/help/understand/", as_=cast.sato, **query).response.json()
    assert answer == {"shown": shown, "error": ""}


def test_what_cannot_be_read_is_said_back_as_an_error(page: Page, cast: Cast) -> None:
    answer = page.get("/help/understand/", as_=cast.sato, kind="fiscal_year", text="来年").response.json()
    assert answer["shown"] == ""
    assert "「来年」を年度として読み取れません" in answer["error"]


def test_an_unknown_kind_of_field_is_refused(page: Page, cast: Cast) -> None:
    page.get("/help/understand/", as_=cast.sato, kind="colour", text="1", status=400)


def test_help_is_open_to_whoever_cannot_sign_in(page: Page) -> None:
    assert page.get("/help/").h1 == "使い方"


def test_strangers_see_no_other_page_before_signing_in(page: Page) -> None:
    page.get("/help/style/", status=302)
