"""What led to a change in an edition: cited by people, and kept with the part through joining and ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.plans.entries import CauseFields
from kaikaku.plans.models import Cause, Edition, Indicator, Section
from kaikaku.plans.services.guard import open_edition, plain

if TYPE_CHECKING:
    from kaikaku.org.models import User

Part = Section | Indicator


@transaction.atomic
def cite_causes(
    *, edition: Edition, part: Part, causes: Sequence[CauseFields], by: User | None
) -> list[Cause]:
    """Say all that led to the change of a part; what was cited before and is not among them is taken back.

    The part is the edition's own, or one of the edition it was drafted from that has ended in it.
    """
    edition = _open(edition, part, by)
    known = {(row.source, row.source_key): row for row in _causes_of(edition, part)}
    wanted = {(cause.source, cause.source_key): cause for cause in causes}
    gone = [row for place, row in known.items() if place not in wanted]
    fresh = [cause for place, cause in wanted.items() if place not in known]
    made = [_add(edition, part, cause) for cause in fresh]
    _put_on_record(edition, part, by, new=made, old=gone)
    for row in gone:
        row.delete()
    return [*(row for place, row in known.items() if place in wanted), *made]


@transaction.atomic
def cite_cause(*, edition: Edition, part: Part, cause: CauseFields, by: User | None) -> Cause:
    """Cite one more; what was cited already stays as it is."""
    edition = _open(edition, part, by)
    known = _causes_of(edition, part).filter(source=cause.source, source_key=cause.source_key).first()
    if known is not None:
        return known
    made = _add(edition, part, cause)
    _put_on_record(edition, part, by, new=[made], old=[])
    return made


@transaction.atomic
def withdraw_cause(*, edition: Edition, part: Part, source: str, source_key: int, by: User | None) -> None:
    """Take a citation back; nothing happens where there is none."""
    edition = _open(edition, part, by)
    rows = list(_causes_of(edition, part).filter(source=source, source_key=source_key))
    if rows:
        _put_on_record(edition, part, by, new=[], old=rows)
    for row in rows:
        row.delete()


def hand_on_causes(edition: Edition, part: Part, to: Part) -> None:
    """What was cited for a part that is joined with another, has ended or is taken up again goes with it."""
    there = set(_causes_of(edition, to).values_list("source", "source_key"))
    for row in _causes_of(edition, part):
        if (row.source, row.source_key) in there:
            row.delete()
        else:
            row.section, row.indicator = _sides(to)
            row.save(update_fields=["section", "indicator"])


def _open(edition: Edition, part: Part, by: User | None) -> Edition:
    held = open_edition(edition, by)
    if part.edition_id not in (held.pk, held.drafted_from_id):
        raise RuleViolation("part_elsewhere", "この版か、もとにした版の項目を選んでください", field="causes")
    return held


def _causes_of(edition: Edition, part: Part) -> QuerySet[Cause]:
    section, indicator = _sides(part)
    return Cause.objects.filter(edition=edition, section=section, indicator=indicator)


def _sides(part: Part) -> tuple[Section | None, Indicator | None]:
    return (part, None) if isinstance(part, Section) else (None, part)


def _add(edition: Edition, part: Part, cause: CauseFields) -> Cause:
    section, indicator = _sides(part)
    return Cause.objects.create(
        edition=edition,
        section=section,
        indicator=indicator,
        source=cause.source,
        source_key=cause.source_key,
        label=cause.label,
        text=cause.text,
        happened_on=cause.happened_on,
    )


def _put_on_record(
    edition: Edition, part: Part, by: User | None, *, new: Sequence[Cause], old: Sequence[Cause]
) -> None:
    if not new and not old:
        return
    record(
        "plans.cause.cited",
        on=part,
        by=by,
        organisation=edition.plan.organisation,
        old={"causes": [plain(row) for row in old]} if old else None,
        new={"causes": [plain(row) for row in new]},
    )
