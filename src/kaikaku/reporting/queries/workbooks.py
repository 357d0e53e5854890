"""What goes into a round's workbook, and what is read when it comes back. Constant queries throughout."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kaikaku.core.checks import Level, finding_from_json
from kaikaku.core.quantities import split_unit
from kaikaku.core.workflow import STATE_LABELS, State, is_editable
from kaikaku.org.queries import today
from kaikaku.plans import results, shown
from kaikaku.plans.facts import FigureFacts, IndicatorFacts
from kaikaku.plans.queries.rows import indicators_by_key
from kaikaku.plans.words import REASONS
from kaikaku.reporting import words
from kaikaku.reporting.models import Round, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.queries.binding import bindings_in
from kaikaku.reporting.queries.sheets import YEARS_BESIDE, Text, texts_of
from kaikaku.reporting.workbooks.placing import Contents
from kaikaku.reporting.workbooks.values import figure_cell, plain_number, said
from kaikaku.writers.workbook_form import COMPUTED_COLUMNS, Block, RoundBook, Row, Value, year_words

if TYPE_CHECKING:
    pass

PUBLIC = (("yes", "公表する"), ("no", "公表しない"))
CHOICES: Mapping[str, Sequence[tuple[str, str]]] = {
    "status": tuple(words.STATUSES.items()),
    "reason": tuple((code, label.partition("（")[0]) for code, label in REASONS.items()),
    "public": PUBLIC,
}
BETWEEN = "／"
WHOLE_CODE = "ALL"
NEVER = "この記入欄は公表されません。"


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet as it stands in a workbook: its block, and the rows of the database behind the codes.

    `typed` is what the section typed for each figure, in its own words; the cell may say it as a number.
    """

    sheet: Sheet
    block: Block
    rows: Mapping[str, SheetFigure]
    answers: Mapping[str, Text]
    parts: tuple[SheetPart, ...]
    facts: Mapping[int, IndicatorFacts]
    typed: Mapping[str, str]

    @property
    def contents(self) -> Contents:
        """What the workbook says of the sheet, to hold changes against when it comes back."""
        fixed = {row.key: _fixed(row) for row in self.block.figures}
        figures = {
            code: {"typed": typed_of_row(row, self.facts[row.indicator_id].unit), "fixed": fixed[code]}
            for code, row in self.rows.items()
        }
        texts = {key: {"typed": typed_of_text(text), "fixed": {}} for key, text in self.answers.items()}
        return {"figures": figures, "texts": texts}

    @property
    def units(self) -> dict[str, str]:
        return {code: self.facts[row.indicator_id].unit for code, row in self.rows.items()}


_FIXED = {"name", "unit", "baseline_year", "baseline", "target_year", "target"}


def _fixed(row: Row) -> dict[str, str]:
    names = (name for name in row.values if name in _FIXED or name.startswith("past-"))
    return {name: said(row.values[name]) for name in names}


def round_key(round_: Round) -> str:
    """What tells this round from any other, of another government or installation too."""
    organisation = round_.edition.plan.organisation
    parts = (organisation.slug, round_.edition_id, round_.pk, round_.opened_at.isoformat())
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:8]
    return f"{organisation.slug}/R{round_.pk}-{digest}"


def sheet_key(sheet: Sheet) -> str:
    return f"S{sheet.pk}"


def past_years(round_: Round) -> tuple[int, ...]:
    return tuple(range(round_.fiscal_year - YEARS_BESIDE, round_.fiscal_year))


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the rows of several sheets are made of, by sheet and by indicator."""

    rows: Mapping[int, list[SheetFigure]]
    parts: Mapping[int, list[SheetPart]]
    facts: Mapping[int, IndicatorFacts]
    computed: frozenset[int]


def forms_of(round_: Round, sheets: Iterable[Sheet]) -> list[Form]:
    """The sheets as they stand in a workbook; six queries, and those of the bindings."""
    sheets = list(sheets)
    keys = [sheet.pk for sheet in sheets]
    rows: dict[int, list[SheetFigure]] = defaultdict(list)
    figures = SheetFigure.objects.filter(sheet__in=keys).select_related("indicator__section")
    for row in figures.order_by("indicator__position", "pk"):
        rows[row.sheet_id].append(row)
    parts: dict[int, list[SheetPart]] = defaultdict(list)
    for part in SheetPart.objects.filter(sheet__in=keys).select_related("section"):
        parts[part.sheet_id].append(part)
    facts = indicators_by_key({row.indicator_id for found in rows.values() for row in found})
    bound = bindings_in(round_.edition.plan_id).items()
    computed = frozenset(key for key, one in bound if one.computes(round_.fiscal_year))
    gathered = _Gathered(rows, parts, facts, computed)
    for sheet in sheets:
        sheet.round = round_
    return [_form(sheet, gathered) for sheet in sheets]


def _form(sheet: Sheet, gathered: _Gathered) -> Form:
    facts, parts = gathered.facts, gathered.parts.get(sheet.pk, [])
    known = [row for row in gathered.rows.get(sheet.pk, ()) if row.indicator_id in facts]
    places = {part.pk: part for part in parts}
    answers = {_text_key(text, places): text for text in texts_of(sheet, parts)}
    shut = why_shut(sheet.round, sheet)
    figures = []
    for row in known:
        nobody = frozenset(COMPUTED_COLUMNS) if row.indicator_id in gathered.computed else frozenset()
        values = _figure_values(sheet, row, facts=facts[row.indicator_id])
        figures.append(Row(row.indicator.code, values, shut, nobody))
    texts = [Row(key, _text_values(sheet, text, parts=places), shut) for key, text in answers.items()]
    return Form(
        sheet,
        Block(sheet_key(sheet), sheet.version, sheet.department.name, tuple(figures), tuple(texts)),
        {row.indicator.code: row for row in known},
        answers,
        tuple(parts),
        {row.indicator_id: facts[row.indicator_id] for row in known},
        {row.indicator.code: row.text for row in known},
    )


def _text_key(text: Text, parts: Mapping[int, SheetPart]) -> str:
    """The code of a row of words: that of its section and of its field."""
    if text.part is None:
        return text.asked.key
    section = parts[text.part].section
    return f"{section.code if section else WHOLE_CODE}:{text.asked.key}"


def why_shut(round_: Round, sheet: Sheet) -> str:
    """Why a sheet takes nothing now; "" where it does."""
    if round_.closed_at is not None:
        return "締切済みのため記入不要"
    state = State(sheet.state)
    return "" if is_editable(state) else f"{STATE_LABELS[state]}のため記入不要"


def _figure_values(sheet: Sheet, row: SheetFigure, *, facts: IndicatorFacts) -> dict[str, Value]:
    round_ = sheet.round
    result = results.rate_indicator(facts, fiscal_year=round_.fiscal_year, scheme=None)
    actuals = {f.fiscal_year: f for f in facts.figures if f.role == "actual"}
    typed = typed_of_row(row, facts.unit)
    section = row.indicator.section
    return {
        "department": sheet.department.name,
        "section": f"{section.number} {section.title}".strip() if section else "",
        "name": facts.name,
        "unit": facts.unit,
        "baseline_year": _year(result.baseline),
        "baseline": _number(result.baseline, facts.unit),
        "target_year": _year(result.target),
        "target": _number(result.target, facts.unit),
        **{f"past-{year}": _number(actuals.get(year), facts.unit) for year in past_years(round_)},
        **typed,
        "text": figure_cell(row.text, facts.unit),
        "status": words.STATUSES.get(typed["status"], ""),
        "reason": dict(CHOICES["reason"]).get(typed["reason"], typed["reason"]),
        "found": BETWEEN.join(_found(row)),
    }


def _year(figure: FigureFacts | None) -> str:
    return "" if figure is None or figure.fiscal_year is None else year_words(figure.fiscal_year)


def _number(figure: FigureFacts | None, unit: str) -> Value:
    """A figure of the plan in the indicator's unit; one that is no plain number as it is shown."""
    if figure is None:
        return None
    if figure.value is None or figure.upper is not None or figure.qualifiers:
        return figure.shown or figure.text or shown.reason_words(figure)
    power, base = split_unit(unit) if unit else (0, None)
    if base is not None and figure.unit not in ("", base):
        return figure.shown or figure.text
    return Decimal(plain_number(figure.value.scaleb(-power)))


def _found(row: SheetFigure) -> list[str]:
    findings = map(finding_from_json, row.findings)
    return [finding.message for finding in findings if finding.level is not Level.NOTE]


def typed_of_row(row: SheetFigure, unit: str) -> dict[str, str]:
    """What the section has typed for an indicator, as its cells say it; choices by their codes."""
    reasons = dict.fromkeys(str(why) for why in row.explanations.values() if str(why).strip())
    return {
        "text": said(figure_cell(row.text, unit)),
        "status": row.status,
        "reason": row.reason,
        "reason_note": said(row.reason_note),
        "external_factor": said(row.external_factor),
        "why": said(BETWEEN.join(reasons)),
    }


def typed_of_text(text: Text) -> dict[str, str]:
    """What the section has written in a field, and whether it may be published."""
    hidden = text.is_hidden or text.asked.key in words.NEVER_PUBLIC
    return {"text": said(text.value), "public": "no" if hidden else "yes"}


def _text_values(sheet: Sheet, text: Text, *, parts: Mapping[int, SheetPart]) -> dict[str, Value]:
    typed, asked = typed_of_text(text), text.asked
    section = parts[text.part].section if text.part is not None else None
    never = asked.key in words.NEVER_PUBLIC and "公表" not in asked.hint
    return {
        "department": sheet.department.name,
        "section": f"{section.number} {section.title}".strip() if section else words.WHOLE,
        "name": asked.label,
        "need": "必須" if text.wanted else "任意",
        "hint": f"{asked.hint}{NEVER if never else ''}",
        "before": said(text.carried),
        "text": typed["text"],
        "public": dict(PUBLIC)[typed["public"]],
    }


def book_of(round_: Round, forms: Sequence[Form], *, on: date | None = None) -> RoundBook:
    """The workbook of these sheets."""
    has_figures = any(form.block.figures for form in forms)
    return RoundBook(
        organisation=round_.edition.plan.organisation.name,
        title=round_.title,
        round=round_key(round_),
        fiscal_year=round_.fiscal_year,
        due=round_.due_submit,
        made_on=on or today(),
        blocks=tuple(form.block for form in forms),
        years=past_years(round_),
        message=round_.message,
        choices=CHOICES if has_figures else {"public": PUBLIC},
    )


def sheets_of(round_: Round, departments: Collection[int] = ()) -> list[Sheet]:
    """The round's sheets, or those of some departments, in the order of the departments."""
    sheets = Sheet.objects.filter(round=round_).select_related("department", "changed_by")
    if departments:
        sheets = sheets.filter(department__in=departments)
    found = list(sheets.order_by("department__position", "department__pk"))
    for sheet in found:
        sheet.round = round_
    return found
