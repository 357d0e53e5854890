"""What of controls waits for a person, and what a person has sent (collected by home)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Min, Q
from django.urls import reverse

from kaikaku.controls.models import Rollout, SelfCheck
from kaikaku.controls.queries.access import CHECKERS, incidents_for, years_for
from kaikaku.controls.queries.board import my_sections, sections_of, with_answers
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, today
from kaikaku.org.roles import Role
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


def sent_for(user: User, *, on: date | None = None) -> list[Task]:
    """What the person handed in, until the year's report is settled; what the office asked of sections."""
    if user.organisation_id is None:
        return []
    day = on or today()
    asked = [*_asked_of_sections(user, day)] if allowed(user, Role.SECRETARIAT) else []
    return [*_handed_in(user), *_answered(user), *asked]


def _handed_in(user: User) -> Iterator[Task]:
    """One line a section, not one a control."""
    sent = SelfCheck.objects.filter(by=user, sent_at__isnull=False, year__issued_at__isnull=True)
    seen = set()
    for row in sent.select_related("year", "department").order_by("year", "department", "pk"):
        if (key := (row.year_id, row.department_id)) not in seen:
            seen.add(key)
            title = f"{row.year}（{row.department}）"
            yield Task("自己評価を提出しました", title, reverse("controls:self_check", args=key),
                       state="評価報告書の確定待ち")  # fmt: skip


def _answered(user: User) -> Iterator[Task]:
    """Answers to a 水平展開 that others have still to answer."""
    rows = Rollout.objects.filter(by=user, incident__rollouts__state="asked").exclude(state="asked")
    for row in rows.select_related("incident", "department").distinct():
        url = reverse("controls:incident", args=[row.incident_id])
        yield Task("水平展開に回答しました", str(row), url, state="ほかの所属の回答待ち")


def _asked_of_sections(user: User, on: date) -> Iterator[Task]:
    for year in years_for(user).filter(issued_at__isnull=True):
        sections = sections_of(None, year, on=on)
        sent = sum(one.sent for one in sections)
        if sent < len(sections):
            url = reverse("controls:year", args=[year.pk])
            state = f"{len(sections)}所属のうち{sent}所属が提出"
            yield Task("自己評価を依頼しました", str(year), url, year.due, year.due < on, state)
    due = Min("rollouts__due", filter=Q(rollouts__state="asked"))
    for row in with_answers(incidents_for(user)).annotate(due=due).filter(due__isnull=False):
        url = reverse("controls:incident", args=[row.pk])
        state = f"{getattr(row, 'asked', 0)}所属のうち{getattr(row, 'answered', 0)}所属が回答"
        yield Task("水平展開を依頼しました", row.title, url, row.due, row.due < on, state)


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
