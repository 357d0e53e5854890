"""What the page of one sheet shows: this year's plan, five years, grades, findings, what may be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kaikaku.core.checks import Finding, Level, Policy, Siblings, finding_from_json
from kaikaku.core.ratings import Scheme
from kaikaku.core.workflow import Action, State, possible
from kaikaku.org.queries import today
from kaikaku.plans import results, shown
from kaikaku.plans.facts import FigureFacts, IndicatorFacts
from kaikaku.plans.models import Item
from kaikaku.plans.queries import scheme_of
from kaikaku.plans.queries.rows import indicators_by_key
from kaikaku.plans.results import Result
from kaikaku.plans.words import REASONS
from kaikaku.reporting import checking, words
from kaikaku.reporting.calendar import due_of, is_late
from kaikaku.reporting.lines import signed
from kaikaku.reporting.models import Comment, Evidence, Move, Round, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.queries.access import comments_of, evidence_of, moves_of, parts_of, rows_of
from kaikaku.reporting.queries.again import shown_again
from kaikaku.reporting.queries.binding import Computed, computed_of
from kaikaku.reporting.queries.holding import open_evidence
from kaikaku.reporting.queries.people import Standing, standing_of
from kaikaku.reporting.words import Asked
from kaikaku.writers import dataset

if TYPE_CHECKING:
    from kaikaku.org.models import User

YEARS_BESIDE = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a sheet: what was typed, what it makes of the grade, and the years beside it."""

    row: SheetFigure
    facts: IndicatorFacts
    typed: FigureFacts | None
    result: Result
    rated: dataset.Rated
    before: Result
    past: tuple[tuple[int, FigureFacts | None], ...]
    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level is Level.BLOCK)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level is Level.REASON)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """How a value was read, where it was not typed plainly."""
        return tuple(f for f in self.findings if f.level is Level.NOTE)

    @property
    def unexplained(self) -> tuple[Finding, ...]:
        """The warnings that still want a written reason."""
        return tuple(f for f in self.warnings if not str(self.row.explanations.get(f.check, "")).strip())

    @property
    def last(self) -> FigureFacts | None:
        """Last year's actual."""
        return self.before.actual

    @property
    def grade_moved(self) -> bool:
        """Whether the grade is another than last year's."""
        return None not in (self.before.band, self.result.band) and self.before.band is not self.result.band


@dataclass(frozen=True, slots=True)
class Text:
    """An answer in words, with last year's beside it; `part` is the key of its part, None where asked
    once.
    """

    asked: Asked
    value: str
    carried: str
    is_hidden: bool
    part: int | None = None
    wanted: bool = False

    @property
    def field(self) -> str:
        """What a form calls it."""
        return self.asked.key if self.part is None else f"{self.part}-{self.asked.key}"


@dataclass(frozen=True, slots=True)
class Again:
    """【再掲】: an indicator of another section, as it is reported there."""

    line: Line
    asked_in: str
    asked_of: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A section of the plan that the sheet reports on: what it planned for the year, and what is said of it.

    `key` is the section's, None where the sheet has none; `part` the row of the answers.
    """

    key: int | None
    number: str
    title: str
    planned: tuple[str, ...]
    part: SheetPart
    texts: tuple[Text, ...]
    lines: tuple[Line, ...] = ()
    again: tuple[Again, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet with all that stands in it, for one reader. `computed` are its bound figures, by row;
    `may_open` the documents of its evidence that are for this reader.
    """

    sheet: Sheet
    standing: Standing
    lines: tuple[Line, ...]
    once: tuple[Text, ...]
    parts: tuple[PlanPart, ...]
    actions: tuple[Action, ...]
    due: date | None
    late: bool
    moves: tuple[Move, ...]
    comments: tuple[Comment, ...]
    evidence: tuple[Evidence, ...]
    may_open: frozenset[int]
    computed: Mapping[int, Computed]

    @property
    def may_edit(self) -> bool:
        return Action.SUBMIT in self.actions or Action.START in self.actions

    def is_typed(self, line: Line) -> bool:
        """Whether the figure's value is typed; one that is computed from records is not."""
        found = self.computed.get(line.row.pk)
        return found is None or found.is_typed

    @property
    def outdated(self) -> tuple[Line, ...]:
        """The figures that the records contradict by now, while they can still be computed anew."""
        if not (self.may_edit or self.sheet.state == State.SUBMITTED):
            return ()
        return tuple(
            line for line in self.lines if (c := self.computed.get(line.row.pk)) is not None and c.differs
        )

    @property
    def blocks(self) -> tuple[tuple[Line, Finding], ...]:
        return tuple((line, finding) for line in self.lines for finding in line.blocks)

    @property
    def unexplained(self) -> tuple[tuple[Line, Finding], ...]:
        return tuple((line, finding) for line in self.lines for finding in line.unexplained)

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every answer: of each part in turn, then what is asked once."""
        return (*(text for part in self.parts for text in part.texts), *self.once)

    @property
    def missing_texts(self) -> tuple[Text, ...]:
        return tuple(text for text in self.texts if text.wanted and not text.value.strip())

    @property
    def loose_lines(self) -> tuple[Line, ...]:
        """The indicators that stand under none of the parts."""
        shown = {line.row.pk for part in self.parts for line in part.lines}
        return tuple(line for line in self.lines if line.row.pk not in shown)

    def name_of(self, text: Text) -> str:
        """Of which part an answer is, where there are several."""
        part = next((one for one in self.parts if one.part.pk == text.part), None)
        return f"{part.name}：{text.asked.label}" if part and len(self.parts) > 1 else text.asked.label

    @property
    def last_return(self) -> Move | None:
        """Why the sheet has come back, while it is back."""
        if self.sheet.state not in (State.RETURNED, State.DRAFT):
            return None
        found = [m for m in self.moves if m.undone_at is None and m.action != Action.START]
        return found[-1] if found and found[-1].action == Action.RETURN else None

    @property
    def last(self) -> Move | None:
        """The last step that stands."""
        return next((m for m in reversed(self.moves) if m.undone_at is None), None)


def sheet_page(user: User, sheet: Sheet, *, on: date | None = None) -> SheetPage:
    """Read what the page of a sheet shows: a constant number of queries."""
    rows = rows_of(sheet)
    standing = standing_of(user)
    keys = [row.indicator_id for row in rows]
    due = due_of(State(sheet.state), sheet.round.dates, extended_to=sheet.extended_to)
    known = indicators_by_key(keys)
    lines = lines_of(sheet.round, rows, known)
    evidence = evidence_of(sheet)
    return SheetPage(
        sheet=sheet,
        standing=standing,
        lines=tuple(lines),
        once=texts_once(sheet),
        parts=_plan_parts(sheet, parts_of(sheet), lines),
        actions=actions_for(standing, sheet),
        due=due,
        late=is_late(due, today=on or today()),
        moves=tuple(moves_of(sheet)),
        comments=tuple(comments_of(sheet, keys)),
        evidence=tuple(evidence),
        may_open=open_evidence(user, evidence),
        computed=computed_of(sheet, rows, known),
    )


def actions_for(standing: Standing, sheet: Sheet) -> tuple[Action, ...]:
    """What the person may do with the sheet now; the submitter's own confirmation is left to be refused."""
    if sheet.round.closed_at is not None:
        return ()
    state = State(sheet.state)
    found = []
    for action in possible(state, roles={"clerk", "chief", "secretariat"}):
        roles = standing.roles_for(action, sheet.department_id)
        if action in possible(state, roles=roles):
            found.append(action)
    return tuple(found)


def facts_of(keys: Iterable[int]) -> dict[int, IndicatorFacts]:
    """What the plan knows of these indicators; three queries."""
    return indicators_by_key(set(keys))


def surroundings_of(sheet: Sheet, known: Mapping[int, IndicatorFacts]) -> checking.Surroundings:
    """What the checks of the sheet's figures share; the words are those of the figure's part (`saying`)."""
    edition = sheet.round.edition
    return checking.Surroundings(
        fiscal_year=sheet.round.fiscal_year,
        scheme=scheme_of(edition),
        policy=Policy.from_json(sheet.round.checks),
        siblings=Siblings.of((facts.code, facts.name) for facts in known.values()),
        locked=edition.locked_at is not None,
    )


def typed_of(row: SheetFigure, fiscal_year: int) -> FigureFacts | None:
    """What the sheet says, as the rules read it; None while nothing is entered."""
    if not row.text and not row.reason:
        return None
    return FigureFacts(
        key=row.pk or 0,
        role="actual",
        fiscal_year=fiscal_year,
        text=row.text,
        shown=row.shown or row.text,
        value=None if row.value is None else row.value.normalize() + 0,
        upper=row.upper,
        unit=row.unit,
        status=row.status,
        reason=row.reason,
        reason_note=row.reason_note,
    )


def lines_of(round_: Round, rows: Sequence[SheetFigure], known: Mapping[int, IndicatorFacts]) -> list[Line]:
    """The figures with their rates and grades as they would stand; what was taken out of the plan is left
    out.
    """
    scheme = scheme_of(round_.edition)
    return [
        line_of(row, known[row.indicator_id], fiscal_year=round_.fiscal_year, scheme=scheme)
        for row in rows
        if row.indicator_id in known
    ]


def line_of(row: SheetFigure, facts: IndicatorFacts, *, fiscal_year: int, scheme: Scheme | None) -> Line:
    """One figure with its years."""
    typed = typed_of(row, fiscal_year)
    as_accepted = checking.with_typed(facts, typed, fiscal_year=fiscal_year)
    result = results.rate_indicator(as_accepted, fiscal_year=fiscal_year, scheme=scheme)
    actuals = {f.fiscal_year: f for f in facts.figures if f.role == "actual"}
    years = range(fiscal_year - YEARS_BESIDE, fiscal_year)
    return Line(
        row=row,
        facts=facts,
        typed=typed,
        result=result,
        rated=shown.rated(result),
        before=results.rate_indicator(facts, fiscal_year=fiscal_year - 1, scheme=scheme),
        past=tuple((year, actuals.get(year)) for year in years),
        findings=tuple(finding_from_json(found) for found in row.findings),
    )


def texts_once(sheet: Sheet) -> tuple[Text, ...]:
    """The answers to what is asked once, in the order of the round's fields."""
    return tuple(_text(sheet, asked) for asked in sheet.round.asked if not asked.each)


def texts_of_part(part: SheetPart, asked: Iterable[Asked], *, alone: bool) -> tuple[Text, ...]:
    """The answers to what is asked of each section. What is required is required of who is in charge, or of
    a guest where the sheet has no part of its own (`alone`).
    """
    return tuple(
        _text(part, one, part=part.pk, free=not (part.in_charge or alone)) for one in asked if one.each
    )


def _text(row: Sheet | SheetPart, asked: Asked, *, part: int | None = None, free: bool = False) -> Text:
    value, carried = (str(said.get(asked.key, "")) for said in (row.texts, row.carried))
    return Text(asked, value, carried, asked.key in row.hidden, part, asked.required and not free)


def texts_of(sheet: Sheet, parts: Sequence[SheetPart]) -> tuple[Text, ...]:
    """Every answer: of each part in turn, then what is asked once."""
    alone = not any(part.in_charge for part in parts)
    each = (t for part in parts for t in texts_of_part(part, sheet.round.asked, alone=alone))
    return (*each, *texts_once(sheet))


def words_on(texts: Mapping[str, str], parts: Sequence[SheetPart], section: int | None) -> dict[str, str]:
    """What a sheet says of an indicator's section: what it says once (`texts`), and its part's words, else
    those of all its parts.
    """
    own = [part for part in parts if part.section_id == section] or list(parts)
    keys = {key: None for part in own for key in part.texts}
    said = {key: "\n".join(filter(None, (str(p.texts.get(key, "")) for p in own))) for key in keys}
    return {**texts, **said}


def _owner(part: SheetPart) -> str:
    return part.section.owner.name if part.section and part.section.owner else ""


def _plan_parts(sheet: Sheet, parts: Sequence[SheetPart], lines: Sequence[Line]) -> tuple[PlanPart, ...]:
    """The parts with what is planned for the year in each section, and its indicators."""
    planned: dict[int, list[tuple[str, str]]] = {}
    items = Item.objects.filter(
        section__in=[part.section_id for part in parts if part.section_id],
        removed_at__isnull=True,
        kind="plan",
        fiscal_year=sheet.round.fiscal_year,
    )
    for section, label, text in items.order_by("position").values_list("section", "label", "text"):
        planned.setdefault(section, []).append((label, text))
    alone = not any(part.in_charge for part in parts)
    again = shown_again(sheet, parts)
    year, scheme = sheet.round.fiscal_year, scheme_of(sheet.round.edition)
    return tuple(
        PlanPart(
            key=part.section_id,
            number=part.section.number if part.section else "",
            title=part.section.title if part.section else words.WHOLE,
            planned=signed(planned.get(part.section_id or 0, ()), owner=_owner(part)),
            part=part,
            texts=texts_of_part(part, sheet.round.asked, alone=alone),
            lines=tuple(line for line in lines if line.facts.section == part.section_id),
            again=tuple(
                Again(
                    line_of(one.row, one.facts, fiscal_year=year, scheme=scheme), one.asked_in, one.asked_of
                )
                for one in again.get(part.section_id or 0, ())
            ),
        )
        for part in parts
    )


def contents_of(sheet: Sheet, rows: Sequence[SheetFigure], parts: Sequence[SheetPart]) -> dict[str, Any]:
    """What the sheet says, for holding two moments together."""
    return {
        "texts": {text.field: text.value for text in texts_of(sheet, parts) if text.value},
        "figures": {str(row.pk): _words_of(row) for row in rows},
    }


def _words_of(row: SheetFigure) -> list[str]:
    status = "" if row.status == "confirmed" else str(words.STATUSES.get(row.status, row.status))
    return [row.text, status, REASONS.get(row.reason, row.reason), row.external_factor]
