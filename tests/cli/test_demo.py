"""みほん県 in the midst of its year: what a visitor meets on the demo's day."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from kaikaku.audit import services as audit
from kaikaku.audit.models import Entry
from kaikaku.cli.demo import clock, controls, live, mihon, this_year
from kaikaku.cli.demo.clock import Story
from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import State
from kaikaku.home import queries as home
from kaikaku.org import queries as org
from kaikaku.plans.models import Edition, Lineage
from kaikaku.reporting import queries as bound
from kaikaku.reporting.measuring import measure
from kaikaku.reporting.models import (
    Comment,
    Evidence,
    Extension,
    Frozen,
    Reminder,
    Round,
    SetAside,
    Sheet,
    SheetFigure,
)
from kaikaku.reviews.models import Loop, Meeting, Opinion

pytestmark = pytest.mark.slow

DAY = date(2027, 1, 13)  # a Wednesday
LOG = ("at", "action", "subject_label", "note")


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database for a whole module; what is done in it is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def first_log(db: None) -> list[tuple]:
    """The log of a demo that was loaded and taken back."""
    with transaction.atomic():
        live(DAY)
        found = list(Entry.objects.order_by("pk").values_list(*LOG))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module", autouse=True)
def loaded(first_log: list[tuple]) -> None:
    """The demo as it stands on DAY, for every test of this module to look at."""
    live(DAY)


def edition(year: int) -> Edition:
    return Edition.objects.get(fiscal_year=year)


def sheets(title: str) -> dict[str, Sheet]:
    found = Sheet.objects.filter(round__title=title).select_related("department", "round")
    return {sheet.department.name: sheet for sheet in found}


def test_it_is_the_same_every_time(first_log: list[tuple]) -> None:
    assert list(Entry.objects.order_by("pk").values_list(*LOG)) == first_log


def test_loading_it_again_changes_nothing(first_log: list[tuple]) -> None:
    live(DAY + timedelta(days=30))
    assert Entry.objects.count() == len(first_log)


def test_its_log_verifies_and_runs_on_as_time_does() -> None:
    assert audit.verify() == []
    days = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert days == sorted(days)
    assert days[-1] < clock.moment_of(DAY, 0)


def test_last_year_is_accepted_closed_and_published() -> None:
    last = Round.objects.get(fiscal_year=2025)
    assert last.closed_at is not None
    assert set(last.sheets.values_list("state", flat=True)) <= {
        State.ACCEPTED,
        State.REPORTED,
        State.PUBLISHED,
    }
    assert edition(2025).publications.get().state == "published"
    assert edition(2025).indicators.filter(figures__role="actual", figures__fiscal_year=2025).count() == 57


def test_this_years_sheets_stand_in_every_state_that_a_round_under_way_can_have() -> None:
    states = Counter(sheet.state for sheet in sheets("令和8年度 実績見込みの照会").values())
    assert states == {
        State.REQUESTED: 2,
        State.DRAFT: 3,
        State.RETURNED: 2,
        State.SUBMITTED: 2,
        State.CHIEF_CONFIRMED: 2,
        State.BUNDLED: 2,
        State.ACCEPTED: 8,
    }


def test_the_sheet_that_came_back_says_why_and_holds_the_slip() -> None:
    returned = sheets("令和8年度 実績見込みの照会")["税務課"]
    assert "29.3億円ではありませんか" in returned.moves.get(action="return").reason
    slip = returned.figures.get(indicator__name="県税の収入未済額")
    assert slip.text == this_year.SLIP
    assert slip.explanations["magnitude"] == "確認しました。"


def test_every_warning_of_what_was_submitted_has_its_reason() -> None:
    sent = SheetFigure.objects.exclude(sheet__state__in=(State.REQUESTED, State.DRAFT))
    warned = [row for row in sent if any(found["level"] == "W" for found in row.findings)]
    assert len(warned) > 20
    assert all(row.explanations for row in warned)


def test_eleven_figures_of_last_year_were_counted_and_published_as_they_are_in_the_plan() -> None:
    frozen = Frozen.objects.filter(fiscal_year=2025, superseded_at__isnull=True, thawed_by__isnull=True)
    assert frozen.count() == 11
    dataset = json.loads(edition(2025).publications.get().dataset)
    published = {
        one["name"]: next(f for f in one["figures"] if (f["role"], f["fiscal_year"]) == ("actual", 2025))
        for one in dataset["indicators"]
    }
    for one in frozen.select_related("row__indicator"):
        assert one.value == Decimal(published[one.row.indicator.name]["value"])
    [tally] = [one for one in dataset["tallies"] if one["fiscal_year"] == 2025]
    assert tally["rows"][-1]["counts"] == [21, 21, 5, 7, 2]


def test_a_record_put_right_since_then_shows_as_a_difference_and_changes_no_figure() -> None:
    office = org.user_by_name("jimukyoku")
    assert office is not None
    hours = edition(2025).indicators.get(name="業務改革による削減時間")
    since = bound.since_frozen(office, hours, 2025)
    assert since is not None
    assert [(one.label, one.old, one.new) for one in since.differences.altered] == [
        ("会議録の作成業務", 720, 675)
    ]
    assert hours.figures.get(role="actual", fiscal_year=2025, is_current=True).value == 73000


def test_figures_of_the_year_under_way_are_counted_or_typed_with_a_reason() -> None:
    found = sheets("令和8年度 実績見込みの照会")["デジタル推進課"]
    typed = {row.indicator.name: row.text for row in found.figures.select_related("indicator")}
    assert typed["オンラインで申請できる手続の割合"] == "90.8%"
    assert typed["オンライン申請の利用件数"] == "131,400件"
    assert SetAside.objects.filter(fiscal_year=2026, resumed_at__isnull=True).count() == 4


def test_a_section_that_has_nothing_to_report_has_answered_so() -> None:
    answered = sheets("補助金の申請書類に関する調査")["土木総務課"]
    assert answered.nothing_to_report
    assert answered.state == State.SUBMITTED


def test_deadlines_were_moved_people_reminded_comments_written_and_evidence_kept() -> None:
    assert {one.sheet.department.name for one in Extension.objects.all()} == {"税務課", "広報課"}
    assert Reminder.objects.filter(kind="manual").count() >= 5
    assert Comment.objects.count() == 3
    assert Evidence.objects.count() == 3


def test_loops_are_open_decided_overdue_and_ended() -> None:
    stages = set(
        Loop.objects.filter(edition=edition(2026), closed_at__isnull=True).values_list("stage", flat=True)
    )
    assert stages == {"observation", "orientation", "decision"}
    assert Loop.objects.filter(review_by__lt=DAY, closed_at__isnull=True).exists()
    assert Loop.objects.filter(closed_at__isnull=False, events__to_section__edition=edition(2027)).exists()


def test_one_headquarters_was_held_and_one_is_to_come() -> None:
    held, to_come = Meeting.objects.filter(kind="headquarters").order_by("held_on")
    assert held.concluded_at is not None
    assert held.held_on < DAY < to_come.held_on


def test_the_committee_has_opinions_with_and_without_an_answer() -> None:
    assert Opinion.objects.filter(answer__isnull=True, item__meeting__opinions_due__gt=DAY).count() == 3
    assert Opinion.objects.filter(answer__to_indicator__edition=edition(2026)).count() == 1


def test_the_draft_of_the_next_edition_has_changes_of_which_one_wants_its_reason() -> None:
    draft = edition(2027)
    assert draft.state == "draft"
    changed = Lineage.objects.filter(to_section__edition=draft).exclude(kind="carried")
    assert sorted(changed.values_list("kind", flat=True)) == ["renamed", "revised", "revised"]
    assert changed.filter(reason="").count() == 1
    assert Lineage.objects.filter(kind="ended", from_indicator__edition=edition(2026)).count() == 1


@pytest.mark.skipif(not controls.installed(), reason="this government keeps no internal control here")
def test_internal_control_has_an_issued_year_and_one_under_way_that_agree_with_the_plan() -> None:
    from kaikaku.controls import queries
    from kaikaku.controls.metrics import METRICS

    office = org.user_by_name("jimukyoku")
    assert office is not None
    now, last = queries.years_for(office)
    assert last.assembly_on < edition(2025).publications.get().published_on
    assert queries.chapter_for(edition(2025)) is not None
    board = queries.board(office, now, on=DAY)
    assert [section.department.name for section in board.sections if section.late] == [
        "病院総務課",
        "観光課",
        "税務課",
    ]
    assert 0 < board.checked < board.sampled
    assert all(cell.count for line in queries.register(office).matrix for cell in line)
    [incidents] = [metric for metric in METRICS if metric.code == "controls.incidents"]
    name = "不適正な事務処理の件数"
    reported = edition(2025).indicators.get(name=name).figures.get(role="actual", fiscal_year=2025)
    [expected] = sheets("令和8年度 実績見込みの照会")["内部統制室"].figures.filter(indicator__name=name)
    for year, row in ((2025, reported), (2026, expected)):
        assert incidents.measure(last.organisation, year, {}).value == row.value


@pytest.mark.parametrize("username", ["jimukyoku", "tanto", "shozokucho", "honbuin", "iin"])
def test_each_role_finds_something_to_do(username: str) -> None:
    user = org.user_by_name(username)
    assert user is not None
    with clock.clock(clock.moment_of(DAY, 9)):
        assert home.tasks_of(user)


def test_no_day_on_which_something_is_due_falls_on_a_weekend() -> None:
    days = {
        *Round.objects.filter(fiscal_year=2026).values_list(
            "due_submit", "due_confirm", "due_bundle", "due_accept"
        ),
        tuple(Meeting.objects.values_list("held_on", flat=True)),
    }
    assert [day for found in days for day in found if day.weekday() > clock.FRIDAY] == []


def test_a_day_before_the_year_began_is_refused() -> None:
    with pytest.raises(RuleViolation, match="見本の日は"):
        live(date(2026, 10, 1))


def test_scenes_are_played_by_their_days_and_the_clock_is_given_back() -> None:
    story, seen, real = Story(), [], timezone.now
    story.on(date(2026, 11, 22), lambda: seen.append(("later", timezone.localdate())))
    story.on(date(2026, 11, 18), lambda: seen.append(("first", timezone.localdate())))
    story.play()
    assert seen == [("first", date(2026, 11, 18)), ("later", date(2026, 11, 20))]
    assert timezone.now is real


def test_everybody_who_may_sign_in_is_told() -> None:
    assert len(mihon.ACCOUNTS) == 7


def test_help_between_sections_has_figures_of_two_years_and_requests_in_every_state() -> None:
    if not apps.is_installed("kaikaku.exchange"):
        pytest.skip("this government's sections do not help each other out")
    exchange = import_module("kaikaku.exchange.metrics")
    organisation = org.organisation_by_slug(mihon.SLUG)
    assert organisation is not None
    values = {
        (metric.code, year): measure(metric, organisation=organisation, fiscal_year=year, options={}).value
        for metric in exchange.METRICS
        for year in (2024, 2025, 2026)
    }
    assert values["exchange.projects", 2024] is None
    assert values["exchange.projects", 2025] == 2
    assert values["exchange.participants", 2025] == 12
    assert values["exchange.hours_lent", 2025] == Decimal("139.5")
    assert values["exchange.projects", 2026] == 6
    assert values["exchange.participants", 2026] == 14
    states = set(apps.get_model("exchange", "Assignment").objects.values_list("state", flat=True))
    assert states == {"approving", "approved", "active", "ended", "refused"}
    asked = set(apps.get_model("exchange", "Request").objects.values_list("state", flat=True))
    assert asked == {"open", "closed", "withdrawn"}
    run = apps.get_model("exchange", "Run").objects.get()
    assert (run.state, run.bound) == ("done", run.value)
