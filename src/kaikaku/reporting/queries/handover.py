"""What a post hands over in April: its sheets, their comments, the days to come; and what nobody can move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse

from kaikaku.core.workflow import State
from kaikaku.org.queries import organisation_of, today
from kaikaku.org.roles import Role
from kaikaku.reporting.calendar import STEP_LABELS, STEP_OF
from kaikaku.reporting.models import Comment, Round, Sheet
from kaikaku.reporting.queries.access import open_sheets
from kaikaku.reporting.queries.people import Posts, posts_of
from kaikaku.reporting.queries.rounds import people_to_move
from kaikaku.reporting.queries.waiting import task_of
from kaikaku.ui.tasks import Handed, Task

if TYPE_CHECKING:
    from kaikaku.org.models import Post, User

STEPS = {
    Role.CLERK: ("submit",),
    Role.CHIEF: ("confirm", "bundle"),
    Role.SECRETARIAT: ("submit", "confirm", "bundle", "accept"),
}
MOST_COMMENTS = 10


def handover_of(post: Post, *, on: date | None = None) -> list[Handed]:
    """What of reporting belongs to a post, whoever holds it; constant queries."""
    on = on or today()
    if post.role not in STEPS:
        return []
    organisation = post.department.organisation
    posts = posts_of(organisation, on)
    sheets = list(_sheets_of(post, posts))
    rounds = Round.objects.filter(edition__plan__organisation=organisation, closed_at__isnull=True)
    return [
        Handed("待っている調書", [task_of(sheet, on) for sheet in sheets], "待っている調書はありません。"),
        Handed("これからの期限", _days(rounds, Role(post.role), on), "これからの期限はありません。"),
        Handed("調書へのコメント", _comments(post, posts), "コメントはありません。"),
    ]


def _sheets_of(post: Post, posts: Posts) -> QuerySet[Sheet]:
    """The sheets of open rounds that wait for the post."""
    sheets = open_sheets().filter(round__edition__plan__organisation=post.department.organisation_id)
    if post.role == Role.SECRETARIAT:
        return sheets.filter(state=State.BUNDLED)
    here = posts.tree.heir(post.department_id)
    if here is None:
        return sheets.none()
    if post.role == Role.CLERK:
        editable = (State.REQUESTED, State.DRAFT, State.RETURNED)
        return sheets.filter(department__in=posts.tree.with_predecessors([here.pk]), state__in=editable)
    steps = {name: posts.tree.with_predecessors(keys) for name, keys in posts.steps_of(post.pk, here).items()}
    return sheets.filter(
        Q(state=State.SUBMITTED, department__in=steps["nearest"])
        | Q(state=State.CHIEF_CONFIRMED, department__in=steps["lead"])
    )


def _days(rounds: QuerySet[Round], role: Role, on: date) -> list[Task]:
    """The days of open rounds that are still to come, for the steps of the role."""
    found = []
    for round_ in rounds:
        url = reverse("reporting:index")
        for step in STEPS[role]:
            day = getattr(round_.dates, step)
            if day >= on:
                found.append(Task(f"{STEP_LABELS[step]}の期限", round_.title, url, day))
    return sorted(found, key=lambda task: task.due or date.max)


def _comments(post: Post, posts: Posts) -> list[Task]:
    """The latest words beside the department's sheets."""
    here = posts.tree.heir(post.department_id)
    if here is None or post.role == Role.SECRETARIAT:
        return []
    own = Comment.objects.filter(sheet__department__in=posts.tree.with_predecessors([here.pk]))
    rows = own.select_related("sheet__round", "sheet__department", "by", "indicator").order_by("-pk")
    return [
        Task(
            comment.text,
            str(comment.indicator or comment.sheet),
            f"{reverse('reporting:sheet', args=[comment.sheet_id])}#comments",
            state=comment.by.name if comment.by else "システム",
        )
        for comment in rows[:MOST_COMMENTS]
    ]


@dataclass(frozen=True, slots=True)
class Orphan:
    """An open sheet that nobody can move on, and why."""

    sheet: Sheet
    step: str
    why: str
    department: int | None


def orphans_for(user: User, *, on: date | None = None) -> list[Orphan]:
    """The sheets of the user's government that wait for a post without a holder; constant queries."""
    on = on or today()
    organisation = organisation_of(user)
    sheets = list(open_sheets().filter(round__edition__plan__organisation=organisation))
    turns = people_to_move(sheets, on=on)
    alone = [sheet for sheet in sheets if not turns.get(sheet.pk)]
    if not alone:
        return []
    posts = posts_of(organisation, on)
    return [_orphan(sheet, posts) for sheet in alone]


def _orphan(sheet: Sheet, posts: Posts) -> Orphan:
    step = STEP_LABELS[STEP_OF[State(sheet.state)]]
    here = posts.tree.heir(sheet.department_id)
    if here is None:
        return Orphan(sheet, step, "所属がなくなり、引き継いだ部署もありません。", None)
    chain = posts.chain_of(here)
    if sheet.state == State.BUNDLED:
        why = "事務局の職に就いている人がいません。"
    elif sheet.state in (State.REQUESTED, State.DRAFT, State.RETURNED):
        why = f"「{here.name}」の担当の職に就いている人がいません。"
    elif chain.final_name:
        why = f"「{chain.final_name}」に就いている人がいません。"
    else:
        why = f"「{here.name}」とその上の部署に、所属長の職に就いている人がいません。"
    return Orphan(sheet, step, why, here.pk)
