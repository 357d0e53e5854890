"""The computation of who goes where: asked for by the office, made at once where it is small, else by the
worker. While it is made no lock is held and no request waits (docs/decisions/0013).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kaikaku.core.errors import RuleViolation
from kaikaku.exchange.matching import pose, solve
from kaikaku.exchange.matching.solving import TIME_LIMIT
from kaikaku.exchange.models import Profile, Run, Scheme
from kaikaku.exchange.queries.people import needs_of, people_for
from kaikaku.exchange.services.guard import changed, must_be_office, put_on_record

if TYPE_CHECKING:
    from datetime import datetime

    from kaikaku.org.models import User

SMALL = 20_000  # pairs of a request and a person that are judged in some tenths of a second
AT_ONCE = 3.0  # seconds that the solver may take while somebody waits; else it says how good its answer is
ABANDONED = timedelta(minutes=15)  # a worker that computes for longer has been killed
OPEN = ("waiting", "computing")
FAILED = "計算の途中で止まりました。もう一度計算してください。続くときは、情報システム担当に伝えてください。"


def run_matching(*, scheme: Scheme, by: User | None) -> Run:
    """Ask for the best assignment of all places that are still free; computed at once where it is small.

    Nobody is chosen by it yet.
    """
    run = ask_matching(scheme=scheme, by=by)
    if len(run.requests) * run.people <= SMALL:
        return compute(run=run, time_limit=AT_ONCE) or run
    return run


@transaction.atomic
def ask_matching(*, scheme: Scheme, by: User | None) -> Run:
    """Put a computation on the worker's list; one at a time for a scheme."""
    must_be_office(scheme.organisation_id, by)
    scheme = Scheme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=scheme.pk)
    if scheme.runs.filter(state__in=OPEN).exists():
        raise RuleViolation(
            "exchange.run_under_way",
            f"「{scheme}」は計算中です。「計算の記録」で結果を確かめてください。",
        )
    needs = needs_of(scheme)
    if not needs:
        raise RuleViolation("exchange.nothing_open", "人を探している依頼がありません。")
    people = Profile.objects.filter(user__organisation=scheme.organisation, user__is_active=True).count()
    run = Run.objects.create(
        scheme=scheme, by=by, state="waiting", requests=[need.key for need in needs], people=people
    )
    new = {"requests": len(needs), "people": people}
    put_on_record("exchange.run.asked", run, organisation=scheme.organisation, by=by, new=new)
    return run


def compute_waiting() -> list[Run]:
    """Compute what is waited for, and what a worker that was killed has left; one after the other."""
    return [done for run in Run.objects.filter(_free()).order_by("pk") if (done := compute(run=run))]


def compute(*, run: Run, time_limit: float = TIME_LIMIT) -> Run | None:
    """Compute one; None where another process has taken it, or has written its answer meanwhile.

    What changes in the meantime is caught when people are chosen.
    """
    started = timezone.now()
    taken = Run.objects.filter(_free(), pk=run.pk).update(state="computing", started_at=started)
    if not taken:
        return None
    run = Run.objects.select_related("scheme__organisation", "by").get(pk=run.pk)
    scheme = run.scheme
    try:
        needs, people = needs_of(scheme), people_for(scheme.organisation)
        problem = pose(needs, people, scheme.read)
        found = solve(problem, time_limit=time_limit)
    except Exception:
        _finish(run, started, {"state": "failed", "failure": FAILED}, action="exchange.run.failed")
        raise
    values = {
        "state": "done",
        "requests": [need.key for need in needs],
        "people": len(people),
        "possible": problem.pairs,
        "pairs": [list(pair) for pair in found.pairs],
        "value": found.value,
        "bound": found.bound,
    }
    return _finish(run, started, values)


def _free() -> Q:
    """What may be taken: waited for, or left behind."""
    return Q(state="waiting") | Q(state="computing", started_at__lt=timezone.now() - ABANDONED)


@transaction.atomic
def _finish(
    run: Run, started: datetime, values: dict[str, object], *, action: str = "exchange.run.made"
) -> Run | None:
    held = Run.objects.select_for_update(of=("self",)).filter(
        pk=run.pk, state="computing", started_at=started
    )
    mine = held.first()
    if mine is None:
        return None
    changed(mine, **values, finished_at=timezone.now())
    new = {"requests": len(mine.requests), "people": mine.people, "pairs": len(mine.pairs)}
    put_on_record(action, mine, organisation=run.scheme.organisation, by=run.by, new=new)
    return mine
