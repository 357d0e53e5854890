"""The cells of an indicator's row, made once in Python: a page of sixty rows then only puts them in their
places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.template import engines
from markupsafe import Markup

from kaikaku.core.indicators import Outcome
from kaikaku.plans.facts import FigureFacts
from kaikaku.plans.results import Result
from kaikaku.plans.shown import as_shown
from kaikaku.writers.dataset import COMPUTED
from kaikaku.writers.jinja_filters import era_short, status_word

NONE = Markup('<span class="quiet">—</span>')


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator's row: what is words is escaped by the page, what is markup is ready."""

    key: int
    name: str
    external_factor: str
    has_ended: bool
    baseline: Markup
    target: Markup
    actual: Markup
    rate: Markup
    grade: Markup


def line(result: Result) -> Line:
    """The cells of a result."""
    facts = result.indicator
    return Line(
        key=facts.key,
        name=facts.name,
        external_factor=facts.external_factor,
        has_ended=bool(facts.ended_as),
        baseline=value(result.baseline, facts.decimals),
        target=value(result.target, facts.decimals),
        actual=value(result.actual, facts.decimals),
        rate=NONE if result.achievement.rate is None else Markup("{}%").format(result.rate_shown),
        grade=grade(result),
    )


def value(figure: FigureFacts | None, decimals: int | None = None) -> Markup:
    """A figure in a dense cell: as core prints it, 見込 or 速報 if it is not final, its year below."""
    if figure is None:
        return NONE
    if figure.value is None:
        cell = Markup('<span class="quiet">{}</span>').format(figure.text or "—")
    else:
        cell = Markup("{}").format(as_shown(figure, decimals))
        if figure.provenance:
            cell += Markup('<span class="quantity-status">{}</span>').format(COMPUTED)
        if mark := status_word(figure.status):
            cell += Markup(' <span class="quantity-status">{}</span>').format(mark)
    if figure.fiscal_year is not None:
        window = f"（{era_short(figure.cumulative_from)}から累計）" if figure.cumulative_from else ""
        cell += Markup("<small>{}{}</small>").format(era_short(figure.fiscal_year), window)
    return cell


def grade(result: Result) -> Markup:
    """The badge of a grade, or in a word why there is none; a projected or preliminary grade says so."""
    if result.band is None:
        return Markup('<span class="grade grade-none">{}</span>').format(why_no_grade(result))
    status = result.achievement.status.value
    shown = status if status in ("projected", "preliminary") else ""
    return _badge(result.band.code, result.band.label, result.band.slot, shown)


def why_no_grade(result: Result) -> str:
    """In a word why an indicator has no grade; the whole reason stands on its page."""
    if result.baseline is None and result.target is None and result.actual is None:
        return "値が未入力"
    if result.achievement.outcome is Outcome.PENDING:
        return "実績待ち"
    return "区分なし" if result.achievement.rate is not None else "評価の対象外"


@lru_cache(maxsize=256)
def _badge(code: str, label: str, slot: int, status: str) -> Markup:
    """The badge as look/figures.html draws it; a scheme has few of them and a page many rows."""
    macros = engines["jinja2"].env.get_template("look/figures.html").module  # type: ignore[attr-defined]
    badge: Markup = macros.grade_badge(code, label, slot, status)
    return badge
