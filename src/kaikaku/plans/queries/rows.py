"""Reading an edition's rows: one query for each kind of row, however many there are."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from kaikaku.plans.facts import (
    FigureFacts,
    FootnoteFacts,
    IndicatorFacts,
    ItemFacts,
    PastLine,
    SectionFacts,
    TableFacts,
)
from kaikaku.plans.models import (
    Figure,
    Footnote,
    Indicator,
    Item,
    OverallRating,
    PastResult,
    PlanTable,
    Section,
)
from kaikaku.plans.overall import Settled


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
# the qualifiers come as text, which costs a third of what Django's JSON takes
_FIGURE = tuple("words" if c == "qualifiers" else c for c in ("indicator", *_columns(FigureFacts)))
_PAST = _columns(PastLine)


def sections_of(edition: int) -> list[SectionFacts]:
    """The sections in the order of the document: each before what stands under it."""
    return sections_by_edition([edition])[edition]


def sections_by_edition(editions: Sequence[int]) -> dict[int, list[SectionFacts]]:
    """The sections of several editions, by the key of the edition; one query."""
    rows = Section.objects.filter(edition__in=editions, removed_at__isnull=True).order_by("position", "pk")
    below: dict[int, dict[int | None, list[Any]]] = {key: defaultdict(list) for key in editions}
    for edition, *row in rows.values_list("edition", *_SECTION):
        below[edition][row[2]].append(row)
    return {key: list(_walk(below[key], None, top=None, depth=1)) for key in editions}


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
    if section is None:
        return items_by_edition([edition])[edition]
    rows = Item.objects.filter(section=section, section__edition=edition, removed_at__isnull=True)
    ordered = rows.order_by("position", "pk").values_list(*_ITEM)
    return {section: [ItemFacts(*row) for row in ordered]}


def items_by_edition(editions: Sequence[int]) -> dict[int, dict[int, list[ItemFacts]]]:
    """The lines of several editions, by the key of the edition and of the section; one query."""
    rows = Item.objects.filter(section__edition__in=editions, removed_at__isnull=True)
    found: dict[int, dict[int, list[ItemFacts]]] = {key: defaultdict(list) for key in editions}
    for edition, *row in rows.order_by("position", "pk").values_list("section__edition", *_ITEM):
        found[edition][row[1]].append(ItemFacts(*row))
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


def indicators_by_edition(editions: Sequence[int]) -> dict[int, list[IndicatorFacts]]:
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
    figures, again = _figures(inner), _shown_again(inner)
    return [(edition, _indicator(row, figures[row[0]], again[row[0]])) for edition, *row in rows]


def _indicator(row: list[Any], figures: list[FigureFacts], again: list[int]) -> IndicatorFacts:
    """The row with its figures, and with "" for the name of no department (an outer join gives None)."""
    row[_OWNER_NAME] = row[_OWNER_NAME] or ""
    row += [tuple(figures), tuple(again)]
    return IndicatorFacts(*row)


def _shown_again(chosen: dict[str, Any]) -> dict[int, list[int]]:
    """The sections under which an indicator stands besides its own (再掲)."""
    again: dict[int, list[int]] = defaultdict(list)
    links = Indicator.cross_listed.through.objects.filter(**chosen).order_by("pk")
    for indicator, other in links.values_list("indicator", "section"):
        again[indicator].append(other)
    return again


def places_of(editions: Sequence[int]) -> dict[int, list[Place]]:
    """Where the indicators of editions stand, in order, by the key of the edition: what it takes to see which
    of those known have come, gone or moved; two queries.
    """
    chosen = {"edition__in": editions, "removed_at__isnull": True}
    again = _shown_again({f"indicator__{name}": value for name, value in chosen.items()})
    rows = Indicator.objects.filter(**chosen).order_by("position", "pk")
    found: dict[int, list[Place]] = {key: [] for key in editions}
    for edition, key, section in rows.values_list("edition", "pk", "section"):
        found[edition].append(Place(key, section, tuple(again[key]) if key in again else ()))
    return found


class Place(NamedTuple):
    """Where an indicator stands: its own section, and those that show it again."""

    key: int
    section: int | None
    cross_listed: tuple[int, ...]


def _figures(chosen: dict[str, Any]) -> dict[int, list[FigureFacts]]:
    found: dict[int, list[FigureFacts]] = defaultdict(list)
    rows = Figure.objects.filter(is_current=True, **chosen).order_by("fiscal_year", "pk")
    rows = rows.annotate(words=Cast("qualifiers", TextField()))
    for row in rows.values_list(*_FIGURE):
        indicator, key, role, year, text, shown, value, upper, unit, words, *rest = row
        numbers = (_short(value), None if upper is None else _short(upper))
        found[indicator].append(
            FigureFacts(key, role, year, text, shown, *numbers, unit, _words(words), *rest)
        )
    return found


@lru_cache(maxsize=1024)
def _words(qualifiers: str) -> tuple[str, ...]:
    """The qualifiers of a figure from their JSON: few kinds of them stand in very many rows."""
    return tuple(json.loads(qualifiers))


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


def past_lines_by_edition(editions: Sequence[int]) -> dict[int, list[PastLine]]:
    """The lines of several editions, by the key of the edition; one query."""
    rows = PastResult.objects.filter(edition__in=editions).order_by("fiscal_year", "position")
    found: dict[int, list[PastLine]] = defaultdict(list)
    for edition, *row in rows.values_list("edition", *_PAST):
        found[edition].append(PastLine(*row))
    return found


Settlements = dict[tuple[int, int], Settled]


def settled_by_edition(editions: Collection[int]) -> dict[int, Settlements]:
    """The overall ratings that people settled, by edition, then by the key of the section and the year."""
    found: dict[int, Settlements] = defaultdict(dict)
    if not editions:
        return found
    rows = OverallRating.objects.filter(section__edition__in=editions, is_current=True)
    names = ("level", "slot", "automatic", "working", "reason", "decider", "by__name", "decided_at")
    for edition, section, year, *values in rows.values_list(
        "section__edition", "section", "fiscal_year", *names
    ):
        level, slot, automatic, working, reason, decider, by, at = values
        settled = Settled(level, slot, automatic, working, reason, decider, by or "", at)
        found[edition][section, year] = settled
    return found
