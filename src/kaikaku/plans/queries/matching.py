"""Proposals for the links between two editions that came in independently: by likeness, never by number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from kaikaku.core.lineage import Entry, propose
from kaikaku.core.text import fold
from kaikaku.plans.models import Edition, Indicator, Lineage, Plan, Section
from kaikaku.plans.queries.access import indicator_in_plan, section_in_plan
from kaikaku.plans.queries.changes import Change, Diff, Part, changes, diff

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class Offer:
    """A link that a person may confirm; `sure` may be confirmed in bulk, the others are decided singly."""

    kind: str
    old: Part | None
    new: Part | None
    score: float
    sure: bool
    title_diff: Diff
    text_diff: Diff

    @property
    def key(self) -> str:
        """What names the offer in a form: the sort and the two rows."""
        return f"{self.sort}-{self.old.key if self.old else 0}-{self.new.key if self.new else 0}"

    @property
    def sort(self) -> str:
        part = self.new or self.old
        assert part is not None
        return part.sort


@dataclass(frozen=True, slots=True)
class Matching:
    """How far two editions are linked: what is decided, what is offered."""

    decided: tuple[Change, ...]
    sure: tuple[Offer, ...]
    doubtful: tuple[Offer, ...]

    @property
    def total(self) -> int:
        return len(self.decided) + len(self.sure) + len(self.doubtful)


def matching(old: Edition, new: Edition) -> Matching:
    """What is decided between two editions, and proposals for the rest, sections and indicators apart."""
    rows = changes(old, new)
    waiting = [row for row in rows if not row.kind]
    offers = [
        offer
        for sort in ("section", "indicator")
        for offer in _offers(
            [row.old for row in waiting if row.old is not None and row.old.sort == sort],
            [row.new for row in waiting if row.new is not None and row.new.sort == sort],
        )
    ]
    return Matching(
        decided=tuple(row for row in rows if row.kind),
        sure=tuple(offer for offer in offers if offer.sure),
        doubtful=tuple(offer for offer in offers if not offer.sure),
    )


# Every title is held against every other: 200 against 200 take seconds. In a plan that large, titles that
# stand once on either side in the same words are paired first, and only the rest is held together.
LARGE = 60


def _offers(olds: list[Part], news: list[Part]) -> list[Offer]:
    """The numbers printed before the titles are no part of what is compared (domain.md §2)."""
    offers: list[Offer] = []
    if len(olds) > LARGE and len(news) > LARGE:
        same = _same_words(olds, news)
        offers = [offer for old, new in same for offer in _proposed([old], [new])]
        taken = {part.key for pair in same for part in pair}
        olds = [part for part in olds if part.key not in taken]
        news = [part for part in news if part.key not in taken]
    return offers + _proposed(olds, news)


def _same_words(olds: list[Part], news: list[Part]) -> list[tuple[Part, Part]]:
    """The pairs whose title stands exactly once in each edition."""
    left, right = _once(olds), _once(news)
    return [(left[title], part) for title, part in right.items() if title in left]


def _once(parts: list[Part]) -> dict[str, Part]:
    counts = Counter(fold(part.title) for part in parts)
    return {title: part for part in parts if counts[title := fold(part.title)] == 1}


def _proposed(olds: list[Part], news: list[Part]) -> list[Offer]:
    offers = []
    for one in propose([_entry(part) for part in olds], [_entry(part) for part in news]):
        old = None if one.old is None else olds[one.old]
        new = None if one.new is None else news[one.new]
        texts = diff(old.text if old else "", new.text if new else "")
        kind = one.kind.value
        sure = one.sure and kind not in ("merged", "split")
        offers.append(Offer(kind, old, new, one.score, sure, one.diff, texts))
    return offers


def _entry(part: Part) -> Entry:
    return Entry(part.title, part.place, part.text)


def part_in_plan(plan: Plan, part: Part | None) -> Section | Indicator | None:
    """The row behind a part; None for None."""
    if part is None:
        return None
    return (section_in_plan if part.sort == "section" else indicator_in_plan)(plan, part.key)


def other_edition(user: User, edition: Edition, asked: str) -> Edition | None:
    """The edition to hold against this one: the one asked for, or 404; else the one before it, if any."""
    others = Edition.objects.filter(plan=edition.plan_id, plan__organisation=user.organisation_id)
    others = others.exclude(pk=edition.pk).select_related("plan__organisation", "scheme")
    if asked:
        key = int(asked) if asked.isdecimal() and len(asked) < 12 else 0
        return get_object_or_404(others, pk=key)
    if edition.drafted_from_id is not None:
        return others.get(pk=edition.drafted_from_id)
    linked = Lineage.objects.filter(to_section__edition=edition, from_section__isnull=False)
    before = linked.values_list("from_section__edition", flat=True).first()
    if before is not None:
        return others.get(pk=before)
    year = edition.fiscal_year or edition.period_from
    earlier = others.filter(fiscal_year__lt=year) if year else others.filter(pk__lt=edition.pk)
    return earlier.order_by("-fiscal_year", "-pk").first()


def editions_beside(edition: Edition) -> list[Edition]:
    """The other editions of the plan, newest first."""
    return list(Edition.objects.filter(plan=edition.plan_id).exclude(pk=edition.pk))


def next_edition_of(edition: Edition) -> Edition | None:
    """The edition that was drafted from this one, if any."""
    return Edition.objects.filter(drafted_from=edition).first()
