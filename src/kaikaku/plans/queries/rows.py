"""Reading an edition's rows: one query for each kind of row, however many there are."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from kaikaku.plans.facts import (
    FigureFacts,
    FootnoteFacts,
    IndicatorFacts,
    ItemFacts,
    PastLine,
    SectionFacts,
    TableFacts,
)
from kaikaku.plans.models import Figure, Footnote, Indicator, Item, PastResult, PlanTable, Section


def _columns(facts: type, *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The columns that fill `facts`, in the order of its fields."""
    renamed = {"key": "pk", "owner_name": "owner__name"}
    names = (field.name for field in dataclasses.fields(facts))
    return tuple(renamed.get(name, name) for name in names if name not in without)


_SECTION = _columns(SectionFacts, without=("top", "depth"))
_ITEM = _columns(ItemFacts)
_TABLE = _columns(TableFacts)
_FOOTNOTE = _columns(FootnoteFacts)
_INDICATOR = _columns(IndicatorFacts, without=("figures", "cross_listed"))
_OWNER_NAME = _INDICATOR.index("owner__name")
_FIGURE = ("indicator", *_columns(FigureFacts))
_PAST = _columns(PastLine)


def sections_of(edition: int) -> list[SectionFacts]:
    """The sections in the order of the document: each before what stands under it."""
    rows = Section.objects.filter(edition=edition, removed_at__isnull=True).order_by("position", "pk")
    below: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows.values_list(*_SECTION):
        below[row[2]].append(row)
    return list(_walk(below, None, top=None, depth=1))


def _walk(
    below: dict[int | None, list[Any]], parent: int | None, *, top: int | None, depth: int
) -> Iterator[SectionFacts]:
    for key, code, _, number, title, subtitle, body, owner, owner_name, *rest in below.get(parent, ()):
        mine = key if top is None else top
        words = (number, title, subtitle, body, owner, owner_name or "")
        yield SectionFacts(key, code, parent, mine, depth, *words, *rest)
        yield from _walk(below, key, top=mine, depth=depth + 1)


def items_of(edition: int, *, section: int | None = None) -> dict[int, list[ItemFacts]]:
    """The lines by the key of their section, in order; of one section only, if asked."""
    rows = Item.objects.filter(section__edition=edition, removed_at__isnull=True)
    if section is not None:
        rows = rows.filter(section=section)
    found: dict[int, list[ItemFacts]] = defaultdict(list)
    for row in rows.order_by("position", "pk").values_list(*_ITEM):
        found[row[1]].append(ItemFacts(*row))
    return found


def indicators_by_key(keys: Collection[int]) -> dict[int, IndicatorFacts]:
    """These indicators, of whatever edition, in order; three queries."""
    return {facts.key: facts for _, facts in _indicators({"pk__in": list(keys), "removed_at__isnull": True})}


def indicators_of(
    edition: int, *, only: int | None = None, section: int | None = None
) -> list[IndicatorFacts]:
    """The indicators with their current figures and where they are shown again, in order; three queries."""
    chosen: dict[str, Any] = {"edition": edition, "removed_at__isnull": True}
    if only is not None:
        chosen["pk"] = only
    if section is not None:
        chosen["section"] = section
    return [facts for _, facts in _indicators(chosen)]


def indicators_by_edition(editions: list[int]) -> dict[int, list[IndicatorFacts]]:
    """The indicators of several editions, by the key of the edition; three queries in all."""
    found: dict[int, list[IndicatorFacts]] = defaultdict(list)
    for edition, facts in _indicators({"edition__in": editions, "removed_at__isnull": True}):
        found[edition].append(facts)
    return found


def _indicators(chosen: dict[str, Any]) -> list[tuple[int, IndicatorFacts]]:
    rows = list(
        Indicator.objects.filter(**chosen).order_by("position", "pk").values_list("edition", *_INDICATOR)
    )
    inner = {f"indicator__{name}": value for name, value in chosen.items()}
    figures = _figures(inner)
    again: dict[int, list[int]] = defaultdict(list)
    links = Indicator.cross_listed.through.objects.filter(**inner).order_by("pk")
    for indicator, other in links.values_list("indicator", "section"):
        again[indicator].append(other)
    return [(edition, _indicator(row, figures[row[0]], again[row[0]])) for edition, *row in rows]


def _indicator(row: list[Any], figures: list[FigureFacts], again: list[int]) -> IndicatorFacts:
    """The row with its figures, and with "" for the name of no department (an outer join gives None)."""
    row[_OWNER_NAME] = row[_OWNER_NAME] or ""
    row += [tuple(figures), tuple(again)]
    return IndicatorFacts(*row)


def _figures(chosen: dict[str, Any]) -> dict[int, list[FigureFacts]]:
    found: dict[int, list[FigureFacts]] = defaultdict(list)
    rows = Figure.objects.filter(is_current=True, **chosen).order_by("fiscal_year", "pk")
    for row in rows.values_list(*_FIGURE):
        indicator, key, role, year, text, shown, value, upper, unit, words, *rest = row
        numbers = (_short(value), _short(upper))
        found[indicator].append(
            FigureFacts(key, role, year, text, shown, *numbers, unit, tuple(words), *rest)
        )
    return found


def _short(value: Decimal | None) -> Decimal | None:
    """The number without the zeros that a column of ten places adds; never in exponents, which no one
    reads.
    """
    if value is None:
        return None
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain


def tables_of(edition: int, *, section: int | None = None) -> list[TableFacts]:
    """The tables in order, each with the key of its section."""
    rows = PlanTable.objects.filter(edition=edition, removed_at__isnull=True)
    if section is not None:
        rows = rows.filter(section=section)
    return [
        TableFacts(key, at, caption, unit, tuple(header), tuple(tuple(r) for r in body), cite)
        for key, at, caption, unit, header, body, cite in rows.order_by("position", "pk").values_list(*_TABLE)
    ]


def footnotes_of(edition: int) -> list[FootnoteFacts]:
    """The footnotes in order."""
    rows = Footnote.objects.filter(edition=edition, removed_at__isnull=True).order_by("position", "pk")
    return [FootnoteFacts(*row) for row in rows.values_list(*_FOOTNOTE)]


def past_lines_of(edition: int) -> list[PastLine]:
    """The lines of published summary tables, by year and in the order of the table."""
    return past_lines_by_edition([edition]).get(edition, [])


def past_lines_by_edition(editions: list[int]) -> dict[int, list[PastLine]]:
    """The lines of several editions, by the key of the edition; one query."""
    rows = PastResult.objects.filter(edition__in=editions).order_by("fiscal_year", "position")
    found: dict[int, list[PastLine]] = defaultdict(list)
    for edition, *row in rows.values_list("edition", *_PAST):
        found[edition].append(PastLine(*row))
    return found
