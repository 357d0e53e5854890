"""What was said of an item goes with it into later editions: renamed, moved, merged or split."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from kaikaku.plans import queries as plans
from kaikaku.reviews.models import About

if TYPE_CHECKING:
    from kaikaku.plans.models import Indicator, Section

Key = tuple[str, int]


def key_of_row(row: About) -> Key:
    """The item that a row is about."""
    if row.indicator_id is not None:
        return "indicator", row.indicator_id
    return "section", row.section_id or 0


def about_any(keys: Iterable[Key], *, prefix: str = "") -> Q:
    """Rows about one of these items."""
    every = list(keys)
    sections = [pk for sort, pk in every if sort == "section"]
    indicators = [pk for sort, pk in every if sort == "indicator"]
    return Q(**{f"{prefix}section__in": sections}) | Q(**{f"{prefix}indicator__in": indicators})


def about_line(subject: Section | Indicator, *, prefix: str = "") -> Q:
    """Rows about an item or about what it comes from."""
    descent = plans.descent_of([subject.edition.plan_id])
    return about_any(descent.origins(plans.key_of_part(subject)), prefix=prefix)


class Heirs:
    """What has become of many items, in three queries however many there are."""

    def __init__(self, rows: Collection[About]) -> None:
        keys = {key_of_row(row) for row in rows}
        self.descent = plans.descent_of({row.edition.plan_id for row in rows})
        later = {heir for key in keys for heir in self.descent.heirs(key) if heir != key}
        self._parts = plans.parts_by_key(later) if later else {}

    def of(self, row: About) -> list[Section | Indicator]:
        """The item's heirs in the newest edition that has any; [] where it has not gone on."""
        own = key_of_row(row)
        heirs = [self._parts[key] for key in self.descent.heirs(own) if key != own and key in self._parts]
        return sorted(plans.latest(heirs), key=lambda part: part.pk)

    def every(self) -> list[Section | Indicator]:
        """All heirs, for whoever looks up their departments."""
        return list(self._parts.values())

    def family(self, row: About) -> frozenset[Key]:
        """The item, what it comes from and what came of it."""
        return self.descent.family(key_of_row(row))
