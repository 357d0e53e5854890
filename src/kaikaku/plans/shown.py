"""Rates, tallies and figures in the words and shapes that pages and papers share (`writers.dataset`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kaikaku.core import ratings
from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.indicators import FORMULA_LABELS, Formula
from kaikaku.core.quantities import REASONS as SIGNS
from kaikaku.core.quantities import Quantity, reason_text, show_quantity
from kaikaku.core.schemes import DENOMINATOR_TEXTS
from kaikaku.core.shares import CLOSING_LABELS
from kaikaku.core.tallies import PENDING
from kaikaku.plans import words
from kaikaku.plans.facts import FigureFacts, IndicatorFacts, PastLine, SectionFacts
from kaikaku.plans.results import Result, group_key
from kaikaku.writers import dataset

ELSEWHERE = "そのほかの指標"
WHOLE = "全体"
ROLE_ORDER = {role: place for place, role in enumerate(words.ROLES)}


def reason_words(figure: FigureFacts) -> str:
    """Why a value is not there, in words; "" where it is."""
    if figure.value is not None or not figure.reason:
        return ""
    if figure.reason == "other":
        return figure.reason_note
    known = words.REASONS.get(figure.reason) or (
        reason_text(figure.reason) if figure.reason in SIGNS else figure.reason
    )
    return f"{known}（{figure.reason_note}）" if figure.reason_note else known


def as_shown(facts: FigureFacts, decimals: int | None = None) -> str:
    """A value as core prints it; with at least `decimals` places where the indicator wants them (72% →
    72.0%).

    More places than that are never cut off: what was printed stays what it was.
    """
    if decimals is None or facts.value is None:
        return facts.shown
    places = -int(facts.value.as_tuple().exponent)
    if places >= decimals:
        return facts.shown
    padded = facts.value.quantize(Decimal(1).scaleb(-decimals))
    return show_quantity(Quantity(facts.text, padded, facts.unit or None, facts.upper, facts.qualifiers))


def figure(
    facts: FigureFacts, cite: dataset.Cite | None = None, *, decimals: int | None = None
) -> dataset.Figure:
    """A figure as pages and papers print it."""
    return dataset.Figure(
        role=facts.role,
        fiscal_year=facts.fiscal_year,
        text=facts.text,
        value=facts.value,
        shown=as_shown(facts, decimals),
        status=facts.status,
        qualifiers=(*facts.qualifiers, dataset.COMPUTED) if facts.provenance else facts.qualifiers,
        upper=facts.upper,
        cumulative_from=facts.cumulative_from,
        reason=reason_words(facts) or None,
        cite=cite,
    )


def notes(facts: IndicatorFacts) -> list[str]:
    """What is printed below an indicator: its own note, years that differ from their column, and where it
    ended.
    """
    found = [line.strip() for line in facts.note.splitlines() if line.strip()]
    for one in facts.figures:
        if one.column_year is not None and one.fiscal_year is not None:
            year, column = show_fiscal_year(one.fiscal_year), show_fiscal_year(one.column_year)
            found.append(
                f"{words.ROLES[one.role]}「{one.text}」は{year}の値です（資料では{column}の欄に掲載）。"
            )
        if one.provenance and one.fiscal_year is not None:
            found.append(f"{show_fiscal_year(one.fiscal_year)}の{words.ROLES[one.role]}は、{one.provenance}")
    if facts.ended_as:
        found.append(f"終了（{words.END_OUTCOMES.get(facts.ended_as, facts.ended_as)}）：{facts.end_reason}")
    return found


def in_order(figures: Iterable[FigureFacts]) -> list[FigureFacts]:
    """By role (baseline, target, actual) and year; a target without a year is the final one and stands
    last.
    """
    return sorted(figures, key=lambda f: (ROLE_ORDER[f.role], f.fiscal_year is None, f.fiscal_year or 0))


def rated(result: Result) -> dataset.Rated:
    """A result with its working, formula and target year, so that a reader can redo it by hand."""
    achievement, band = result.achievement, result.band
    unit = result.actual.unit if result.actual else ""
    known = achievement.rate is not None
    return dataset.Rated(
        fiscal_year=result.fiscal_year,
        rate=achievement.rate,
        rate_shown=result.rate_shown if known else "",
        formula=achievement.formula.value if known else "",
        formula_label=achievement.formula_label if known else "",
        working=achievement.working(unit) if known else "",
        target_year=achievement.target_year,
        grade=band.code if band else None,
        grade_label=band.label if band else "",
        status=achievement.status.value,
        reason=result.reason,
        final_rate=result.final.rate if result.final else None,
        final_rate_shown=result.final_rate_shown if result.final and result.final.rate is not None else "",
    )


def scheme(rule: ratings.Scheme) -> dataset.Scheme:
    """The rating rule in words, as it is printed under the summary table."""
    formula = FORMULA_LABELS[rule.formula]
    how = "指標ごとに定めた方法" if rule.formula is Formula.AUTO else formula
    return dataset.Scheme(
        id=rule.id,
        name=rule.name,
        bands=tuple(bands(rule)),
        rule=rule.rule,
        denominator=DENOMINATOR_TEXTS[rule.denominator],
        shares_method=CLOSING_LABELS[rule.shares_method],
        rounding=f"達成率は{how}で計算し、{rule.rounding_text}",
    )


def bands(rule: ratings.Scheme) -> list[dataset.Band]:
    """The grades of a scheme, for badges and bars."""
    return [dataset.Band(b.code, b.label, b.lower, b.inclusive, b.measurable, b.slot) for b in rule.bands]


def columns(rule: ratings.Scheme, codes: Sequence[str]) -> list[dataset.Band]:
    """The grades that head the columns of a tally; 未確定 is one where the scheme counts it."""
    known = {band.code: band for band in bands(rule)}
    pending = dataset.Band(PENDING, PENDING, None, measurable=False)
    return [known.get(code, pending) for code in codes]


def tally(
    counted: ratings.Tally,
    tops: Sequence[SectionFacts],
    *,
    fiscal_year: int,
) -> dataset.Tally:
    """The summary table of a year from single results, a line for each top section and one for all."""
    rows = {row.group: row for row in counted.rows}
    lines = [
        _row(rows[group_key(top.key)], top.code, top.number, top.title)
        for top in tops
        if group_key(top.key) in rows
    ]
    if "" in rows:
        lines.append(_row(rows[""], "", None, ELSEWHERE))
    return _tally(counted, lines, fiscal_year=fiscal_year, computed=True, cite=None)


def past_tally(
    counted: ratings.Tally,
    lines: Sequence[PastLine],
    *,
    codes: Mapping[int, str],
    cite: dataset.Cite | None = None,
) -> dataset.Tally:
    """The summary table of a year that was published without single figures; `codes` are those of the
    sections.
    """
    rows = {row.group: row for row in counted.rows}
    shown = [
        _row(rows[str(line.key)], codes.get(line.section or 0) or f"past-{line.key}", line.number, line.label)
        for line in lines
        if not line.is_total
    ]
    return _tally(counted, shown, fiscal_year=lines[0].fiscal_year, computed=False, cite=cite)


def _tally(
    counted: ratings.Tally,
    lines: list[dataset.TallyRow],
    *,
    fiscal_year: int,
    computed: bool,
    cite: dataset.Cite | None,
) -> dataset.Tally:
    best = counted.scheme.at_least
    return dataset.Tally(
        fiscal_year=fiscal_year,
        columns=counted.columns,
        rows=(*lines, _row(counted.whole, None, None, WHOLE)),
        computed=computed,
        at_least=counted.scheme.band(best).name if best else None,
        at_least_count=counted.whole.at_least_count,
        at_least_share=counted.whole.at_least_share,
        cite=cite,
    )


def _row(row: ratings.TallyRow, section: str | None, number: str | None, label: str) -> dataset.TallyRow:
    return dataset.TallyRow(section, number or None, label, row.total, row.counts, row.shares or ())


def lists(results: Iterable[Result], rule: ratings.Scheme) -> list[dataset.NamedList]:
    """The lists a summary prints: the indicators of the lowest grade, and those that could not be measured.

    Marked are the indicators with an external factor, whose notes make the footnote (岩手県 R2 概要版).
    """
    found = list(results)
    lowest, unmeasured = rule.measured_bands[-1], rule.not_measurable
    low = [r for r in found if r.band is lowest]
    projected = any(r.achievement.status.value == "projected" for r in low)
    title = f"達成度が{lowest.code}{'となる見込みの' if projected else 'の'}指標"
    parts = [_named(title, low)]
    if unmeasured is not None:
        parts.append(_named("測定ができなかった指標", [r for r in found if r.band is unmeasured]))
    return [part for part in parts if part.names]


def _named(title: str, results: list[Result]) -> dataset.NamedList:
    names = tuple(
        dataset.MarkedName(r.indicator.name, bool(r.indicator.external_factor), r.indicator.code)
        for r in results
    )
    notes = dict.fromkeys(r.indicator.external_factor for r in results if r.indicator.external_factor)
    return dataset.NamedList(title, names, f"※ {'、'.join(notes)}" if notes else None)
