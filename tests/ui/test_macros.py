"""The pieces of the look, made by plain Jinja2 without Django, as the public site makes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from kaikaku import writers
from kaikaku.core.lineage import word_diff
from kaikaku.writers import jinja_filters
from kaikaku.writers.dataset import Band, Figure, PlainTable, Rated, Tally, TallyRow

TEMPLATES = Path(writers.__file__).parent / "templates"


@pytest.fixture(scope="module")
def look() -> Environment:
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    jinja_filters.register(env)
    return env


def draw(look: Environment, source: str, **context: Any) -> html.HtmlElement:
    head = (
        '{% import "look/figures.html" as fig %}{% import "look/tables.html" as tables %}'
        '{% import "look/text.html" as text %}<div>'
    )
    return html.fragment_fromstring(look.from_string(head + source + "</div>").render(context))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_grade_says_letter_and_word(look: Environment) -> None:
    badge = draw(look, "{{ fig.grade_badge('A', '達成', 1) }}")
    assert words(badge) == "A 達成"
    assert badge.xpath("//*[contains(@class, 'grade-1')]//circle")


def test_each_slot_has_its_own_shape(look: Environment) -> None:
    shapes = {
        html.tostring(draw(look, "{{ fig.grade_mark('A', slot) }}", slot=slot).find(".//svg")[0])
        for slot in range(5)
    }
    assert len(shapes) == 5


def test_a_code_that_is_a_shape_is_not_put_into_another(look: Environment) -> None:
    assert draw(look, "{{ fig.grade_badge('◎', '目標以上', 1) }}").find(".//svg") is None


def test_an_unrated_indicator_says_why(look: Environment) -> None:
    assert words(draw(look, "{{ fig.grade_badge('', '目標値がありません', none) }}")) == "目標値がありません"


def test_not_measurable_is_read_once(look: Environment) -> None:
    badge = draw(look, "{{ fig.grade_badge('測定不能', '測定不能', 0) }}")
    read = badge.xpath(".//text()[not(ancestor::*[@aria-hidden='true'])]")
    assert "".join(read).strip() == "測定不能"


def test_a_projected_grade_is_marked(look: Environment) -> None:
    assert "（見込）" in words(draw(look, "{{ fig.grade_badge('B', '概ね達成', 2, 'projected') }}"))


def test_a_share_bar_tells_its_figures_in_words_and_in_a_table(look: Environment) -> None:
    figure = draw(
        look,
        "{{ fig.share_bar(['達成', '遅れ'], [36, 21], shares, [1, 4], caption='全体', codes=['A', 'D']) }}",
        shares=[Decimal("63.2"), Decimal("36.8")],
    )
    svg = figure.find(".//figure/svg")
    assert svg.get("aria-label") == "全体：達成 36指標 63.2%、遅れ 21指標 36.8%"
    assert [words(row) for row in figure.xpath(".//tbody/tr")] == ["指標数362157", "割合63.2%36.8%100.0%"]


def test_the_parts_of_a_share_bar_fill_it(look: Environment) -> None:
    figure = draw(
        look,
        "{{ fig.share_bar(['達成', '概ね', '遅れ'], [1, 1, 1], shares, [1, 2, 4]) }}",
        shares=[Decimal("33.4"), Decimal("33.3"), Decimal("33.3")],
    )
    widths = [Decimal(rect.get("width").rstrip("%")) for rect in figure.xpath(".//rect[not(@rx)]")]
    assert sum(widths) == pytest.approx(100, abs=Decimal("0.01"))


def test_a_share_bar_of_nothing_says_so(look: Environment) -> None:
    figure = draw(look, "{{ fig.share_bar(['達成'], [0], [], [1]) }}")
    assert words(figure) == "評価した指標はまだありません。"


def test_a_share_bar_needs_no_inline_style(look: Environment) -> None:
    figure = draw(look, "{{ fig.share_bar(['達成'], [2], shares, [1]) }}", shares=[Decimal(100)])
    assert not figure.xpath(".//@style")


def test_a_projected_quantity_is_marked_and_leads_to_its_source(look: Environment) -> None:
    figure = Figure("actual", 2023, "424", Decimal(424), "424", status="projected")
    shown = draw(look, "{{ fig.quantity(f, '時間', '*', '/s#L1', '3ページ') }}", f=figure)
    assert words(shown) == "424時間見込*出典（3ページ）"
    assert shown.find(".//a").get("href") == "/s#L1"


def test_a_confirmed_quantity_carries_no_mark(look: Environment) -> None:
    figure = Figure("actual", 2023, "71.5", Decimal("71.5"), "71.5")
    assert words(draw(look, "{{ fig.quantity(f) }}", f=figure)) == "71.5"


def test_an_unknown_quantity_shows_what_was_printed_and_why(look: Environment) -> None:
    figure = Figure("actual", 2023, "—", None, "", reason="調査を中止したため")
    assert words(draw(look, "{{ fig.quantity(f) }}", f=figure)) == "—（調査を中止したため）"


def test_an_absent_figure_is_a_dash_that_is_read_out(look: Environment) -> None:
    assert words(draw(look, "{{ fig.quantity(none) }}")) == "—（値がありません）"


def test_a_zero_is_not_taken_for_an_absent_value(look: Environment) -> None:
    figure = Figure("actual", 2023, "0", Decimal(0), "0")
    assert words(draw(look, "{{ fig.quantity(f) }}", f=figure)) == "0"


def test_a_working_names_sum_formula_and_target_year(look: Environment) -> None:
    rated = Rated(
        2023, Decimal("71.4"), "71.4", "from_baseline", "基準値比", "(71.5 − 1.5) ÷ 98", 2024, "C", "やや遅れ"
    )
    shown = words(draw(look, "{{ fig.working(r) }}", r=rated))
    assert shown == "(71.5 − 1.5) ÷ 98計算方法：基準値比 目標：令和6年度"


def test_a_number_column_carries_its_unit_in_the_heading_only(look: Environment) -> None:
    shown = draw(
        look,
        "{{ tables.data_table('指標', ['名称', column('実績', '%', number=true)], [['利用率', '71.5']]) }}",
    )
    assert words(shown.find(".//thead")) == "名称実績（%）"
    assert [cell.get("class") for cell in shown.findall(".//tbody//td")] == ["number"]


def test_the_first_cell_of_a_row_is_its_header(look: Environment) -> None:
    shown = draw(look, "{{ tables.data_table('表', ['a', 'b'], [['県税', '1']]) }}")
    assert shown.find(".//tbody//th").get("scope") == "row"


def test_a_table_stands_in_a_named_region_the_keyboard_reaches(look: Environment) -> None:
    region = draw(look, "{{ tables.data_table('所管', ['a'], []) }}").find(".//div")
    assert (region.get("role"), region.get("tabindex"), region.get("aria-label")) == ("region", "0", "所管")


def test_a_table_of_the_source_keeps_its_unit_beside_the_caption(look: Environment) -> None:
    table = PlainTable("県債残高", ("年度", "残高"), (("R2", "12,910"),), "億円")
    assert "単位：億円" in words(draw(look, "{{ tables.plain_table(t) }}", t=table).find(".//caption"))


def test_the_summary_table_puts_the_whole_last_and_links_the_pillars(look: Environment) -> None:
    bands = (Band("A", "達成", Decimal(100), slot=1), Band("D", "遅れ", None, slot=4))
    rows = (
        TallyRow("s1", "I", "県民本位", 2, (1, 1), (Decimal(50), Decimal(50))),
        TallyRow(None, None, "全体", 2, (1, 1), (Decimal(50), Decimal(50))),
    )
    tally = Tally(2020, ("達成", "遅れ"), rows, True)
    shown = draw(look, "{{ tables.tally_table(t, bands, urls={'s1': 'p/1.html'}) }}", t=tally, bands=bands)
    assert words(shown.find(".//caption")) == "令和2年度の達成状況"
    assert shown.find(".//tbody//a").get("href") == "p/1.html"
    assert shown.xpath(".//tbody/tr[last()]/@class") == ["total"]


def test_a_branch_of_the_tree_opens_beside_its_link_not_around_it(look: Environment) -> None:
    leaf = {"number": "①", "title": "研修", "subtitle": None, "url": "/2", "children": ()}
    branch = {"number": "Ⅰ", "title": "人材", "subtitle": "育てる", "url": "/1", "children": (leaf,)}
    shown = draw(look, "{{ text.tree(nodes) }}", nodes=[branch])
    assert shown.findall(".//details")[0].get("open") is not None
    assert not shown.xpath(".//summary//a")
    assert [a.text for a in shown.findall(".//a")] == ["人材", "研修"]


def test_a_caller_writes_beside_each_node(look: Environment) -> None:
    leaf = {"number": None, "title": "研修", "subtitle": None, "url": None, "children": ()}
    shown = draw(look, "{% call(node) text.tree(nodes) %}[{{ node.title }}]{% endcall %}", nodes=[leaf])
    assert words(shown) == "研修[研修]"


def test_a_difference_is_told_by_elements_not_by_colour(look: Environment) -> None:
    shown = draw(look, "{{ text.diff(w) }}", w=word_diff("利用率を70%に", "利用率を80%に"))
    assert (words(shown.find(".//del")), words(shown.find(".//ins"))) == ("70", "80")


def test_a_message_says_its_kind_in_words(look: Environment) -> None:
    assert words(draw(look, "{{ text.message('warning', '前年度と同じです') }}")).startswith("注意：")


def test_what_people_type_is_escaped(look: Environment) -> None:
    shown = look.from_string(
        '{% import "look/text.html" as text %}{{ text.key_values([("名称", "<b>x</b>")]) }}'
    ).render()
    assert "&lt;b&gt;x&lt;/b&gt;" in shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ 2026|era }}", "令和8年度"),
        ("{{ 2019|era_both }}", "令和元年度（2019年度）"),
        ("{{ none|era }}", "—"),
        ("{{ [2024, 2028]|period }}", "令和6年度～令和10年度"),
        ("{{ none|number }}", "—"),
        ("{{ (-1743)|number }}", "△1,743"),
        ("{{ ''|status_word }}", ""),
        ("{{ 'preliminary'|status_word }}", "速報"),
    ],
)
def test_filters_speak_the_words_of_the_field(look: Environment, source: str, shown: str) -> None:
    assert look.from_string(source).render() == shown


def test_a_share_keeps_one_decimal() -> None:
    assert jinja_filters.share(Decimal(86)) == "86.0%"


def test_a_day_shows_the_weekday_and_tells_the_western_date() -> None:
    shown = html.fragment_fromstring(jinja_filters.day(date(2026, 5, 29)))
    assert (shown.text, shown.get("title"), shown.get("datetime")) == (
        "令和8年5月29日（金）",
        "2026年5月29日",
        "2026-05-29",
    )


def test_a_moment_is_told_at_japanese_time() -> None:
    moment = datetime(2026, 5, 28, 15, 30, tzinfo=timezone(timedelta(0)))
    assert "令和8年5月29日（金） 00:30" in jinja_filters.moment(moment)


def test_a_quote_is_marked_once_within_its_line() -> None:
    assert jinja_filters.mark("49指標（86.0%）<", "86.0%") == "49指標（<mark>86.0%</mark>）&lt;"


def test_lines_become_paragraphs_without_the_empty_ones() -> None:
    assert jinja_filters.paragraphs("一\n\n<二>") == "<p>一</p><p>&lt;二&gt;</p>"
