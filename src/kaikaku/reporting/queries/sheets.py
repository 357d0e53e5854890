"""What the page of one sheet shows: this year's plan, five years, grades, findings, what may be done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kaikaku.core.checks import Finding, Level, Policy, Siblings, finding_from_json
from kaikaku.core.ratings import Scheme
from kaikaku.core.workflow import Action, State, possible
from kaikaku.org.queries import today
from kaikaku.plans import results, shown
from kaikaku.plans.facts import FigureFacts, IndicatorFacts
from kaikaku.plans.models import Item, Section
from kaikaku.plans.queries import scheme_of
from kaikaku.plans.queries.rows import indicators_by_key
from kaikaku.plans.results import Result
from kaikaku.plans.words import REASONS
from kaikaku.reporting import checking, words
from kaikaku.reporting.calendar import due_of, is_late
from kaikaku.reporting.models import Comment, Evidence, Move, Round, Sheet, SheetFigure
from kaikaku.reporting.queries.access import comments_of, evidence_of, moves_of, rows_of
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
class PlanPart:
    """A section of the plan that the sheet reports on, with what it planned for the year."""

    key: int
    number: str
    title: str
    planned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """An answer in words, with last year's beside it."""

    asked: Asked
    value: str
    carried: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet with all that stands in it, for one reader."""

    sheet: Sheet
    standing: Standing
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]
    parts: tuple[PlanPart, ...]
    actions: tuple[Action, ...]
    due: date | None
    late: bool
    moves: tuple[Move, ...]
    comments: tuple[Comment, ...]
    evidence: tuple[Evidence, ...]

    @property
    def may_edit(self) -> bool:
        return Action.SUBMIT in self.actions or Action.START in self.actions

    @property
    def blocks(self) -> tuple[tuple[Line, Finding], ...]:
        return tuple((line, finding) for line in self.lines for finding in line.blocks)

    @property
    def unexplained(self) -> tuple[tuple[Line, Finding], ...]:
        return tuple((line, finding) for line in self.lines for finding in line.unexplained)

    @property
    def missing_texts(self) -> tuple[Asked, ...]:
        return tuple(t.asked for t in self.texts if t.asked.required and not t.value.strip())

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
    return SheetPage(
        sheet=sheet,
        standing=standing,
        lines=tuple(lines_of(sheet.round, rows, indicators_by_key(keys))),
        texts=texts_of(sheet),
        parts=_parts(sheet, [row.indicator.section_id for row in rows]),
        actions=actions_for(standing, sheet),
        due=due,
        late=is_late(due, today=on or today()),
        moves=tuple(moves_of(sheet)),
        comments=tuple(comments_of(sheet, keys)),
        evidence=tuple(evidence_of(sheet)),
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


def surroundings_of(
    sheet: Sheet, texts: Mapping[str, str], known: Mapping[int, IndicatorFacts]
) -> checking.Surroundings:
    """What the checks of the sheet's figures share."""
    edition = sheet.round.edition
    return checking.Surroundings(
        fiscal_year=sheet.round.fiscal_year,
        scheme=scheme_of(edition),
        policy=Policy.from_json(sheet.round.checks),
        done=texts.get("done", ""),
        cause=texts.get("issues", "") + texts.get("risk", ""),
        action=texts.get("next_action", ""),
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


def texts_of(sheet: Sheet) -> tuple[Text, ...]:
    """The answers in the order of the round's fields."""
    return tuple(
        Text(
            asked,
            str(sheet.texts.get(asked.key, "")),
            str(sheet.carried.get(asked.key, "")),
            asked.key in sheet.hidden,
        )
        for asked in sheet.round.asked
    )


def _parts(sheet: Sheet, sections: Collection[int | None]) -> tuple[PlanPart, ...]:
    """The sections that the department owns or has indicators in, with what is planned there for the year."""
    edition = sheet.round.edition_id
    keys = {key for key in sections if key is not None}
    rows = Section.objects.filter(edition=edition, removed_at__isnull=True, ended_as="")
    found = [
        (pk, number, title)
        for pk, owner, number, title in rows.order_by("position", "pk").values_list(
            "pk", "owner", "number", "title"
        )
        if pk in keys or owner == sheet.department_id
    ]
    planned: dict[int, list[str]] = {}
    items = Item.objects.filter(
        section__in=[pk for pk, _, _ in found],
        removed_at__isnull=True,
        kind="plan",
        fiscal_year=sheet.round.fiscal_year,
    )
    for section, text in items.order_by("position").values_list("section", "text"):
        planned.setdefault(section, []).append(text)
    return tuple(PlanPart(pk, number, title, tuple(planned.get(pk, ()))) for pk, number, title in found)


def contents_of(sheet: Sheet, rows: Sequence[SheetFigure]) -> dict[str, Any]:
    """What the sheet says, for holding two moments together."""
    return {
        "texts": {key: value for key, value in sheet.texts.items() if value},
        "figures": {str(row.pk): _words_of(row) for row in rows},
    }


def _words_of(row: SheetFigure) -> list[str]:
    status = "" if row.status == "confirmed" else str(words.STATUSES.get(row.status, row.status))
    return [row.text, status, REASONS.get(row.reason, row.reason), row.external_factor]
