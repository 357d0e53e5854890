"""Getting rounds and sheets, always for a user: another government's answers 404, another section's 403."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.core.workflow import State
from kaikaku.org.queries import organisation_of
from kaikaku.plans.models import Edition
from kaikaku.reporting.calendar import STEP_OF
from kaikaku.reporting.models import Comment, Evidence, Move, Round, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.queries.people import standing_of

if TYPE_CHECKING:
    from kaikaku.org.models import User


def rounds_for(user: User) -> QuerySet[Round]:
    """The rounds of the user's government, newest first."""
    rounds = Round.objects.filter(edition__plan__organisation=organisation_of(user))
    return rounds.select_related("edition__plan__organisation", "edition__scheme")


def round_for(user: User, pk: int) -> Round:
    """One round, or 404."""
    return get_object_or_404(rounds_for(user), pk=pk)


def editions_to_report_on(user: User) -> QuerySet[Edition]:
    """The editions a round may be opened on: those not yet ended."""
    editions = Edition.objects.filter(plan__organisation=organisation_of(user)).exclude(state="closed")
    return editions.select_related("plan__organisation", "scheme")


def sheets_for(user: User) -> QuerySet[Sheet]:
    """The sheets that the user may read."""
    standing = standing_of(user)
    sheets = Sheet.objects.filter(round__edition__plan__organisation=organisation_of(user)).select_related(
        "round__edition__plan__organisation",
        "round__edition__scheme",
        "department",
        "submitted_by",
        "changed_by",
    )
    return sheets if standing.reads_all else sheets.filter(department__in=standing.departments)


def sheet_for(user: User, pk: int) -> Sheet:
    """One sheet; 404 to a stranger, 403 with a sentence to another section."""
    own = Sheet.objects.filter(round__edition__plan__organisation=organisation_of(user))
    sheet = get_object_or_404(
        own.select_related(
            "round__edition__plan__organisation",
            "round__edition__scheme",
            "department",
            "submitted_by",
            "changed_by",
        ),
        pk=pk,
    )
    if not standing_of(user).may_read(sheet.department_id):
        raise PermissionDenied(
            f"この調書は「{sheet.department.name}」のものです。"
            "見られるのは、その所属の担当・所属長と事務局です。必要なときは事務局に相談してください。"
        )
    return sheet


def open_sheets() -> QuerySet[Sheet]:
    """The sheets of all open rounds that still wait for somebody, for the daily reminders."""
    waiting = [state.value for state in STEP_OF]
    sheets = Sheet.objects.filter(round__closed_at__isnull=True, state__in=waiting)
    return sheets.select_related("round__edition__plan__organisation", "department")


def lock(sheet: Sheet) -> Sheet:
    """The sheet's row, held until the transaction ends."""
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("round__edition__plan__organisation", "round__edition__scheme", "department")
        .get(pk=sheet.pk)
    )


def lock_round(round_: Round) -> Round:
    """The round's row, held until the transaction ends."""
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("edition__plan__organisation")
        .get(pk=round_.pk)
    )


# an answer to a one-off inquiry is neither reported nor published
REPORTED_KINDS = ("annual", "midyear")


def to_report(edition: Edition) -> QuerySet[Sheet]:
    """The accepted sheets of an edition that no headquarters meeting has dealt with."""
    return _of_edition(edition, State.ACCEPTED)


def to_publish(edition: Edition) -> QuerySet[Sheet]:
    """The sheets whose figures stand in the plan and have not been published."""
    return _of_edition(edition, State.ACCEPTED, State.REPORTED)


def published(edition: Edition) -> QuerySet[Sheet]:
    """The sheets that have been published."""
    return _of_edition(edition, State.PUBLISHED)


def _of_edition(edition: Edition, *states: State) -> QuerySet[Sheet]:
    own = Sheet.objects.filter(round__edition=edition, round__kind__in=REPORTED_KINDS)
    return own.filter(state__in=states).order_by("pk")


def lock_all(sheets: QuerySet[Sheet]) -> list[Sheet]:
    """These rows, held until the transaction ends, always in one order."""
    held = sheets.select_for_update(of=("self",))
    return list(held.select_related("round__edition__plan__organisation", "department"))


def told_by(sheets: Iterable[Sheet]) -> dict[int, frozenset[str]]:
    """The codes of the indicators and sections that each sheet told of; two queries."""
    keys = [sheet.pk for sheet in sheets]
    found: dict[int, set[str]] = {key: set() for key in keys}
    figures = SheetFigure.objects.filter(sheet__in=keys).order_by()
    parts = SheetPart.objects.filter(sheet__in=keys, section__isnull=False).order_by()
    for key, code in (
        *figures.values_list("sheet", "indicator__code"),
        *parts.values_list("sheet", "section__code"),
    ):
        found[key].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def rows_of(sheet: Sheet) -> list[SheetFigure]:
    """The sheet's figures in the order of the plan."""
    return list(sheet.figures.select_related("indicator").order_by("indicator__position", "pk"))


def parts_of(sheet: Sheet) -> list[SheetPart]:
    """The sheet's parts in the order of the plan, each with its section."""
    return list(sheet.parts.select_related("section__owner"))


def moves_of(sheet: Sheet) -> list[Move]:
    """What happened to the sheet, oldest first."""
    return list(sheet.moves.select_related("by"))


def last_move(sheet: Sheet) -> Move | None:
    """The last step that stands."""
    return sheet.moves.filter(undone_at__isnull=True).select_related("by").order_by("-pk").first()


def comments_of(sheet: Sheet, indicators: list[int]) -> list[Comment]:
    """What was written beside this sheet, and beside its indicators in other rounds; they stay with the
    item.
    """
    here = Q(sheet=sheet) | Q(
        sheet__department=sheet.department_id, sheet__round__edition__plan=sheet.round.edition.plan_id
    )
    codes = Q(
        indicator__edition__plan=sheet.round.edition.plan_id,
        indicator__code__in=_codes(indicators),
    )
    found = Comment.objects.filter(here | codes).select_related("by", "indicator", "sheet__round")
    return list(found.order_by("-pk")[:100])


def _codes(indicators: list[int]) -> QuerySet[SheetFigure, str]:
    return SheetFigure.objects.filter(indicator__in=indicators).values_list("indicator__code", flat=True)


def evidence_of(sheet: Sheet) -> list[Evidence]:
    """The documents kept with the sheet."""
    return list(sheet.evidence.select_related("document", "by").defer("document__text_lines"))
