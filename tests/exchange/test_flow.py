"""One person's help from the request to the report, and what the rules refuse on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from kaikaku.audit.services import verify
from kaikaku.core.eras import fiscal_year_of
from kaikaku.core.errors import RuleViolation
from kaikaku.exchange import services
from kaikaku.exchange.entries import ProfileFields, WorkFields
from kaikaku.exchange.metrics import METRICS
from kaikaku.exchange.models import Approval, Assignment
from kaikaku.exchange.queries import candidates, flow_page, tasks_for, week_of
from kaikaku.org.queries import today
from kaikaku.reporting.measuring import measure
from tests.cast import Cast
from tests.exchange import world


@contextmanager
def refusal(code: str) -> Iterator[None]:
    """`with refusal("exchange.full"):`"""
    with pytest.raises(RuleViolation) as refused:
        yield
    assert refused.value.code == code, refused.value


def test_help_goes_from_request_to_report(cast: Cast) -> None:
    helped = world.active(cast)
    world.logged(cast, helped, minutes=120)
    world.reported(cast, helped)
    helped.refresh_from_db()
    assert helped.state == "ended"
    assert [one.step for one in helped.approvals.all()] == ["self", "own_chief", "personnel"]
    assert verify(cast.sakura) == []


def test_a_request_beyond_the_limit_needs_a_new_consultation(cast: Cast) -> None:
    last = today() + timedelta(days=90)
    with refusal("staffing.too_long"):
        world.asked(cast, last=last)
    assert world.asked(cast, last=last, reconsulted="6月1日に人事課と協議").pk


def test_only_the_chief_asks_for_a_section(cast: Cast) -> None:
    with refusal("exchange.chief_only"):
        services.make_request(
            scheme=world.scheme(cast), department=cast.zeimu, fields=world.fields(), by=cast.sato
        )


def test_an_approval_out_of_turn_is_refused(cast: Cast) -> None:
    helped = world.proposed(cast)
    with refusal("exchange.decided_already"):
        services.approve(assignment=helped, step="own_chief", by=cast.suzuki)
    with refusal("exchange.not_yours"):
        services.approve(assignment=helped, step="self", by=cast.suzuki)


def test_a_refusal_needs_its_reason(cast: Cast) -> None:
    helped = world.proposed(cast)
    services.approve(assignment=helped, step="self", by=cast.kobayashi)
    with refusal("words_missing"):
        services.refuse(assignment=helped, step="own_chief", reason=" ", by=cast.suzuki)
    services.refuse(assignment=helped, step="own_chief", reason="決算の時期のため", by=cast.suzuki)
    kept = helped.approvals.get(step="own_chief")
    assert (kept.decision, kept.reason, kept.decided_on) == ("refused", "決算の時期のため", today())
    helped.refresh_from_db()
    assert (helped.state, helped.waiting) == ("refused", "")


def test_a_chief_does_not_approve_for_themselves(cast: Cast) -> None:
    world.profile(cast.suzuki)
    request = world.asked(cast)
    helped = services.propose(request=request, user=cast.suzuki, by=cast.takahashi)
    services.approve(assignment=helped, step="self", by=cast.suzuki)
    with refusal("exchange.not_yours"):
        services.approve(assignment=helped, step="own_chief", by=cast.suzuki)


def test_a_place_is_given_once(cast: Cast) -> None:
    request = world.asked(cast)
    world.proposed(cast, request)
    other = world.colleague(cast, "mori", "森")
    with refusal("exchange.full"):
        services.propose(request=request, user=other, by=cast.takahashi)


def test_all_help_together_stays_within_the_cap(cast: Cast) -> None:
    world.profile(cast.kobayashi)
    first, second = (world.asked(cast, "side_job", title=title) for title in ("入力", "点検"))
    for request in (first, second):
        services.apply_for(request=request, motive="学びたい", time_made="水曜", by=cast.kobayashi)
    services.propose(request=first, user=cast.kobayashi, by=cast.takahashi)
    with refusal("exchange.may_not"):
        services.propose(request=second, user=cast.kobayashi, by=cast.takahashi)


def test_who_has_not_applied_is_not_asked_to_a_side_job(cast: Cast) -> None:
    world.profile(cast.kobayashi)
    request = world.asked(cast, "side_job")
    (one,) = candidates(cast.takahashi, request)
    assert [said.rule for said in one.told.refusals] == ["application"]


def test_an_excluded_grade_cannot_apply(cast: Cast) -> None:
    world.profile(cast.kobayashi, grade="課長級")
    with refusal("exchange.may_not"):
        services.apply_for(
            request=world.asked(cast, "side_job"), motive="学びたい", time_made="水曜", by=cast.kobayashi
        )


def test_a_long_help_needs_its_order(cast: Cast) -> None:
    helped = world.approved(cast)
    with refusal("exchange.order_missing"):
        services.start(assignment=helped, by=cast.takahashi)


def test_a_short_help_needs_no_order(cast: Cast) -> None:
    request = world.asked(cast, last=today() + timedelta(days=5))
    helped = world.approved(cast, world.proposed(cast, request))
    assert services.start(assignment=helped, by=cast.takahashi).state == "active"


def test_the_week_is_not_passed_without_a_reason(cast: Cast) -> None:
    world.profile(cast.kobayashi)
    request = world.asked(cast, "side_job")
    services.apply_for(request=request, motive="学びたい", time_made="水曜", by=cast.kobayashi)
    helped = world.proposed(cast, request)
    for step, by in (
        ("own_chief", cast.suzuki),
        ("receiving_chief", cast.suzuki),
        ("personnel", cast.takahashi),
    ):
        helped = services.approve(assignment=helped, step=step, by=by)
    helped = services.start(assignment=helped, by=cast.takahashi)
    with refusal("exchange.week_over"):
        world.logged(cast, helped, minutes=466)
    work = WorkFields(day=today(), minutes=466, text="入力", over_because="締切のため")
    entry = services.log_work(assignment=helped, fields=work, by=cast.kobayashi)
    assert entry.over_because == "締切のため"
    assert week_of(helped, today()).left == 0


def test_a_day_logged_again_is_replaced(cast: Cast) -> None:
    helped = world.active(cast)
    world.logged(cast, helped, minutes=120)
    world.logged(cast, helped, minutes=90)
    assert [one.minutes for one in helped.work.all()] == [90]


def test_an_extension_is_approved_again_by_the_same_people(cast: Cast) -> None:
    helped = world.active(cast)
    later = helped.last + timedelta(days=14)
    services.ask_extension(assignment=helped, last=later, reason="残り50件", by=cast.suzuki)
    for step, by in (("self", cast.kobayashi), ("own_chief", cast.suzuki)):
        assert services.approve(assignment=helped, step=step, by=by).last != later
    assert services.approve(assignment=helped, step="personnel", by=cast.takahashi).last == later
    assert Approval.objects.filter(assignment=helped, turn=2).count() == 3


def test_an_extension_refused_leaves_the_help_as_it_was(cast: Cast) -> None:
    helped = world.active(cast)
    services.ask_extension(
        assignment=helped, last=helped.last + timedelta(days=7), reason="残り", by=cast.suzuki
    )
    services.refuse(assignment=helped, step="self", reason="家の都合", by=cast.kobayashi)
    before = helped.last
    helped.refresh_from_db()
    assert (helped.state, helped.last, helped.extend_to) == ("active", before, None)


def test_an_extension_beyond_the_limit_needs_a_new_consultation(cast: Cast) -> None:
    helped = world.active(cast)
    later = helped.first + timedelta(days=80)
    with refusal("staffing.too_long"):
        services.ask_extension(assignment=helped, last=later, reason="残り", by=cast.suzuki)


def test_a_computation_chooses_nobody_until_it_is_accepted(cast: Cast) -> None:
    world.profile(cast.kobayashi)
    request = world.asked(cast)
    run = services.run_matching(scheme=request.scheme, by=cast.takahashi)
    assert run.pairs == [[request.pk, cast.kobayashi.pk]]
    assert run.bound == run.value
    assert not Assignment.objects.exists()
    chosen, failed = services.propose_run(run=run, by=cast.takahashi)
    assert ([one.user_id for one in chosen], failed) == ([cast.kobayashi.pk], [])
    chosen, failed = services.propose_run(run=run, by=cast.takahashi)
    assert chosen == []
    assert len(failed) == 1


def test_a_computation_explains_who_was_left_out(cast: Cast) -> None:
    world.profile(cast.kobayashi)
    world.colleague(cast, "mori", "森")
    profile = ProfileFields(grade="主事・技師級", occupation="行政")
    services.set_profile(user=cast.sato, fields=profile, by=None)
    request = world.asked(cast)
    run = services.run_matching(scheme=request.scheme, by=cast.takahashi)
    told = {one.user.name: one.told.why for one in candidates(cast.takahashi, request, run)}
    assert sorted(told.values())[0].startswith("この依頼に選ばれました")
    assert told["佐藤"].startswith("より合う人で人数が満ちました")


def test_whoever_it_waits_for_finds_it_among_their_tasks(cast: Cast) -> None:
    helped = world.proposed(cast)
    assert [one.what for one in tasks_for(cast.kobayashi)] == ["応援を承認する"]
    services.approve(assignment=helped, step="self", by=cast.kobayashi)
    assert tasks_for(cast.kobayashi) == []
    assert [one.what for one in tasks_for(cast.suzuki)] == ["応援を承認する"]


def _measured(cast: Cast, code: str, **options: str) -> object:
    metric = next(one for one in METRICS if one.code == code)
    year = fiscal_year_of(today())
    return measure(metric, organisation=cast.sakura, fiscal_year=year, options=options).value


def test_projects_and_participants_are_counted_apart(cast: Cast) -> None:
    request = world.asked(cast, people=2)
    other = world.colleague(cast, "mori", "森")
    world.active(cast, world.proposed(cast, request))
    second = services.propose(request=request, user=other, by=cast.takahashi)
    for step, by in (("self", other), ("own_chief", cast.suzuki), ("personnel", cast.takahashi)):
        second = services.approve(assignment=second, step=step, by=by)
    services.start(assignment=second, order_number="人第13号", by=cast.takahashi)
    assert _measured(cast, "exchange.projects") == 1
    assert _measured(cast, "exchange.participants") == 2
    assert _measured(cast, "exchange.participants", scheme="side_job") is None


def test_hours_are_lent_by_one_section_and_borrowed_by_another(cast: Cast) -> None:
    world.logged(cast, world.active(cast), minutes=90)
    lent = {"department": str(cast.zeimu.pk)}
    assert _measured(cast, "exchange.hours_lent", **lent) == 1.5
    assert _measured(cast, "exchange.hours_borrowed", **lent) is None
    assert _measured(cast, "exchange.hours_borrowed", department=str(cast.gyokaku.pk)) == 1.5


def test_few_people_are_hidden_from_all_but_the_office(cast: Cast) -> None:
    world.logged(cast, world.active(cast))
    year = fiscal_year_of(today())
    assert flow_page(cast.takahashi, year).people["総務部", "計"] == 1
    assert set(flow_page(cast.sato, year).people.values()) == {None}
    assert flow_page(cast.sato, year).rows == ()
