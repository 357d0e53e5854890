"""What bpr tells home and the publication: what waits, what is found, its chapter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.bpr import words
from kaikaku.bpr.models import Measurement, Project
from kaikaku.bpr.queries.access import EDITORS, READERS
from kaikaku.bpr.queries.shown import Example, due_measurements, summary_of
from kaikaku.core.bpr import Stage, show_hours
from kaikaku.core.eras import show_fiscal_year
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, organisation_of, today
from kaikaku.org.roles import Role
from kaikaku.ui.search import Group, Hit, Wanted, group
from kaikaku.ui.tasks import Task
from kaikaku.writers.dataset import Chapter, PlainTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaikaku.bpr.queries.effects import YearLine
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition

TITLE = "業務改革（BPR）の取組"
LIVING = [stage.value for stage in (Stage.STARTED, Stage.COMPLETED, Stage.MONITORING)]
SOON = 30  # days before a measurement is due that it is on the page


def tasks_for(user: User, on: date | None = None) -> list[Task]:
    """The measurements that one's sections owe (3 and 12 months on), and those that wait to be verified."""
    if user.organisation_id is None or not allowed(user, *EDITORS, Role.SECRETARIAT):
        return []
    day, mine = on or today(), department_ids_of(user, None, *EDITORS)
    found = [*_owed(mine, day), *_unverified(user, mine)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max, task.title))


def _owed(mine: frozenset[int], day: date) -> Iterator[Task]:
    projects = Project.objects.filter(
        department__in=mine, stage__in=LIVING, began_on__isnull=False, retired_on__isnull=True
    ).prefetch_related("measurements")
    for project in projects:
        for occasion, due in due_measurements(project, list(project.measurements.all()), on=day):
            if (due - day).days <= SOON:
                what = f"{words.OCCASIONS[occasion]}の効果を測る"
                yield Task(what, project.title, url_of(project.pk), due, due < day)


def _unverified(user: User, mine: frozenset[int]) -> Iterator[Task]:
    waiting = Measurement.objects.filter(
        project__department__in=mine, verified_at__isnull=True, withdrawn_at__isnull=True
    ).exclude(by=user)
    for one in waiting.select_related("project"):
        yield Task("効果の測定を確かめる", one.project.title, url_of(one.project_id))


def url_of(project: int) -> str:
    return reverse("bpr:project", args=[project])


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """The projects of which the name or what is done has the words."""
    if allowed(user, *READERS):
        rows = Project.objects.filter(organisation=organisation_of(user)).values_list(
            "pk", "title", "summary"
        )
        hits = [Hit(title, url_of(key), told) for key, title, told in rows if wanted.fits(title, told)]
        yield group("業務改革", hits, wanted, order=65)


def chapter_for(edition: Edition) -> Chapter | None:
    """The chapter of a publication: the register's head and its lists, of what is public."""
    organisation = edition.plan.organisation
    summary = summary_of(organisation, on=today(), public_only=True)
    if not summary.register.started:
        return None
    counted = summary.register
    told = [f"着手した業務は{counted.started}件で、このうち{counted.completed}件が完了しました。"]
    if summary.saved.together:
        told.append(
            f"確かめた効果は、これまでの累計で{show_hours(summary.saved.together, 0):,f}時間です。"
            "1件の業務の時間は、使った道具の数にかかわらず1度だけ数えています。"
        )
    if counted.tools_overlap:
        told.append("道具ごとの件数は、1件の業務で複数を使うことがあるため、合計しません。")
    tables = (
        PlainTable("年度ごとの削減時間", ("年度", "削減時間（時間）", "件数"), _years(summary.saved.years)),
        PlainTable("使った道具", ("道具", "件数"), tuple((name, str(n)) for name, n in summary.tool_rows)),
        _list("完了した業務", summary.completed),
        _list("着手中の業務", summary.under_way),
        _list("今後着手する業務", summary.to_come),
    )
    return Chapter(TITLE, tuple(told), tuple(table for table in tables if table.rows))


def _years(lines: Sequence[YearLine]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (show_fiscal_year(line.fiscal_year), f"{show_hours(line.minutes):,f}", str(line.projects))
        for line in lines
    )


def _list(caption: str, examples: tuple[Example, ...]) -> PlainTable:
    rows = tuple((one.title, one.summary or words.NONE, one.tools) for one in examples)
    return PlainTable(caption, ("名称", "取組内容", "ICT活用"), rows)
