"""Who comes from whom across the editions of a plan: a part's origins and its heirs, by its links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from kaikaku.plans.models import Indicator, Lineage, Section

Key = tuple[str, int]  # the sort of a part, and its row
Node = TypeVar("Node")


@dataclass(frozen=True, slots=True)
class Descent:
    """The links of some plans, each way. A part is its own origin and heir, so that nothing is left out."""

    before: Mapping[Key, Collection[Key]] = field(default_factory=dict)
    after: Mapping[Key, Collection[Key]] = field(default_factory=dict)

    def origins(self, part: Key) -> frozenset[Key]:
        """The part and all it comes from: renamed, moved, of several merged, of one split."""
        return reach(part, self.before)

    def heirs(self, part: Key) -> frozenset[Key]:
        """The part and all that came of it."""
        return reach(part, self.after)

    def family(self, part: Key) -> frozenset[Key]:
        """Origins and heirs; of what was merged not the others' heirs."""
        return self.origins(part) | self.heirs(part)


def descent_of(plans: Collection[int]) -> Descent:
    """The links of these plans; one query."""
    before: dict[Key, list[Key]] = defaultdict(list)
    after: dict[Key, list[Key]] = defaultdict(list)
    rows = Lineage.objects.filter(plan__in=set(plans)).order_by("pk")
    names = ("from_section", "to_section", "from_indicator", "to_indicator")
    for was_section, section, was_indicator, indicator in rows.values_list(*names):
        for sort, was, now in (
            ("section", was_section, section),
            ("indicator", was_indicator, indicator),
        ):
            if was is not None and now is not None:
                before[sort, now].append((sort, was))
                after[sort, was].append((sort, now))
    return Descent(before, after)


def key_of_part(part: Section | Indicator) -> Key:
    """What names a part here."""
    return ("section" if isinstance(part, Section) else "indicator", part.pk)


def parts_by_key(keys: Iterable[Key]) -> dict[Key, Section | Indicator]:
    """The parts in sight of these keys, each with its edition and department; two queries at most."""
    wanted = list(keys)
    sections = [pk for sort, pk in wanted if sort == "section"]
    indicators = [pk for sort, pk in wanted if sort == "indicator"]
    found: dict[Key, Section | Indicator] = {}
    beside = ("edition__plan", "edition__scheme", "owner")
    if sections:
        rows = Section.objects.filter(pk__in=sections, removed_at__isnull=True)
        found |= {("section", row.pk): row for row in rows.select_related(*beside)}
    if indicators:
        more = Indicator.objects.filter(pk__in=indicators, removed_at__isnull=True)
        found |= {("indicator", row.pk): row for row in more.select_related(*beside)}
    return found


def latest(parts: Iterable[Section | Indicator]) -> list[Section | Indicator]:
    """Of these, those of the newest edition."""
    every = list(parts)
    newest = max((_age(part) for part in every), default=None)
    return [part for part in every if _age(part) == newest]


def _age(part: Section | Indicator) -> tuple[int, int]:
    edition = part.edition
    return edition.fiscal_year or edition.period_from or 0, edition.pk


def reach(start: Node, steps: Mapping[Node, Collection[Node]]) -> frozenset[Node]:
    """All that is reached from a part, itself included."""
    found: set[Node] = set()
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(steps.get(key, ()))
    return frozenset(found)
