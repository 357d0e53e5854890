"""An agenda built from what needs deciding, and what a meeting is shown of each item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kaikaku.plans import results
from kaikaku.plans.queries import EditionRows, rows_kept
from kaikaku.plans.results import Result
from kaikaku.reviews.models import AgendaItem, Loop, Meeting
from kaikaku.reviews.questions import Question, about_indicator, about_section
from kaikaku.reviews.shown import Shown, lines_of


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


class _Reading:
    """An edition's rows, with the look-ups that agendas need."""

    def __init__(self, rows: EditionRows) -> None:
        self.rows = rows
        self.sections = {section.key: section for section in rows.sections}
        self.indicators = {facts.key: facts for facts in rows.indicators}
        self.below: dict[int, list[Result]] = defaultdict(list)
        for facts in rows.indicators:
            result = rows.results.get(facts.key) or results.unrated(facts)
            here = self.sections.get(facts.section or 0)
            while here is not None:
                self.below[here.key].append(result)
                here = self.sections.get(here.parent or 0)

    def under(self, section: int) -> list[Result]:
        """The results of a section and all below it."""
        return self.below.get(section, [])

    def own(self, section: int) -> list[Result]:
        """The results of a section's own indicators; a pillar always holds good and bad ones."""
        return [result for result in self.under(section) if result.indicator.section == section]

    def result(self, indicator: int) -> Result | None:
        facts = self.indicators.get(indicator)
        if facts is None:
            return None
        return self.rows.results.get(indicator) or results.unrated(facts)

    def heading(self, section: int | None) -> str:
        facts = self.sections.get(section or 0)
        return f"{facts.number} {facts.title}".strip() if facts else ""

    def owner(self, section: int | None) -> str:
        """The department of a section, or of the nearest above it that has one."""
        facts = self.sections.get(section or 0)
        while facts is not None and not facts.owner_name:
            facts = self.sections.get(facts.parent or 0)
        return facts.owner_name if facts else ""

    def indicator(self, key: int, *, reasons: Sequence[str] = (), question: str = "") -> Shown | None:
        result = self.result(key)
        if result is None:
            return None
        facts = result.indicator
        return Shown(
            name=facts.name,
            above=self.heading(facts.section),
            owner=facts.owner_name or self.owner(facts.section),
            fiscal_year=self.rows.year,
            lines=lines_of([result]),
            reasons=tuple(reasons),
            question=question,
        )

    def section(self, key: int, *, reasons: Sequence[str] = (), question: str = "") -> Shown | None:
        facts = self.sections.get(key)
        if facts is None:
            return None
        return Shown(
            name=self.heading(key),
            above=self.heading(facts.parent),
            owner=self.owner(key),
            fiscal_year=self.rows.year,
            lines=lines_of(self.under(key)),
            reasons=tuple(reasons),
            question=question,
        )


def shown_of(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Shown]:
    """What a meeting is shown of its items: as kept when it was concluded, else as figures stand now."""
    kept = [Shown.from_json(item.shown) for item in items if item.shown is not None]
    if len(kept) == len(items):
        return kept
    reading = _Reading(rows_kept(meeting.edition))
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
    reading = _Reading(rows_kept(meeting.edition))
    loops = Loop.objects.filter(edition=meeting.edition, closed_at__isnull=True, stage="orientation")
    waiting = {_key(loop.section_id, loop.indicator_id): loop for loop in loops}
    chosen = {
        _key(item.section_id, item.indicator_id): item
        for item in AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True)
    }
    found = [*_sections(reading, waiting, chosen), *_indicators(reading, waiting, chosen)]
    order = {key: item.position for key, item in chosen.items()}
    return sorted(found, key=lambda c: (not c.reasons, not c.chosen, order.get(c.key, 0)))


def _sections(reading: _Reading, waiting: dict[str, Loop], chosen: dict[str, AgendaItem]) -> list[Candidate]:
    found = []
    for facts in reading.rows.sections:
        key = _key(facts.key, None)
        question = _with_loop(about_section(reading.own(facts.key)), waiting.get(key))
        shown = reading.section(facts.key)
        if shown is not None:
            found.append(_candidate(key, shown, question, waiting, chosen))
    return found


def _indicators(
    reading: _Reading, waiting: dict[str, Loop], chosen: dict[str, AgendaItem]
) -> list[Candidate]:
    found = []
    for facts in reading.rows.indicators:
        key = _key(None, facts.key)
        result, shown = reading.result(facts.key), reading.indicator(facts.key)
        if result is not None and shown is not None:
            question = _with_loop(about_indicator(result), waiting.get(key))
            found.append(_candidate(key, shown, question, waiting, chosen))
    return found


def _candidate(
    key: str,
    shown: Shown,
    question: Question | None,
    waiting: dict[str, Loop],
    chosen: dict[str, AgendaItem],
) -> Candidate:
    item, loop = chosen.get(key), waiting.get(key)
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


def _with_loop(question: Question | None, loop: Loop | None) -> Question | None:
    """The question together with the open loop that waits for a decision."""
    if loop is None:
        return question
    said = f"気づき「{loop.title}」への対応を決めてください。"
    if question is None:
        return Question(("loop",), said)
    return Question((*question.reasons, "loop"), f"{question.text}\n{said}")


def _key(section: int | None, indicator: int | None) -> str:
    return f"i{indicator}" if indicator is not None else f"s{section}"
