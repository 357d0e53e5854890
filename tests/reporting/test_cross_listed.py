"""【再掲】: asked once, counted once, shown everywhere; and what must never be mixed in a series."""

from decimal import Decimal
from io import BytesIO

import docx
import pytest

from kaikaku.core.errors import RuleViolation
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, FigureFields, IndicatorFields, SectionFields
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.plans.queries import rows_of
from kaikaku.reporting import queries, services
from kaikaku.reporting.entries import FigureEntry, SheetEntry
from kaikaku.reporting.models import Round, Sheet, SheetFigure
from kaikaku.reporting.paper import sheet_paper
from kaikaku.writers.word import word_bytes
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.reporting.conftest import DATES, YEAR, make_round


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """窓口 (税務課) has オンライン化率, which 行革 (行政改革課) shows again."""
    plan = plans.create_plan(organisation=cast.sakura, name="プラン", by=None)
    made = plans.create_edition(plan=plan, fields=EditionFields("令和5年度版", YEAR), by=None)
    home = plans.add_section(edition=made, fields=SectionFields("窓口", owner=cast.zeimu), by=None)
    other = plans.add_section(edition=made, fields=SectionFields("行革", owner=cast.gyokaku), by=None)
    fields = IndicatorFields("オンライン化率", unit="%", accumulation="stock")
    indicator = plans.add_indicator(edition=made, section=home, fields=fields, by=None)
    plans.set_figure(
        indicator=indicator, fields=FigureFields("target", text="90%", fiscal_year=YEAR), by=None
    )
    plans.set_cross_listing(indicator=indicator, sections=[other], by=None)
    return made


@pytest.fixture
def indicator(edition: Edition) -> Indicator:
    return edition.indicators.get()


@pytest.fixture
def round_(cast: Cast, edition: Edition) -> Round:
    return make_round(cast, edition)


def sheet_of(round_: Round, title: str) -> Sheet:
    return round_.sheets.get(parts__section__title=title)


def report(cast: Cast, round_: Round, text: str) -> None:
    sheet = sheet_of(round_, "窓口")
    entry = SheetEntry(figures={sheet.figures.get().pk: FigureEntry(text=text)})
    services.save_sheet(sheet=sheet, entry=entry, version=sheet.version, by=cast.sato)


def test_it_is_asked_once(cast: Cast, round_: Round) -> None:
    assert SheetFigure.objects.filter(sheet__round=round_).count() == 1
    assert [(row.department, row.asked) for row in queries.board(round_).rows] == [
        ("税務課", 1),
        ("行政改革課", 0),
    ]


def test_it_is_shown_where_it_is_listed_again_with_what_was_reported(cast: Cast, round_: Round) -> None:
    report(cast, round_, "85%")
    page = queries.sheet_page(cast.takahashi, sheet_of(round_, "行革"))
    [again] = page.parts[0].again
    assert (again.line.typed.value, again.asked_in, again.asked_of) == (Decimal(85), "窓口", "税務課")
    assert page.lines == ()


def test_it_is_counted_once(cast: Cast, edition: Edition, indicator: Indicator, round_: Round) -> None:
    figure = FigureFields("actual", text="85%", fiscal_year=YEAR)
    plans.set_figure(indicator=indicator, fields=figure, by=None)
    assert list(rows_of(edition, year=YEAR).results) == [indicator.pk]


def test_the_sheet_says_where_it_is_reported(cast: Cast, round_: Round, page: Page) -> None:
    report(cast, round_, "85%")
    sheet = sheet_of(round_, "行革")
    for address in ("", "print/"):
        shown = page.get(f"/reports/sheets/{sheet.pk}/{address}", as_=cast.takahashi)
        assert shown.says("オンライン化率【再掲】")
        assert shown.says("「窓口」で報告（税務課）")


def test_the_form_shows_it_and_does_not_ask_for_it(cast: Cast, edition: Edition, page: Page) -> None:
    mine = Section.objects.get(edition=edition, title="行革")
    plans.revise_section(section=mine, fields=SectionFields("行革", owner=cast.zeimu), by=None)
    sheet = make_round(cast, edition).sheets.get()
    form = page.get(f"/reports/sheets/{sheet.pk}/fill/", as_=cast.sato)
    assert form.says("オンライン化率【再掲】：「窓口」で報告します（税務課）。ここでは入力しません。")
    assert len(form.find("//input[contains(@name, '-text') and starts-with(@name, 'figure-')]")) == 1


def test_the_paper_prints_it_with_its_mark(cast: Cast, round_: Round) -> None:
    report(cast, round_, "85%")
    paper = sheet_paper(queries.sheet_page(cast.takahashi, sheet_of(round_, "行革")), on=DATES.submit)
    file = docx.Document(BytesIO(word_bytes(paper)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert "オンライン化率【再掲】" in cells
    assert "85.0%" in cells or "85%" in cells


def test_one_that_nobody_is_asked_for_shows_what_the_plan_has(
    cast: Cast, edition: Edition, indicator: Indicator
) -> None:
    figure = FigureFields("actual", text="85%", fiscal_year=YEAR)
    plans.set_figure(indicator=indicator, fields=figure, by=None)
    home = Section.objects.get(edition=edition, title="窓口")
    plans.revise_section(section=home, fields=SectionFields("窓口"), by=None)
    page = queries.sheet_page(cast.takahashi, sheet_of(make_round(cast, edition), "行革"))
    assert page.parts[0].again[0].line.typed.value == Decimal(85)


def test_the_sheet_asks_as_often_however_many_are_shown_again(
    cast: Cast, edition: Edition, round_: Round
) -> None:
    home, other = (Section.objects.get(edition=edition, title=title) for title in ("窓口", "行革"))
    sheet = sheet_of(round_, "行革")

    def grow() -> None:
        for n in range(5):
            fields = IndicatorFields(f"指標{n}", unit="件")
            more = plans.add_indicator(edition=edition, section=home, fields=fields, by=None)
            plans.set_cross_listing(indicator=more, sections=[other], by=None)

    assert_constant_queries(lambda: queries.sheet_page(cast.takahashi, sheet), grow)


# --- what must never be mixed -------------------------------------------------------------------------


def counted(edition: Edition, name: str, accumulation: str, unit: str = "件") -> Indicator:
    home = Section.objects.get(edition=edition, title="窓口")
    fields = IndicatorFields(name, unit=unit, accumulation=accumulation)
    return plans.add_indicator(edition=edition, section=home, fields=fields, by=None)


def actual(indicator: Indicator, text: str, year: int, **more) -> None:
    fields = FigureFields("actual", text=text, fiscal_year=year, **more)
    plans.set_figure(indicator=indicator, fields=fields, by=None)


def findings(cast: Cast, edition: Edition, indicator: Indicator, text: str) -> dict[str, str]:
    sheet = sheet_of(make_round(cast, edition), "窓口")
    row = sheet.figures.get(indicator=indicator)
    entry = SheetEntry(figures={row.pk: FigureEntry(text=text)})
    services.save_sheet(sheet=sheet, entry=entry, version=sheet.version, by=cast.sato)
    row.refresh_from_db()
    return {found["check"]: found["message"] for found in row.findings}


def test_a_total_of_years_is_not_taken_for_one_year(cast: Cast, edition: Edition) -> None:
    yearly = counted(edition, "相談件数", "flow")
    actual(yearly, "30件", YEAR - 1)
    assert "kinds_mixed" in findings(cast, edition, yearly, "58件（R3~R5累計）")


def test_a_total_does_not_fall(cast: Cast, edition: Edition) -> None:
    total = counted(edition, "累計相談件数", "cumulative")
    actual(total, "92件", YEAR - 1, cumulative_from=2021)
    assert "cumulative_falls" in findings(cast, edition, total, "75件")


def test_how_it_is_counted_stays_once_a_result_stands(cast: Cast, edition: Edition) -> None:
    yearly = counted(edition, "相談件数", "flow")
    actual(yearly, "30件", YEAR)
    totals = IndicatorFields("相談件数", unit="件", accumulation="cumulative")
    with pytest.raises(RuleViolation, match="数え方（年度ごと・累計など）は変更できません"):
        plans.revise_indicator(indicator=yearly, fields=totals, by=None)


def test_five_more_make_sixteen_only_after_eleven(cast: Cast, edition: Edition) -> None:
    agreements = counted(edition, "包括連携協定", "flow")
    actual(agreements, "+3件（R4年度末12件）", YEAR - 1)
    found = findings(cast, edition, agreements, "+5件（R5年度末16件）")
    assert "前年度末の12件とこの年度の増減（＋5件）を合わせると17件" in found["flow_and_level"]


def test_level_and_change_that_agree_are_left(cast: Cast, edition: Edition) -> None:
    agreements = counted(edition, "包括連携協定", "flow")
    actual(agreements, "+3件（R4年度末11件）", YEAR - 1)
    assert "flow_and_level" not in findings(cast, edition, agreements, "+5件（R5年度末16件）")
