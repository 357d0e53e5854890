"""After acceptance: reported to the headquarters (本部会議), published, and corrected by 正誤表 only.

The apps above call these where it happens, in their own transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core import workflow
from kaikaku.core.workflow import Action, State
from kaikaku.reporting import queries
from kaikaku.reporting.entries import Correction
from kaikaku.reporting.models import Sheet
from kaikaku.reporting.services.guard import move_sheet, must_be_office

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition

OFFICE = frozenset({"secretariat"})


@transaction.atomic
def mark_reported(*, edition: Edition, meeting: str, by: User | None) -> list[Sheet]:
    """A headquarters meeting has dealt with the plan: its accepted sheets are 本部会議報告済み."""
    must_be_office(edition.plan.organisation, by)
    sheets = queries.lock_all(queries.to_report(edition))
    return _move_all(sheets, Action.REPORT, by=by, reason=f"{meeting}に報告")


@transaction.atomic
def mark_published(*, edition: Edition, publication: str, by: User | None) -> list[Sheet]:
    """A publication stands: the sheets whose figures it shows are 公表済み, reported to a meeting or not."""
    must_be_office(edition.plan.organisation, by)
    sheets = queries.lock_all(queries.to_publish(edition))
    return _move_all(sheets, Action.PUBLISH, by=by, reason=publication)


@transaction.atomic
def mark_corrected(*, edition: Edition, corrections: Sequence[Correction], by: User | None) -> list[Sheet]:
    """Errata were decided: each goes on record with the published sheets that told of the thing."""
    must_be_office(edition.plan.organisation, by)
    sheets = queries.lock_all(queries.published(edition))
    told = queries.told_by(sheets)
    moved = []
    for sheet in sheets:
        reasons = _concerning(sheet, told[sheet.pk], corrections)
        if reasons:
            moved += _move_all([sheet], Action.CORRECT, by=by, reason="\n".join(reasons))
    return moved


@transaction.atomic
def mark_withdrawn(*, edition: Edition, reason: str, by: User | None) -> list[Sheet]:
    """The publication was taken down: on record with every sheet that it had published."""
    must_be_office(edition.plan.organisation, by)
    sheets = queries.lock_all(queries.published(edition))
    return _move_all(sheets, Action.CORRECT, by=by, reason=f"公表の取下げ：{reason}")


def _concerning(sheet: Sheet, codes: frozenset[str], corrections: Iterable[Correction]) -> list[str]:
    years = (None, sheet.round.fiscal_year)
    return [str(one) for one in corrections if one.code in codes and one.fiscal_year in years]


def _move_all(sheets: Iterable[Sheet], action: Action, *, by: User | None, reason: str) -> list[Sheet]:
    moved = []
    for sheet in sheets:
        target = workflow.move(State(sheet.state), action, roles=OFFICE, by=by, reason=reason)
        move_sheet(sheet, action, target, by=by, reason=reason)
        moved.append(sheet)
    return moved
