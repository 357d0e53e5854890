"""Opening a round, its board, its days, its reminders."""

from datetime import date

import pytest
from django.core import mail

from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import State
from kaikaku.org import services as org
from kaikaku.plans import services as plans
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    FilledIndicator,
    FilledSection,
    Filling,
    IndicatorFields,
    SectionFields,
)
from kaikaku.plans.models import Edition
from kaikaku.reporting import queries, services
from kaikaku.reporting.calendar import due_of, is_late, reminder_for, template
from kaikaku.reporting.entries import RoundFields
from kaikaku.reporting.models import Round, Sheet
from tests.cast import Cast, department
from tests.conftest import assert_constant_queries
from tests.reporting.conftest import DATES, YEAR, make_round, submit

FIELDS = RoundFields(YEAR, "annual", "実績照会", DATES)


def test_the_dry_run_names_what_nobody_is_in_charge_of(cast: Cast, edition: Edition) -> None:
    section = edition.sections.order_by("position")[0]
    plans.revise_section(section=section, fields=SectionFields("所管なし"), by=None)
    preview = queries.preview_round(edition)
    assert [a.department for a in preview.addressees] == [cast.zeimu]
    assert preview.ownerless_sections == ("所管なし",)
    assert len(preview.ownerless_indicators) == 2
    assert preview.indicators == 5


def test_a_department_without_a_clerk_is_named_before_the_round_opens(cast: Cast, edition: Edition) -> None:
    section = edition.sections.order_by("position")[0]
    plans.revise_section(section=section, fields=SectionFields("知事の取組", owner=cast.somu), by=None)
    assert [a.department for a in queries.preview_round(edition).without_clerk] == [cast.somu]


def test_duties_of_a_renamed_department_go_to_its_successor(cast: Cast, edition: Edition) -> None:
    heir = org.rename_department(department=cast.zeimu, name="税務企画課", from_day=date(2023, 4, 1), by=None)
    opened = make_round(cast, edition)
    assert opened.sheets.get().department == heir
    assert queries.waiting_for(cast.sato).count() == 1


def test_a_renaming_during_the_round_orphans_no_sheet(cast: Cast, sheet: Sheet) -> None:
    org.rename_department(department=cast.zeimu, name="税務企画課", from_day=date(2024, 4, 1), by=None)
    assert [task.title for task in queries.tasks_for(cast.sato)] == [str(sheet)]
    row = queries.board(sheet.round).rows[0]
    assert row.department == "税務課（現 税務企画課）"


def test_only_the_office_opens_a_round(cast: Cast, edition: Edition) -> None:
    with pytest.raises(RuleViolation, match="事務局だけ"):
        services.open_round(edition=edition, fields=FIELDS, by=cast.sato)


def test_a_round_of_a_kind_is_opened_once_a_year(cast: Cast, round_: Round) -> None:
    with pytest.raises(RuleViolation, match="すでに開いています"):
        services.open_round(edition=round_.edition, fields=FIELDS, by=cast.takahashi)


def test_a_round_that_would_ask_nobody_is_not_opened(cast: Cast) -> None:
    plan = plans.create_plan(organisation=cast.sakura, name="空のプラン", by=None)
    edition = plans.create_edition(plan=plan, fields=EditionFields("令和5年度", 2023), by=None)
    with pytest.raises(RuleViolation, match="宛先がありません"):
        services.open_round(edition=edition, fields=FIELDS, by=cast.takahashi)


def test_a_projected_value_is_in_the_sheet_to_be_settled(cast: Cast, edition: Edition) -> None:
    indicator = edition.indicators.order_by("position")[0]
    projected = FigureFields("actual", text="80%", fiscal_year=YEAR, status="projected")
    plans.set_figure(indicator=indicator, fields=projected, by=None)
    row = make_round(cast, edition).sheets.get().figures.get(indicator=indicator)
    assert (row.text, row.status) == ("80%", "projected")


def test_the_next_years_round_carries_the_texts_of_this_one(cast: Cast, sheet: Sheet) -> None:
    submit(sheet, cast)
    services.close_round(round_=sheet.round, by=cast.takahashi, reason="次の照会を始めるため")
    later = RoundFields(YEAR + 1, "annual", "令和6年度の実績照会", DATES)
    opened = services.open_round(edition=sheet.round.edition, fields=later, by=cast.takahashi)
    assert opened.sheets.get().parts.first().carried["issues"] == "窓口の周知"


def test_days_must_follow_one_another(cast: Cast, edition: Edition) -> None:
    days = DATES.__class__(DATES.accept, DATES.confirm, DATES.bundle, DATES.accept)
    with pytest.raises(RuleViolation, match="後の日"):
        services.open_round(edition=edition, fields=RoundFields(YEAR, "annual", "x", days), by=cast.takahashi)


def test_the_annual_round_follows_the_template_calendar() -> None:
    assert template("annual", 2025, today=date(2026, 4, 10)).bundle == date(2026, 5, 29)
    assert template("midyear", 2026, today=date(2026, 10, 1)).submit == date(2026, 10, 16)
    assert template("one_off", 2026, today=date(2026, 1, 1)).submit == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("day", "kind"),
    [(1, "week"), (6, "week"), (7, "day"), (8, "day"), (9, "overdue"), (20, "overdue")],
)
def test_reminders_are_worked_out_from_the_dates(day: int, kind: str) -> None:
    assert reminder_for(DATES.submit, today=date(2024, 5, day)) == kind


def test_an_exception_moves_the_submission_and_what_follows() -> None:
    later = date(2024, 6, 10)
    assert due_of(State.DRAFT, DATES, extended_to=later) == later
    assert due_of(State.CHIEF_CONFIRMED, DATES, extended_to=later) == later
    assert due_of(State.BUNDLED, DATES, extended_to=later) == DATES.accept
    assert not is_late(later, today=later)


def test_an_exception_wants_a_later_day_and_a_reason(cast: Cast, sheet: Sheet) -> None:
    with pytest.raises(RuleViolation, match="より後の日"):
        services.extend_deadline(sheet=sheet, due=DATES.submit, reason="x", by=cast.takahashi)
    with pytest.raises(RuleViolation, match="理由を入力"):
        services.extend_deadline(sheet=sheet, due=DATES.bundle, reason=" ", by=cast.takahashi)
    services.extend_deadline(sheet=sheet, due=DATES.bundle, reason="統計の遅れ", by=cast.takahashi)
    sheet.refresh_from_db()
    assert sheet.extended_to == DATES.bundle


def test_daily_reminders_go_out_once_for_each_due_day(cast: Cast, sheet: Sheet) -> None:
    cast.sato.email = "sato@example.jp"
    cast.sato.save()
    for day in (date(2024, 4, 20), date(2024, 5, 1), date(2024, 5, 1), date(2024, 5, 7), date(2024, 5, 9)):
        services.remind_due(on=day)
    assert [r.kind for r in sheet.reminders.order_by("pk")] == ["week", "day", "overdue"]
    assert len(mail.outbox) == 3


def test_after_submission_the_chief_is_reminded_not_the_clerk(cast: Cast, sheet: Sheet) -> None:
    cast.sato.email, cast.suzuki.email = "sato@example.jp", "suzuki@example.jp"
    cast.sato.save()
    cast.suzuki.save()
    submit(sheet, cast)
    services.remind_due(on=date(2024, 5, 20))
    assert [letter.to for letter in mail.outbox] == [["suzuki@example.jp"]]


def test_nobody_is_reminded_where_nobody_is_late(cast: Cast, round_: Round) -> None:
    with pytest.raises(RuleViolation, match="期限を過ぎている所属はありません"):
        services.remind_late(round_=round_, by=cast.takahashi, on=date(2024, 5, 1))


def test_closing_with_sheets_left_wants_a_reason(cast: Cast, round_: Round) -> None:
    with pytest.raises(RuleViolation, match="受理していない調書が1件"):
        services.close_round(round_=round_, by=cast.takahashi)
    services.close_round(round_=round_, by=cast.takahashi, reason="報告会の日程による")
    sheet = round_.sheets.get()
    with pytest.raises(RuleViolation, match="締め切られています"):
        services.answer_none(sheet=sheet, reason="x", by=cast.sato)
    assert queries.tasks_for(cast.sato) == []


def _grow(edition: Edition, cast: Cast, *, how_many: int, start: int = 0) -> None:
    """So many departments more, each with one section and its indicators."""
    parent = cast.somu
    made = [department(cast.sakura, f"第{start + n}課", parent) for n in range(how_many)]
    filling = Filling(
        sections=tuple(FilledSection(SectionFields(f"取組{d.name}", owner=d)) for d in made),
        indicators=tuple(
            FilledIndicator(IndicatorFields(f"指標{d.name}", unit="件"), section=n)
            for n, d in enumerate(made)
        ),
    )
    plans.build_edition(edition=edition, filling=filling, by=None)


def test_the_board_asks_the_database_as_often_however_many_sheets(cast: Cast, edition: Edition) -> None:
    made = make_round(cast, edition)

    def grow() -> None:
        for n in range(5):
            row = department(cast.sakura, f"第{n}課", cast.somu)
            Sheet.objects.create(round=made, department=row)

    assert_constant_queries(lambda: queries.board(queries.round_for(cast.takahashi, made.pk)), grow)


def test_the_approvers_list_asks_as_often_however_many_wait(cast: Cast, sheet: Sheet) -> None:
    submit(sheet, cast)
    rows = list(sheet.figures.all())

    def grow() -> None:
        for n in range(3):
            here = department(cast.sakura, f"第{n}課", cast.somu)
            other = Sheet.objects.create(
                round=sheet.round, department=here, state="submitted", submitted_by=cast.sato
            )
            for row in rows[:2]:
                other.figures.create(indicator=row.indicator, text=row.text, value=row.value)
        cast.suzuki.__dict__.pop("_standing_today", None)

    def run() -> None:
        cast.suzuki.__dict__.pop("_standing_today", None)
        assert queries.approvals_for(cast.suzuki).waiting

    assert_constant_queries(run, grow)


def test_opening_asks_the_database_as_often_however_many_departments(
    cast: Cast, edition: Edition, count_queries
) -> None:
    counts = []
    for kind in ("annual", "midyear"):
        with count_queries() as asked:
            fields = RoundFields(YEAR, kind, "照会", DATES)
            services.open_round(edition=edition, fields=fields, by=None)
        counts.append(len(asked))
        _grow(edition, cast, how_many=20)
    assert Round.objects.last() is not None
    assert counts[0] == counts[1]
