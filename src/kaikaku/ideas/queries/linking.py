"""Where what was realised leads, and what leads there; hours stand here or where they are counted, once.

What other apps show of ideas goes through `leading_to`: the numbers of ideas, the titles of those with
consent, and never who proposed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.urls import reverse

from kaikaku.ideas import words
from kaikaku.ideas.fate import NO_CONSENT
from kaikaku.ideas.models import Fulfilment, Realisation, Trail
from kaikaku.org.access import allowed
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role
from kaikaku.ui import linking
from kaikaku.ui.linking import Lead, Record, numbers_in

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

NAME = "職員提案から実現した取組"


@dataclass(frozen=True, slots=True)
class TrailShown:
    """Where a realisation leads, for one reader: `url` is "" where nothing can be opened today."""

    trail: Trail
    url: str
    label: str
    note: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """A realisation's hours a year as they are counted here: None with `why` where another app counts them,
    None without where nobody entered any.
    """

    hours: Decimal | None
    why: str = ""

    @property
    def shown(self) -> str:
        """The hours without zeros that only the database adds; "" where there are none."""
        return "" if self.hours is None else plain(self.hours)


@dataclass(frozen=True, slots=True)
class Credits:
    """The hours of several realisations, each counted once."""

    by_key: dict[int, Credit]

    @property
    def hours(self) -> Decimal | None:
        """A year's hours together; None where none were entered here."""
        known = [one.hours for one in self.by_key.values() if one.hours is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def elsewhere(self) -> int:
        """How many have their hours counted by another app."""
        return sum(bool(one.why) for one in self.by_key.values())

    @property
    def words(self) -> str:
        """The sentence for a page or a paper; "" without any hours."""
        said = []
        if self.hours is not None:
            said.append(f"実現した取組の削減時間は、合わせて年{plain(self.hours)}時間です。")
        if self.elsewhere:
            why = "、".join(sorted({one.why for one in self.by_key.values() if one.why}))
            more = "ほかの" if said else "実現した取組のうち"
            said.append(f"{more}{self.elsewhere}件の削減時間は、{why}しているため、ここには数えません。")
        return "".join(said)


def plain(hours: Decimal) -> str:
    """1,200.00 as 1,200."""
    return f"{hours.normalize():,f}"


def credits_of(organisation: Organisation, realisations: Iterable[Realisation]) -> Credits:
    """The hours of these realisations, less those that a record they lead to counts itself; two queries."""
    rows = {row.pk: row.hours for row in realisations}
    leads = list(Trail.objects.filter(realisation__in=rows, kind="record").values_list("realisation", "key"))
    counting = linking.counting_hours(organisation, [key for _, key in leads])
    away = {pk: counting[key] for pk, key in leads if key in counting}
    return Credits({pk: Credit(None, away[pk]) if pk in away else Credit(h) for pk, h in rows.items()})


def counted_elsewhere(realisation: Realisation) -> bool:
    """Whether a record it leads to counts its hours today."""
    keys = realisation.trails.filter(kind="record").values_list("key", flat=True)
    return bool(linking.counting_hours(realisation.campaign.organisation, list(keys)))


def trails_of(user: User, realisation: Realisation) -> tuple[TrailShown, ...]:
    """Where a realisation leads, records of other apps as they stand today."""
    trails = list(realisation.trails.select_related("section", "indicator"))
    known = linking.records_of(user, [one.key for one in trails if one.key])
    return tuple(_shown(trail, known.get(trail.key)) for trail in trails)


def _shown(trail: Trail, record: Record | None) -> TrailShown:
    if trail.section_id is not None:
        return TrailShown(trail, reverse("plans:section", args=[trail.section_id]), trail.label)
    if trail.indicator_id is not None:
        return TrailShown(trail, reverse("plans:indicator", args=[trail.indicator_id]), trail.label)
    if trail.kind == "url":
        return TrailShown(trail, trail.url, trail.label)
    if record is None:
        return TrailShown(trail, "", trail.label, "この記録は、いまは開けません")
    return TrailShown(trail, record.url, record.label, record.note, record.counted)


def leading_to(user: User, keys: Collection[str]) -> Iterator[Lead]:
    """What was realised and leads to these records, sections and indicators; two queries.

    Ideas by number, with their titles where the proposer consented, for whoever looks.
    """
    if user.organisation_id is None or not allowed(user, Role.EMPLOYEE):
        return
    there = Q(key__in=keys)
    there |= Q(section__in=numbers_in(keys, "plans.section"))
    there |= Q(indicator__in=numbers_in(keys, "plans.indicator"))
    rows = Trail.objects.filter(there, realisation__campaign__organisation=organisation_of(user))
    if not allowed(user, Role.SECRETARIAT):
        rows = rows.filter(realisation__campaign__announced_at__isnull=False)
    ideas = Fulfilment.objects.select_related("idea").order_by("idea__number")
    rows = rows.select_related("realisation__campaign").order_by("realisation", "pk")
    for trail in rows.prefetch_related(Prefetch("realisation__fulfilments", ideas)):
        made = trail.realisation
        yield Lead(
            to=trail.key or _plans_key(trail),
            label=made.title,
            url=reverse("ideas:realisation", args=[made.pk]),
            kind=NAME,
            note=f"{words.PROGRESS[made.progress]}　{made.campaign.title}",
            sources=tuple(map(_named, made.fulfilments.all())),
        )


def _plans_key(trail: Trail) -> str:
    if trail.section_id is not None:
        return f"plans.section:{trail.section_id}"
    return f"plans.indicator:{trail.indicator_id}"


def _named(tie: Fulfilment) -> tuple[str, str]:
    idea = tie.idea
    extent = f"（{words.EXTENTS[tie.extent]}）" if tie.extent == "partial" else ""
    if not idea.may_publish or idea.state == "withdrawn":
        return f"{idea.number}番　{NO_CONSENT}{extent}", ""
    return f"{idea.number}番　{idea.title}{extent}", reverse("ideas:idea", args=[idea.pk])
