"""Whom a round asks for what (dry run), and what each part of a sheet said in the round before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from kaikaku.plans.models import Edition, Indicator, Lineage
from kaikaku.plans.queries.rows import sections_of
from kaikaku.reporting.models import Round, Sheet, SheetPart
from kaikaku.reporting.queries.people import Posts, posts_of

if TYPE_CHECKING:
    from kaikaku.org.models import Department
    from kaikaku.plans.facts import SectionFacts

Texts = dict[str, str]


@dataclass(slots=True)
class Addressee:
    """A department that a round goes to, with what it is in charge of today.

    `sections` are those it writes on, `guest_in` those of others in which it has an indicator.
    """

    department: Department
    parent: str
    has_clerk: bool
    has_chief: bool
    indicators: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    guest_in: list[int] = field(default_factory=list)

    @property
    def parts(self) -> list[tuple[int | None, bool]]:
        """(section, whether in charge) of each part of its sheet; None where it has no section at all."""
        own = [(key, True) for key in self.sections]
        return [*own, *((key, False) for key in self.guest_in)] or [(None, True)]


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening a round would do."""

    addressees: tuple[Addressee, ...]
    ownerless_sections: tuple[str, ...]
    ownerless_indicators: tuple[str, ...]

    @property
    def without_clerk(self) -> tuple[Addressee, ...]:
        return tuple(a for a in self.addressees if not a.has_clerk)

    @property
    def without_chief(self) -> tuple[Addressee, ...]:
        return tuple(a for a in self.addressees if not a.has_chief)

    @property
    def indicators(self) -> int:
        return sum(len(a.indicators) for a in self.addressees)

    @property
    def has_gaps(self) -> bool:
        return bool(self.ownerless_sections or self.ownerless_indicators or self.without_clerk)


@dataclass(frozen=True, slots=True)
class _Duties:
    """Who is in charge of each section on the day: its owner's heir, else that of the next one above."""

    sections: list[SectionFacts]
    owners: Mapping[int, Department | None]

    @classmethod
    def of(cls, edition: Edition, posts: Posts) -> _Duties:
        sections = sections_of(edition.pk)
        owners: dict[int, Department | None] = {}
        for section in sections:
            above = owners.get(section.parent or 0)
            owners[section.key] = posts.tree.heir(section.owner) if section.owner is not None else above
        return cls(sections, owners)

    def reported_on(self) -> list[tuple[int, Department]]:
        """(section, who writes on it): the lowest ones; one above only where its owner has none below it."""
        above = {section.key: section.parent for section in self.sections}
        parents = set(above.values())
        lowest = [s for s in self.sections if s.key not in parents and not s.ended_as]
        below: set[tuple[int, int]] = set()
        for section in lowest:
            owner, key = self.owners[section.key], above[section.key]
            while owner is not None and key is not None:
                below.add((key, owner.pk))
                key = above[key]
        found = []
        for section in self.sections:
            owner = self.owners[section.key]
            if owner is None or section.ended_as:
                continue
            own_words = section.owner is not None and (section.key, owner.pk) not in below
            if section.key not in parents or own_words:
                found.append((section.key, owner))
        return found

    def loose(self, covered: set[int]) -> tuple[str, ...]:
        """Lowest sections on which neither an owner nor an indicator's owner will report."""
        parents = {section.parent for section in self.sections}
        return tuple(
            f"{s.number} {s.title}".strip()
            for s in self.sections
            if s.key not in parents and not s.ended_as and s.key not in covered and self.owners[s.key] is None
        )


def preview_round(edition: Edition, *, on: date | None = None) -> Preview:
    """Who would be asked for what, and what nobody is in charge of; a constant number of queries.

    An indicator is its own owner's, else that of its section or of the next one above that has an owner. A
    department that has ended stands for its successor.
    """
    posts = posts_of(edition.plan.organisation, on)
    duties = _Duties.of(edition, posts)
    found: dict[int, Addressee] = {}
    for key, department in duties.reported_on():
        _addressee(found, posts, department).sections.append(key)
    loose_indicators: list[str] = []
    covered: set[int] = set()
    rows = Indicator.objects.filter(edition=edition, removed_at__isnull=True, ended_as="")
    for pk, name, place, owner in rows.order_by("position", "pk").values_list(
        "pk", "name", "section", "owner"
    ):
        here = posts.tree.heir(owner) if owner is not None else duties.owners.get(place or 0)
        if here is None:
            loose_indicators.append(name)
            continue
        asked = _addressee(found, posts, here)
        asked.indicators.append(pk)
        if place is not None:
            covered.add(place)
            if place not in asked.sections and place not in asked.guest_in:
                asked.guest_in.append(place)
    order = {b.department.pk: n for n, b in enumerate(b for t in posts.tree.branches() for b in t.walk())}
    addressees = sorted(found.values(), key=lambda a: order[a.department.pk])
    return Preview(tuple(addressees), duties.loose(covered), tuple(loose_indicators))


def _addressee(found: dict[int, Addressee], posts: Posts, department: Department) -> Addressee:
    if department.pk not in found:
        path = posts.tree.path(department)
        found[department.pk] = Addressee(
            department=department,
            parent=path[-2].name if len(path) > 1 else "",
            has_clerk=posts.has_clerk(department),
            has_chief=posts.nearest_chief(department) is not None or posts.final_alone(department),
        )
    return found[department.pk]


def carried_texts(round_: Round, posts: Posts) -> dict[int, Texts]:
    """What was asked once in the earlier round of this kind, by the department that has the duties now."""
    found: dict[int, Texts] = {}
    for department, texts in _earlier(round_).values_list("department", "texts"):
        heir = posts.tree.heir(department)
        if heir is not None and texts:
            found[heir.pk] = texts
    return found


@dataclass(frozen=True, slots=True)
class CarriedParts:
    """What earlier sheets said of each section: by the section, and by department for its guests."""

    in_charge: Mapping[int, Texts]
    by_department: Mapping[tuple[int | None, int], Texts]
    origins: Mapping[int, list[int]]

    def of(self, section: int | None, department: int, *, in_charge: bool) -> Texts:
        """The last words on the section, or on what it was made from (merged ones are put together)."""
        if section is None or not in_charge:
            return self.by_department.get((section, department), {})
        if section in self.in_charge:
            return self.in_charge[section]
        told = [self.in_charge[one] for one in self.origins.get(section, ()) if one in self.in_charge]
        if not told:
            return self.by_department.get((None, department), {})
        keys = {key: None for texts in told for key in texts}
        return {key: "\n".join(filter(None, (texts.get(key, "") for texts in told))) for key in keys}


def carried_parts(round_: Round, posts: Posts) -> CarriedParts:
    """The parts of the earlier rounds of this kind, the latest of each; two queries."""
    in_charge: dict[int, Texts] = {}
    guests: dict[tuple[int | None, int], Texts] = {}
    parts = SheetPart.objects.filter(sheet__in=_earlier(round_)).order_by(
        "sheet__round__fiscal_year", "sheet__round__pk", "pk"
    )
    rows: Any = parts.values_list("section", "in_charge", "sheet__department", "texts")
    for section, own, department, texts in rows:
        heir = posts.tree.heir(department)
        if not texts:
            continue
        if section is not None and own:
            in_charge[section] = texts
        elif heir is not None:
            guests[section, heir.pk] = texts
    origins: dict[int, list[int]] = defaultdict(list)
    links = Lineage.objects.filter(to_section__edition=round_.edition_id, from_section__isnull=False)
    for old, new in links.order_by("pk").values_list("from_section", "to_section"):
        origins[new].append(old)
    return CarriedParts(in_charge, guests, origins)


def _earlier(round_: Round) -> Any:
    sheets = Sheet.objects.filter(
        round__edition__plan=round_.edition.plan_id, round__kind=round_.kind
    ).exclude(round=round_)
    return sheets.order_by("round__fiscal_year", "round__pk", "pk")
