"""The register of re-engineered work: its way, its steps, what is measured, and what it adds up to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaikaku.audit.services import verify
from kaikaku.bpr import queries, services
from kaikaku.bpr.entries import ProjectFields, StepFields, Total
from kaikaku.bpr.metrics import METRICS
from kaikaku.bpr.models import Project
from kaikaku.core.bpr import Stage
from kaikaku.core.errors import RuleViolation
from kaikaku.reporting.measuring import measure
from tests.bpr import register
from tests.cast import Cast, department
from tests.conftest import assert_constant_queries

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
BY_CODE = {metric.code: metric for metric in METRICS}


def value(cast: Cast, code: str, year: int, **options: str) -> Decimal | None:
    return measure(BY_CODE[code], organisation=cast.sakura, fiscal_year=year, options=options).value


def test_a_clerk_registers_for_the_own_section_and_no_other(cast: Cast) -> None:
    fields = ProjectFields(department=cast.zeimu, title="証明書の交付事務")
    made = services.register_project(fields=fields, by=cast.sato)
    assert made.stage == Stage.CANDIDATE
    with pytest.raises(RuleViolation, match="担当・所属長と事務局"):
        services.register_project(
            fields=ProjectFields(department=cast.gyokaku, title="別の課の仕事"), by=cast.sato
        )


def test_a_stranger_cannot_touch_it(cast: Cast) -> None:
    project = register.candidate(cast)
    with pytest.raises(RuleViolation, match="担当・所属長と事務局"):
        services.advance_project(project=project, to=Stage.SELECTED, by=cast.nakamura)


def test_a_project_without_a_name_or_with_an_unknown_tool_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="名称"):
        register.candidate(cast, "　")
    with pytest.raises(RuleViolation, match="「魔法」"):
        register.candidate(cast, tools=("魔法",))


def test_tools_stand_in_the_order_of_the_list(cast: Cast) -> None:
    assert register.candidate(cast, tools=("other", "rpa")).tools == ["rpa", "other"]


def test_the_steps_say_what_a_year_saves(cast: Cast) -> None:
    effect = queries.effect_of(register.started(cast))
    assert effect.minutes == Decimal(60 * 240 - 6 * 240 - 5 * 240)


def test_a_step_without_time_is_refused_and_the_old_steps_stay(cast: Cast) -> None:
    project = register.started(cast)
    with pytest.raises(RuleViolation, match="「転記」の時間がありません"):
        services.set_steps(project=project, steps=[StepFields("転記")], by=cast.sato)
    assert [step.name for step in project.steps.all()] == ["データの入力", "結果の確認"]


def test_steps_made_from_an_older_page_are_refused(cast: Cast) -> None:
    project = register.started(cast)
    seen = project.version
    services.set_steps(project=project, steps=[register.TYPING], by=cast.sato)
    with pytest.raises(RuleViolation, match="ほかの人がこの案件を変更"):
        services.set_steps(project=project, steps=[register.CHECKING], version=seen - 1, by=cast.suzuki)


def test_steps_that_say_the_same_leave_no_entry(cast: Cast) -> None:
    project = register.started(cast)
    version = Project.objects.get(pk=project.pk).version
    services.set_steps(project=project, steps=[register.TYPING, register.CHECKING], by=cast.sato)
    assert Project.objects.get(pk=project.pk).version == version


def test_effects_count_once_another_person_has_verified_them(cast: Cast) -> None:
    project = services.begin_use(project=register.started(cast), day=register.BEGAN, by=None)
    found = register.measured(cast, project, verified=False)
    assert value(cast, "bpr.hours_saved", 2025) is None
    with pytest.raises(RuleViolation, match="入力した本人"):
        services.verify_measurement(measurement=found, by=cast.sato)
    services.verify_measurement(measurement=found, by=cast.suzuki)
    assert value(cast, "bpr.hours_saved", 2025) == Decimal(49 * 240) / 60


def test_what_was_only_expected_never_counts(cast: Cast) -> None:
    project = services.begin_use(project=register.started(cast), day=register.BEGAN, by=None)
    register.measured(cast, project, occasion="expected")
    assert value(cast, "bpr.hours_saved", 2025) is None


def test_a_withdrawn_measurement_counts_no_more_and_stays_with_its_reason(cast: Cast) -> None:
    project = register.in_use(cast)
    (found,) = project.measurements.all()
    services.withdraw_measurement(measurement=found, reason="測り方の誤り", by=cast.suzuki)
    assert value(cast, "bpr.hours_saved", 2025) is None
    found.refresh_from_db()
    assert "測り方の誤り" in found.note
    with pytest.raises(RuleViolation, match="取り下げられています"):
        services.verify_measurement(measurement=found, by=cast.takahashi)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"method": "measured"}, "測った期間"),
        ({"method": "sampled", "measured_from": date(2025, 5, 1)}, "抽出した件数"),
        ({"counted_from": date(2025, 3, 31)}, "使い始めた日より前"),
        (
            {"measured_from": date(2025, 5, 2), "measured_to": date(2025, 5, 1)},
            "始まりより前",
        ),
    ],
)
def test_an_unsound_measurement_is_refused(cast: Cast, wrong: dict[str, object], words: str) -> None:
    project = register.in_use(cast)
    with pytest.raises(RuleViolation, match=words):
        register.measured(cast, project, verified=False, **wrong)


def test_nothing_is_measured_before_it_is_in_use(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="使い始めた日がありません"):
        register.measured(cast, register.started(cast), verified=False)


def test_counting_stops_when_the_new_way_retires(cast: Cast) -> None:
    project = register.in_use(cast)
    services.retire(project=project, day=date(2025, 9, 30), reason="システムの更新", by=cast.suzuki)
    assert value(cast, "bpr.hours_saved", 2025) == Decimal(49 * 240 * 5) / 12 / 60
    assert value(cast, "bpr.hours_saved", 2026) is None


def test_a_year_and_all_years_together_are_two_figures(cast: Cast) -> None:
    register.in_use(cast)
    assert value(cast, "bpr.hours_saved", 2025) == 196
    assert value(cast, "bpr.hours_saved_together", 2025) == 196
    found = queries.facts_of_government(cast.sakura, on=date(2027, 4, 1))
    assert queries.saved_by(found, (2025, 2026)).together == 392 * 60


def test_months_to_come_count_for_nothing(cast: Cast) -> None:
    project = register.in_use(cast)
    page = queries.page_of(project, cast.sato, on=date(2026, 11, 21))
    assert [line.minutes for line in page.years] == [196 * 60, Decimal(196 * 60 * 7) / 12]


def test_once_the_second_measurement_is_due_the_first_is_asked_no_more(cast: Cast) -> None:
    project = register.in_use(cast)
    assert [occasion for occasion, _ in queries.page_of(project, cast.sato, on=TODAY).due] == ["after_12"]


def test_hours_count_once_however_many_tools_are_used(cast: Cast) -> None:
    register.in_use(cast, tools=("rpa", "ai_ocr"))
    assert value(cast, "bpr.hours_saved", 2025) == 196
    assert value(cast, "bpr.hours_saved", 2025, tool="rpa") == 196
    assert value(cast, "bpr.hours_saved", 2025, tool="ai_ocr") == 196
    assert value(cast, "bpr.hours_saved", 2025, tool="macro") is None


def test_a_division_counts_what_its_sections_saved(cast: Cast) -> None:
    register.in_use(cast)
    other = department(cast.sakura, "農政部")
    assert value(cast, "bpr.hours_saved", 2025, department=str(cast.somu.pk)) == 196
    assert value(cast, "bpr.hours_saved", 2025, department=str(other.pk)) is None


def test_a_year_that_has_not_begun_has_no_figure(cast: Cast) -> None:
    register.in_use(cast)
    assert value(cast, "bpr.started", 2099) is None


def test_started_includes_completed(cast: Cast) -> None:
    register.started(cast, "一つ目")
    done = register.started(cast, "二つ目")
    services.advance_project(project=done, to=Stage.COMPLETED, on=date(2025, 4, 1), by=None)
    assert value(cast, "bpr.started", 2024) == 2
    assert value(cast, "bpr.completed", 2024) == 0
    assert value(cast, "bpr.completed", 2025) == 1


def test_every_metric_says_its_records(cast: Cast) -> None:
    project = register.in_use(cast)
    for metric in METRICS[:3]:
        found = measure(metric, organisation=cast.sakura, fiscal_year=2025, options={})
        assert [(one.key, one.url) for one in found.records] == [
            (f"project:{project.pk}", f"/bpr/{project.pk}/")
        ]


def test_the_summary_reproduces_aomoris_head_from_records(cast: Cast) -> None:
    """51 started of which 42 completed; RPA 16, AI-OCR 7, その他 5, overlapping; 16,843 hours."""
    tools = [("rpa", "ai_ocr")] * 4 + [("rpa",)] * 12 + [("ai_ocr",)] * 3 + [("other",)] * 5
    tools += [()] * (51 - len(tools))
    share, rest = divmod(16843 * 60, 51)
    for number, used in enumerate(tools):
        project = register.started(cast, f"業務{number + 1}", tools=used)
        project = services.begin_use(project=project, day=date(2025, 4, 1), by=None)
        minutes = Decimal(share + (rest if number == 0 else 0))
        register.measured(cast, project, minutes=minutes)
        if number < 42:
            services.advance_project(project=project, to=Stage.COMPLETED, on=date(2025, 9, 1), by=None)
    register.candidate(cast, "まだ着手していない業務", tools=("rpa",))
    found = queries.summary_of(cast.sakura, on=date(2026, 4, 1))
    assert (found.register.started, found.register.completed) == (51, 42)
    assert found.tool_rows == [("RPA", 16), ("AI-OCR", 7), ("その他", 5)]
    assert found.register.tools_overlap
    assert found.saved.together == 16843 * 60
    assert (len(found.completed), len(found.under_way)) == (42, 9)


def test_a_published_total_is_kept_once_and_beside_the_records(cast: Cast) -> None:
    total = Total(first_year=2019, last_year=2022, started=51, completed=42, hours=Decimal(16843))
    for _ in range(2):
        services.publish_total(organisation=cast.sakura, total=total, by=None)
    found = queries.summary_of(cast.sakura, on=TODAY)
    assert [one.started for one in found.totals] == [51]
    assert found.register.started == 0


def test_a_published_total_stands_for_the_projects_of_its_years(cast: Cast) -> None:
    """青森県: 51 of which 9 are named; what was started later comes on top."""
    total = Total(first_year=2021, last_year=2024, started=51, completed=42, hours=Decimal(16843))
    services.publish_total(organisation=cast.sakura, total=total, by=None)
    register.started(cast, "公表された51件のうちの1件")
    later = register.candidate(cast, "後の年度の案件")
    for stage in (Stage.SELECTED, Stage.STARTED):
        later = services.advance_project(project=later, to=stage, on=date(2025, 5, 1), by=None)
    assert [value(cast, "bpr.started", year) for year in (2023, 2024, 2025)] == [None, 51, 52]
    assert value(cast, "bpr.completed", 2024) == 42
    found = measure(
        BY_CODE["bpr.hours_saved_together"], organisation=cast.sakura, fiscal_year=2024, options={}
    )
    assert (found.value, found.cumulative_from) == (16843, 2021)
    assert [(one.label, one.url) for one in found.records] == [
        ("公表された合計（令和3年度から令和6年度まで）", "/bpr/summary/")
    ]


def test_a_year_before_the_first_record_is_unknown_and_not_nought(cast: Cast) -> None:
    register.started(cast)
    found = measure(BY_CODE["bpr.started"], organisation=cast.sakura, fiscal_year=2020, options={})
    assert (found.value, found.reason) == (None, "着手した業務の記録は、令和6年度からです。")


def test_hours_become_people_and_yen_by_the_governments_own_rates(cast: Cast) -> None:
    services.set_policy(
        organisation=cast.sakura,
        hours_of_a_person=Decimal(1960),
        hourly_yen=Decimal(3000),
        by=cast.takahashi,
    )
    page = queries.page_of(register.in_use(cast), cast.sato, on=TODAY)
    assert page.people == Decimal("0.10")
    assert page.yen == 588000
    with pytest.raises(RuleViolation, match="事務局"):
        services.set_policy(
            organisation=cast.sakura, hours_of_a_person=Decimal(1), hourly_yen=None, by=cast.sato
        )


def test_measurements_due_wait_on_the_sections_own_page(cast: Cast) -> None:
    project = register.in_use(cast)
    waiting = queries.tasks_for(cast.sato, on=date(2025, 7, 1))
    assert [(task.what, task.due, task.late) for task in waiting] == [
        ("3か月後の効果を測る", date(2025, 7, 1), False)
    ]
    register.measured(cast, project, occasion="after_3", counted_from=date(2025, 7, 1))
    assert queries.tasks_for(cast.sato, on=date(2025, 7, 1)) == []
    assert queries.tasks_for(cast.kobayashi, on=date(2025, 7, 1)) == []


def test_a_measurement_waits_for_somebody_else_to_verify_it(cast: Cast) -> None:
    project = services.begin_use(project=register.started(cast), day=TODAY, by=None)
    register.measured(cast, project, verified=False)
    assert [task.what for task in queries.tasks_for(cast.suzuki, on=TODAY)] == ["効果の測定を確かめる"]
    assert queries.tasks_for(cast.sato, on=TODAY) == []


def test_the_log_of_a_whole_life_holds(cast: Cast) -> None:
    project = register.in_use(cast)
    services.retire(project=project, day=date(2026, 3, 31), reason="更新", by=cast.suzuki)
    assert verify(cast.sakura) == []


def test_lists_and_figures_ask_as_often_for_many_projects_as_for_one(cast: Cast) -> None:
    register.in_use(cast, "一つ目")

    def grow() -> None:
        for number in range(4):
            register.in_use(cast, f"もう一つ{number}")

    def read() -> None:
        queries.rows_for(cast.sato)
        queries.summary_of(cast.sakura, on=TODAY)
        value(cast, "bpr.hours_saved", 2025)
        queries.tasks_for(cast.sato, on=TODAY)

    assert_constant_queries(read, grow)


def test_of_one_occasion_one_finding_stands_until_it_is_withdrawn(cast: Cast) -> None:
    project = register.in_use(cast)
    with pytest.raises(RuleViolation, match="もう入力されています"):
        register.measured(cast, project, verified=False)
    [found] = project.measurements.all()
    services.withdraw_measurement(measurement=found, reason="測り直す", by=cast.suzuki)
    register.measured(cast, project)
    for _ in range(2):
        register.measured(cast, project, occasion="again")
    assert value(cast, "bpr.hours_saved", 2025) == 196
