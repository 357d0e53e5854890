"""The fate of every idea: what anyone may know of each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from kaikaku.ideas.fate import NO_CONSENT, Standing, fate
from kaikaku.ideas.models import Answer, Campaign, Fulfilment, Idea

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


def fate_rows(campaign: Campaign, *, keys: list[int] | None = None) -> list[FateRow]:
    """Every sent idea of the campaign by number (or those of `keys`); one query."""
    done = Fulfilment.objects.filter(idea=OuterRef("pk"), realisation__progress="done")
    latest = Answer.objects.filter(idea=OuterRef("pk")).order_by("-pk")
    ideas = Idea.objects.filter(campaign=campaign).exclude(state="draft")
    if keys is not None:
        ideas = ideas.filter(pk__in=keys)
    rows = ideas.annotate(
        extent=Subquery(done.order_by("extent").values("extent")[:1]),
        answer=Subquery(latest.values("text")[:1]),
        answered=Subquery(latest.values("answered_on")[:1]),
    ).order_by("number")
    return [_row(row) for row in rows.values(*COLUMNS).iterator(chunk_size=5000)]


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


def fate_counts(rows: list[FateRow]) -> dict[str, int]:
    """How many ideas met each fate, the commonest first; what stands in brackets left out."""
    counts = Counter(row.fate.partition("（")[0] for row in rows)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def public_rows(campaign: Campaign) -> Iterator[tuple[str, ...]]:
    """The rows as they are published."""
    for row in fate_rows(campaign):
        yield (f"{row.number}", row.title, row.theme or "—", row.fate, row.answer or "—")
