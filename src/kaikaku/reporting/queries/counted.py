"""What reporting's own metrics count: sheets by the day they were due, and the steps taken in a year."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.timezone import localtime, make_aware

from kaikaku.core.eras import days_of_fiscal_year, fiscal_year_of
from kaikaku.core.workflow import Action
from kaikaku.org.queries import today
from kaikaku.reporting.models import Move, Sheet
from kaikaku.reporting.queries.access import sheets_for

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

SENT = (Action.SUBMIT, Action.ANSWER_NONE)


def sheets_due(organisation: Organisation, fiscal_year: int, *, kind: str = "") -> QuerySet[Sheet]:
    """The sheets whose day of submission fell in the year, as `due` (an exception counts), with the day they
    were first `sent`. One neither sent nor late yet is left out: it is still open.
    """
    steps = Q(moves__action__in=SENT, moves__undone_at__isnull=True)
    sheets = (
        Sheet.objects.filter(round__edition__plan__organisation=organisation)
        .annotate(due=Coalesce("extended_to", "round__due_submit"))
        .annotate(sent=TruncDate(Min("moves__at", filter=steps)))
        .filter(due__range=days_of_fiscal_year(fiscal_year))
        .filter(Q(sent__isnull=False) | Q(due__lt=today()))
    )
    if kind:
        sheets = sheets.filter(round__kind=kind)
    return sheets.select_related("round", "department").order_by("pk")


def on_time(sheets: QuerySet[Sheet]) -> tuple[int, int]:
    """How many of `sheets_due` came by their day, and how many there are."""
    found = sheets.aggregate(
        part=Count("pk", filter=Q(sent__lte=F("due")), distinct=True), whole=Count("pk", distinct=True)
    )
    return found["part"], found["whole"]


def steps_taken(
    organisation: Organisation, fiscal_year: int, action: Action, *, kind: str = ""
) -> QuerySet[Move]:
    """The steps of one sort taken in the year that were not undone."""
    first, last = days_of_fiscal_year(fiscal_year)
    # moments and not days are compared: a day is worked out of each row, one after the other
    begin, end = (make_aware(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
    moves = Move.objects.filter(
        sheet__round__edition__plan__organisation=organisation,
        action=action.value,
        undone_at__isnull=True,
        at__gte=begin,
        at__lt=end,
    )
    if kind:
        moves = moves.filter(sheet__round__kind=kind)
    return moves.select_related("sheet__round", "sheet__department").order_by("pk")


def first_step_year(organisation: Organisation) -> int | None:
    """The fiscal year in which the first step with a sheet was taken."""
    moves = Move.objects.filter(sheet__round__edition__plan__organisation=organisation)
    first = moves.aggregate(at=Min("at"))["at"]
    return None if first is None else fiscal_year_of(localtime(first).date())


def sheets_seen(user: User, keys: Collection[int]) -> set[int]:
    """Those of the sheets that the person may read."""
    return set(sheets_for(user).filter(pk__in=list(keys)).values_list("pk", flat=True))
