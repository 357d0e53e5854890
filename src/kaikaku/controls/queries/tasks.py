"""What of controls waits for a person, by when (collected by home)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.controls.models import Rollout
from kaikaku.controls.queries.access import CHECKERS, years_for
from kaikaku.controls.queries.board import my_sections
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, today
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User


def tasks_for(user: User, *, on: date | None = None) -> list[Task]:
    """Self-checks and 水平展開 of one's own sections, what is due first at the top."""
    if user.organisation_id is None or not allowed(user, *CHECKERS):
        return []
    day = on or today()
    found = [*_self_checks(user, day), *_rollouts(user, day)]
    return sorted(found, key=lambda task: (task.due or date.max, task.title))


def _self_checks(user: User, on: date) -> Iterator[Task]:
    for year in years_for(user).filter(issued_at__isnull=True):
        for one in my_sections(user, year, on=on):
            if not one.sent:
                url = reverse("controls:self_check", args=[year.pk, one.department.pk])
                state = f"{one.asked}件のうち{one.answered}件に記入"
                yield Task(
                    "自己評価を提出する", f"{year}（{one.department}）", url, year.due, one.late, state
                )


def _rollouts(user: User, on: date) -> Iterator[Task]:
    waiting = Rollout.objects.filter(
        incident__organisation=user.organisation_id,
        state="asked",
        department__in=department_ids_of(user, None, *CHECKERS),
    ).select_related("incident", "department")
    for row in waiting:
        url = reverse("controls:answer_rollout", args=[row.pk])
        yield Task("同じ業務を確認する（水平展開）", str(row), url, row.due, row.due < on, "回答待ち")
