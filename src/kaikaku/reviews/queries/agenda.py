"""An agenda built from what needs deciding, and what a meeting is shown of each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaikaku.plans import queries as plans
from kaikaku.plans.models import Edition
from kaikaku.plans.queries import rows_kept
from kaikaku.reporting import queries as reporting
from kaikaku.reviews.models import AgendaItem, Loop, Meeting
from kaikaku.reviews.queries.lineage import key_of_row
from kaikaku.reviews.queries.reading import Reading
from kaikaku.reviews.questions import (
    Question,
    about_indicator,
    about_loop,
    about_rating,
    about_returns,
    about_section,
    joined,
)
from kaikaku.reviews.shown import Shown


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may go on an agenda: `key` is i12 or s3; without reasons nothing speaks for it but choice.

    `loop` is the row of the open loop that waits for a decision on it, `owner` the department in charge.
    """

    key: str
    name: str
    above: str
    owner: str
    reasons: tuple[str, ...]
    question: str
    rate: str
    grade: str
    slot: int | None
    loop: int | None
    chosen: bool


def shown_of(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Shown]:
    """What a meeting is shown of its items: as kept when it was concluded, else as figures stand now."""
    kept = [Shown.from_json(item.shown) for item in items if item.shown is not None]
    if len(kept) == len(items):
        return kept
    reading = Reading(rows_kept(meeting.edition))
    found = []
    for item in items:
        if item.shown is not None:
            found.append(Shown.from_json(item.shown))
            continue
        key = item.indicator_id or item.section_id
        read = reading.indicator if item.indicator_id else reading.section
        shown = read(key or 0, reasons=item.reasons, question=item.question)
        found.append(shown or _gone(item))
    return found


def _gone(item: AgendaItem) -> Shown:
    """An item since removed from the edition keeps its name."""
    return Shown(str(item), "", "", item.meeting.edition.fiscal_year, (), tuple(item.reasons), item.question)


def candidates(meeting: Meeting) -> list[Candidate]:
    """Every item of the edition, those with a question or an open loop first, then the rest in order."""
    reading = Reading(rows_kept(meeting.edition))
    chosen = {
        _key(item.section_id, item.indicator_id): item
        for item in AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True)
    }
    about = _About(
        loops=waiting_loops(meeting.edition),
        returned=reporting.returned_often(meeting.edition),
        chosen=chosen,
    )
    found = [*_sections(reading, about), *_indicators(reading, about)]
    order = {key: item.position for key, item in chosen.items()}
    return sorted(found, key=lambda c: (not c.reasons, not c.chosen, order.get(c.key, 0)))


def waiting_loops(edition: Edition) -> dict[str, Loop]:
    """The open loops that wait for a decision, by the item of this edition; begun on it, or on what it comes
    from.
    """
    loops = Loop.objects.filter(
        edition__plan=edition.plan_id, closed_at__isnull=True, stage="orientation"
    ).select_related("section", "indicator")
    waiting = list(loops.order_by("pk"))
    if not waiting:
        return {}
    descent = plans.descent_of([edition.plan_id])
    heirs = {loop.pk: descent.heirs(key_of_row(loop)) for loop in waiting}
    parts = plans.parts_by_key({key for keys in heirs.values() for key in keys})
    found: dict[str, Loop] = {}
    for loop in waiting:
        for sort, pk in heirs[loop.pk]:
            part = parts.get((sort, pk))
            if part is not None and part.edition_id == edition.pk:
                found[f"{sort[0]}{pk}"] = loop
    return found


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of the items beside their figures."""

    loops: Mapping[str, Loop]
    returned: Mapping[int, reporting.Returned]
    chosen: Mapping[str, AgendaItem]


def _sections(reading: Reading, about: _About) -> list[Candidate]:
    found = []
    for facts in reading.rows.sections:
        key = _key(facts.key, None)
        shown = reading.section(facts.key)
        back = about.returned.get(facts.key)
        question = joined(
            about_section(reading.own(facts.key)),
            about_rating(reading.rows.overall.get(facts.key)),
            about_returns(back.times, back.reason) if back else None,
            about_loop(about.loops[key].title) if key in about.loops else None,
        )
        if shown is not None:
            found.append(_candidate(key, shown, question, about))
    return found


def _indicators(reading: Reading, about: _About) -> list[Candidate]:
    found = []
    for facts in reading.rows.indicators:
        key = _key(None, facts.key)
        result, shown = reading.result(facts.key), reading.indicator(facts.key)
        if result is not None and shown is not None:
            loop = about_loop(about.loops[key].title) if key in about.loops else None
            found.append(_candidate(key, shown, joined(about_indicator(result), loop), about))
    return found


def _candidate(key: str, shown: Shown, question: Question | None, about: _About) -> Candidate:
    item, loop = about.chosen.get(key), about.loops.get(key)
    [line] = shown.lines if len(shown.lines) == 1 and key.startswith("i") else [None]
    return Candidate(
        key=key,
        name=shown.name,
        above=shown.above,
        owner=shown.owner,
        reasons=question.reasons if question else (),
        question=item.question if item and item.question else (question.text if question else ""),
        rate=line.rate if line else "",
        grade=line.grade if line else "",
        slot=line.slot if line else None,
        loop=loop.pk if loop else None,
        chosen=item is not None,
    )


def _key(section: int | None, indicator: int | None) -> str:
    return f"i{indicator}" if indicator is not None else f"s{section}"
