"""Keeping what similar ideas are found by: one idea as it is sent, all of them from the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.ideas.models import Gram, GramFrequency, Idea, Vector
from kaikaku.ideas.queries.similar import frequencies_of, grown, unindexed
from kaikaku.ideas.similarity import embeddings, engines, ngrams

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation

BATCH = 64
"""Ideas embedded and written at a time: what an interruption may cost."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What a run did: ideas taken in, and by which engine."""

    ideas: int
    engine: str


def index_idea(*, idea: Idea) -> None:
    """Take one idea in, inside the transaction that sends it."""
    _take_in([idea], engines.wanted_engine())


def index_all(
    *, organisation: Organisation, anew: bool = False, told: Callable[[int, int], None] | None = None
) -> Indexed:
    """Take in every sent idea of a government that is not yet, or whose words or engine have changed.

    Runs beside the site, a batch a transaction; `told` hears how many are done of how many.
    """
    engine = engines.wanted_engine()
    if engine == engines.NGRAMS:
        _count_anew(organisation)
    waiting = list(unindexed(organisation, engine, anew=anew))
    for first in range(0, len(waiting), BATCH):
        ideas = list(
            Idea.objects.filter(pk__in=waiting[first : first + BATCH])
            .select_related("campaign")
            .order_by("pk")
        )
        with transaction.atomic():
            _take_in(ideas, engine)
        if told is not None:
            told(min(first + BATCH, len(waiting)), len(waiting))
    return Indexed(len(waiting), engine)


def fingerprint(text: str) -> str:
    """The hash by which changed words are known."""
    return hashlib.sha256(text.encode()).hexdigest()


def _take_in(ideas: Iterable[Idea], engine: str) -> None:
    rows = list(ideas)
    if engine == engines.EMBEDDINGS:
        _embed(rows)
    else:
        _list_pieces(rows)


def _embed(ideas: list[Idea]) -> None:
    vectors = embeddings.embed([idea.text for idea in ideas])
    Vector.objects.filter(idea__in=ideas).delete()
    Vector.objects.bulk_create(
        Vector(
            idea=idea,
            organisation_id=idea.campaign.organisation_id,
            engine=engines.EMBEDDINGS,
            data=data,
            made_from=fingerprint(idea.text),
        )
        for idea, data in zip(ideas, vectors, strict=True)
    )


def _list_pieces(ideas: list[Idea]) -> None:
    if not ideas:
        return
    campaign = ideas[0].campaign
    if grown(campaign.organisation_id):
        _count_anew(campaign.organisation)
    frequencies = frequencies_of(campaign.organisation_id)
    Gram.objects.filter(idea__in=ideas).delete()
    Gram.objects.bulk_create(
        Gram(idea=idea, organisation_id=idea.campaign.organisation_id, gram=piece)
        for idea in ideas
        for piece in ngrams.telling(ngrams.weights(idea.text, frequencies), among=frequencies.ideas)
    )


def _count_anew(organisation: Organisation) -> None:
    ideas = Idea.objects.filter(campaign__organisation=organisation).exclude(state="draft")
    counted = ngrams.Frequencies.of(idea.text for idea in ideas.iterator(chunk_size=2000))
    GramFrequency.objects.update_or_create(
        organisation=organisation,
        defaults={"ideas": counted.ideas, "counts": counted.as_bytes()},
    )
