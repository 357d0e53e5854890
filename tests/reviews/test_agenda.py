"""Why an item is put before a meeting, on published figures: 山形県 令和4年度, 岩手県 令和2年度."""

from __future__ import annotations

from datetime import date

import pytest

from kaikaku.core.ratings import SCHEMES
from kaikaku.core.rollup import Method, Policy
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, FigureFields, IndicatorFields, SectionFields
from kaikaku.plans.models import Edition, Indicator
from kaikaku.reporting import services as reporting
from kaikaku.reporting.models import Sheet
from kaikaku.reviews import queries
from kaikaku.reviews.models import Meeting
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.plans import yamagata
from tests.reporting.conftest import make_edition, make_round, submit
from tests.reviews import year

pytestmark = pytest.mark.django_db
CANCELLED = FigureFields("actual", fiscal_year=2022, reason="survey_cancelled")


@pytest.fixture
def report(cast: Cast) -> Edition:
    """山形県's report with its seven indicators, rated by 岩手県's scale."""
    plan = plans.create_plan(organisation=cast.sakura, name="行財政改革推進プラン2021", by=cast.takahashi)
    made = plans.create_edition(plan=plan, fields=EditionFields("令和4年度", 2022), by=cast.takahashi)
    plans.build_edition(edition=made, filling=yamagata.filling(), by=cast.takahashi)
    plans.change_scheme(edition=made, scheme=SCHEMES["iwate"], valid_from=date(2022, 4, 1), by=cast.takahashi)
    return Edition.objects.select_related("plan__organisation", "scheme").get(pk=made.pk)


@pytest.fixture
def meeting(cast: Cast, report: Edition) -> Meeting:
    return year.meeting(cast, report)


def found(meeting: Meeting) -> dict[str, tuple[str, ...]]:
    """Why each item should be taken up; those without a reason left out."""
    return {c.name: c.reasons for c in queries.candidates(meeting) if c.reasons}


def target(text: str) -> FigureFields:
    return FigureFields("target", text, 2022)


def actual(text: str) -> FigureFields:
    return FigureFields("actual", text, 2022)


def add(cast: Cast, edition: Edition, name: str, *figures: FigureFields, kind: str = "") -> Indicator:
    fields = IndicatorFields(name, unit="%", direction="up", kind=kind)
    section = edition.sections.order_by("pk").last()
    made = plans.add_indicator(edition=edition, section=section, fields=fields, by=cast.takahashi)
    for figure in figures:
        plans.set_figure(indicator=made, fields=figure, by=cast.takahashi)
    return made


def test_yamagatas_weak_grades_are_put_on_the_agenda_and_the_strong_are_not(meeting: Meeting) -> None:
    """71.1% and 78.6% are やや遅れ【C】, 63.0% too; 91.3, 83.6, 293.8 and 488.2% are not asked about."""
    assert found(meeting) == {
        "オンラインで利用できる県独自の行政手続の割合": ("low",),
        "防災士の認証登録者数": ("low",),
        "事務事業の見直し・改善(経費削減額)": ("low",),
    }


def test_iwates_d_is_low_even_where_an_outside_cause_marks_it(
    cast: Cast, report: Edition, meeting: Meeting
) -> None:
    """新規招聘医師数 carries the mark of COVID-19 and is 遅れ【D】 all the same."""
    d = add(cast, report, "新規招聘医師数", target("100%"), actual("40%"))
    plans.set_external_factor(indicator=d, note="新型コロナウイルス感染症の影響", by=cast.takahashi)
    assert found(meeting)["新規招聘医師数"] == ("low", "external")


def test_iwates_unmeasured_survey_is_asked_about(cast: Cast, report: Edition, meeting: Meeting) -> None:
    name = "患者満足度調査における満足度（入院）"
    add(cast, report, name, target("85%"), CANCELLED)
    assert found(meeting)[name] == ("not_measurable",)
    [asked] = [c.question for c in queries.candidates(meeting) if c.name == name]
    assert "評価の扱いを決めてください" in asked


def test_a_held_overall_rating_is_asked_about(cast: Cast, report: Edition, meeting: Meeting) -> None:
    section = report.sections.order_by("pk").last()
    for name in ("満足度（入院）", "満足度（外来）", "満足度（救急）", "満足度（訪問）"):
        add(cast, report, name, target("85%"), CANCELLED)
    plans.choose_overall_policy(edition=report, policy=Policy(Method.SHARE), by=cast.takahashi)
    meeting.edition.refresh_from_db()
    assert found(meeting)[str(section)] == ("held",)
    [asked] = [c.question for c in queries.candidates(meeting) if c.name == str(section)]
    assert "7指標のうち測定できたのは3指標" in asked


def test_an_overall_rating_that_its_figures_have_left_behind_is_asked_about(
    cast: Cast, report: Edition, meeting: Meeting
) -> None:
    plans.choose_overall_policy(edition=report, policy=Policy(Method.GRADE_POINTS), by=cast.takahashi)
    first = report.sections.order_by("pk")[0]
    plans.settle_overall(section=first, level="やや遅れ", decider="本部会議", by=cast.takahashi)
    for indicator in report.indicators.filter(section=first):
        [figure] = indicator.figures.filter(role="actual", is_current=True)
        plans.correct_figure(
            figure=figure,
            fields=FigureFields("actual", "100%" if indicator.unit == "%" else "2,400人", 2022),
            reason="集計の誤り",
            by=cast.takahashi,
        )
    meeting.edition.refresh_from_db()
    assert found(meeting)[str(first)] == ("rerated",)


def test_opposite_outputs_and_outcomes_are_asked_about(cast: Cast, report: Edition, meeting: Meeting) -> None:
    """宮城県 R8, 庁内複業: 支援事業数は増加したが、参加人数が減少."""
    top = plans.add_section(edition=report, fields=SectionFields("庁内複業の推進"), by=cast.takahashi)
    pair = (("支援事業数", "output", "120%"), ("参加人数", "outcome", "50%"))
    for name, kind, reached in pair:
        made = add(cast, report, name, target("100%"), actual(reached), kind=kind)
        plans.move_indicator(indicator=made, section=top, by=cast.takahashi)
    assert found(meeting)["庁内複業の推進"] == ("opposite",)


# Returned twice


def returned(cast: Cast, sheet: Sheet, times: int) -> None:
    for number in range(times):
        sheet.refresh_from_db()
        submit(sheet, cast)
        reporting.return_sheet(sheet=sheet, reason=f"{number + 1}回目の理由", by=cast.suzuki)


@pytest.fixture
def asked(cast: Cast) -> Sheet:
    """税務課's sheet on three sections."""
    return make_round(cast, make_edition(cast)).sheets.get()


def test_what_was_returned_twice_in_the_round_is_asked_about(cast: Cast, asked: Sheet) -> None:
    returned(cast, asked, 2)
    meeting = year.meeting(cast, asked.round.edition)
    back = [c for c in queries.candidates(meeting) if "returned" in c.reasons]
    assert len(back) == 3
    assert "調書が2回差し戻されています。最後の理由は「2回目の理由」です。" in back[0].question


def test_what_was_returned_once_is_not(cast: Cast, asked: Sheet) -> None:
    returned(cast, asked, 1)
    meeting = year.meeting(cast, asked.round.edition)
    assert not [c for c in queries.candidates(meeting) if "returned" in c.reasons]


def test_a_return_that_was_taken_back_does_not_count(cast: Cast, asked: Sheet) -> None:
    returned(cast, asked, 2)
    reporting.undo(sheet=asked, by=cast.suzuki)
    meeting = year.meeting(cast, asked.round.edition)
    assert not [c for c in queries.candidates(meeting) if "returned" in c.reasons]


def test_candidates_take_as_many_queries_for_many_items_as_for_few(
    cast: Cast, report: Edition, meeting: Meeting
) -> None:
    def more() -> None:
        for number in range(4):
            made = add(cast, report, f"指標{number}", target("100%"), actual("10%"))
            year.oriented(cast, year.noticed(cast, made))

    year.oriented(cast, year.noticed(cast, report.indicators.order_by("pk")[0]))
    assert_constant_queries(lambda: queries.candidates(meeting), more)
