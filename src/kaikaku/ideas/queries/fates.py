"""The fate of every idea: what anyone may know of each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from kaikaku.ideas import words
from kaikaku.ideas.fate import NO_CONSENT, UNDER_STUDY, Standing, fate
from kaikaku.ideas.models import Answer, Campaign, Fulfilment, Idea
from kaikaku.ui.search import Wanted

PER_PAGE = 100
COLUMNS = (
    *("pk", "number", "title", "may_publish", "theme__title", "state", "track", "need", "budget_step"),
    *("delegated_to__name", "extent", "answer", "answered"),
)


@dataclass(frozen=True, slots=True)
class FateRow:
    """An idea with what became of it. Without consent its title stays unsaid; the theme stands for it."""

    key: int
    number: int
    title: str
    theme: str
    fate: str
    answer: str
    answered_on: date | None
    consented: bool


@dataclass(frozen=True, slots=True)
class FatePage:
    """A page of the ideas with their fates, and how many met each fate (what stands in brackets left out)."""

    rows: tuple[FateRow, ...]
    found: int
    page: int
    pages: int
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def fate_page(campaign: Campaign, *, phrase: str = "", typed: str = "", page: int = 1) -> FatePage:
    """The ideas whose fate begins with `phrase` and whose open words have `typed`; read page by page."""
    ideas = _sent(campaign)
    counts = fate_counts(campaign)
    found = ideas.filter(_with_fate(phrase)) if phrase in counts else ideas
    for key in Wanted.of(typed).keys:
        found = found.filter(Q(may_publish=True, search_key__contains=key) | Q(theme__title__icontains=key))
    count = found.count()
    pages = max(1, -(-count // PER_PAGE))
    page = min(max(1, page), pages)
    rows = _told(found)[(page - 1) * PER_PAGE : page * PER_PAGE]
    return FatePage(tuple(_row(row) for row in rows), count, page, pages, counts)


def fate_rows(campaign: Campaign, *, keys: list[int] | None = None) -> list[FateRow]:
    """Every sent idea of the campaign by number (or those of `keys`); one query."""
    ideas = _sent(campaign) if keys is None else _sent(campaign).filter(pk__in=keys)
    return [_row(row) for row in _told(ideas).iterator(chunk_size=5000)]


def fate_counts(campaign: Campaign) -> dict[str, int]:
    """How many ideas met each fate, the commonest first; what stands in brackets left out."""
    counts: Counter[str] = Counter()
    for state, track, count in _sent(campaign).order_by().values_list("state", "track").annotate(Count("pk")):
        counts[fate(Standing(state, track, extent="full")).partition("（")[0]] += count
    partial = _sent(campaign).filter(_with_fate(words.EXTENTS["partial"])).count()
    counts[words.EXTENTS["full"]] -= partial
    counts[words.EXTENTS["partial"]] += partial
    return {name: n for name, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if n}


def _with_fate(phrase: str) -> Q:
    """The ideas whose fate begins with this phrase; the phrases of `fate.fate`."""
    wholly = Exists(
        Fulfilment.objects.filter(idea=OuterRef("pk"), extent="full", realisation__progress="done")
    )
    partly = Exists(
        Fulfilment.objects.filter(idea=OuterRef("pk"), extent="partial", realisation__progress="done")
    )
    if phrase == UNDER_STUDY:
        return Q(state__in=("received", "clustered"))
    if phrase == words.EXTENTS["partial"]:
        return Q(partly, ~Q(wholly), state="realised")
    if phrase == words.EXTENTS["full"]:
        return Q(Q(wholly) | ~Q(partly), state="realised")
    tracks = [code for code, label in words.TRACKS.items() if label.partition("（")[0] == phrase]
    if tracks:
        return Q(state="decided", track__in=tracks)
    return Q(state__in=[code for code, label in words.STATES.items() if label == phrase])


def _sent(campaign: Campaign) -> QuerySet[Idea]:
    return Idea.objects.filter(campaign=campaign).exclude(state="draft")


def _told(ideas: QuerySet[Idea]) -> QuerySet[Idea, dict[str, Any]]:
    done = Fulfilment.objects.filter(idea=OuterRef("pk"), realisation__progress="done")
    latest = Answer.objects.filter(idea=OuterRef("pk")).order_by("-pk")
    rows = ideas.annotate(
        extent=Subquery(done.order_by("extent").values("extent")[:1]),
        answer=Subquery(latest.values("text")[:1]),
        answered=Subquery(latest.values("answered_on")[:1]),
    )
    return rows.order_by("number").values(*COLUMNS)


def _row(row: Mapping[str, Any]) -> FateRow:
    told = {name: row[name] or "" for name in ("state", "track", "need", "budget_step", "extent")}
    consented = row["may_publish"]
    return FateRow(
        key=row["pk"],
        number=row["number"],
        title=row["title"] if consented else NO_CONSENT,
        theme=row["theme__title"] or "",
        fate=fate(Standing(**told, department=row["delegated_to__name"] or "")),
        # an answer speaks of the idea: without consent it is for the proposer alone
        answer=(row["answer"] or "") if consented else "",
        answered_on=row["answered"],
        consented=consented,
    )


def fate_of(idea: Idea) -> str:
    """The fate of one idea."""
    return fate_rows(idea.campaign, keys=[idea.pk])[0].fate


def public_rows(campaign: Campaign) -> Iterator[tuple[str, ...]]:
    """The rows as they are published."""
    for row in fate_rows(campaign):
        yield (f"{row.number}", row.title, row.theme or "—", row.fate, row.answer or "—")
