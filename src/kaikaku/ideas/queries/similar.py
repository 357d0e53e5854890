"""Finding ideas like a text, among those of one government."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, FloatField, OuterRef, QuerySet, Sum, Value, When

from kaikaku.ideas.models import Campaign, Gram, GramFrequency, Idea, Vector
from kaikaku.ideas.similarity import Cluster, Match, cluster, embeddings, engines, ngrams

if TYPE_CHECKING:
    from kaikaku.ideas.similarity.embeddings import Matrix
    from kaikaku.org.models import Organisation

# Ideas looked at more closely once the index has proposed them.
CANDIDATES = 60
# Every pair of so many ideas is compared; the later ones when these are in themes.
MOST_HEAPED = 2000
# A text shorter than this says too little to be compared.
SHORTEST = 8
# The counts of pieces are made anew while sending for so few ideas, beyond that by `kaikaku index-ideas`.
COUNTED_AT_ONCE = ngrams.FEW


@dataclass(frozen=True, slots=True)
class Alike:
    """An idea found to be like the text, and how much (0 to 1, on the engine's own scale)."""

    idea: Idea
    score: float


def similar(
    organisation: int, text: str, *, among: QuerySet[Idea], most: int = 5, without: int | None = None
) -> list[Alike]:
    """The ideas most like `text`, best first, of those in `among`; none that are hardly alike."""
    if len(text.strip()) < SHORTEST:
        return []
    matches = _matches(organisation, text, without)
    threshold = embeddings.ALIKE if engines.wanted_engine() == engines.EMBEDDINGS else ngrams.ALIKE
    scores = {match.idea: match.score for match in matches if match.score >= threshold}
    found = among.filter(pk__in=scores)
    order = sorted(found, key=lambda idea: (-scores[idea.pk], idea.pk))
    return [Alike(idea, scores[idea.pk]) for idea in order[:most]]


def nearest(organisation: int, text: str, *, without: int | None = None) -> list[Match]:
    """The nearest ideas whoever may see them, with their scores: for measuring the engines."""
    return _matches(organisation, text, without)


def clusters_of(campaign: Campaign) -> list[Cluster]:
    """Heaps of the campaign's ideas that are in no theme yet, for the office to make themes of."""
    loose = Idea.objects.filter(campaign=campaign, theme__isnull=True, state="received")
    ideas = Idea.objects.filter(pk__in=list(loose.order_by("pk").values_list("pk", flat=True)[:MOST_HEAPED]))
    if engines.wanted_engine() == engines.EMBEDDINGS:
        matrix = embeddings.Matrix()
        vectors = Vector.objects.filter(idea__in=ideas, engine=engines.EMBEDDINGS)
        rows = list(vectors.order_by("idea").values_list("idea", "data"))
        matrix.put([idea for idea, _ in rows], [bytes(data) for _, data in rows])
        return cluster(matrix.pairs(at_least=embeddings.CLUSTERED * 0.4), at_least=embeddings.CLUSTERED)
    frequencies = frequencies_of(campaign.organisation_id)
    texts = {idea.pk: ngrams.weights(idea.text, frequencies) for idea in ideas.order_by("pk")}
    pairs = list(ngrams.pairs(texts, at_least=ngrams.CLUSTERED * 0.4))
    return cluster(pairs, at_least=ngrams.CLUSTERED)


# --- by meaning --------------------------------------------------------------------------------------


class _Kept:
    """The matrices of this process by government, each read on from where it stood."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._matrices: dict[int, tuple[Matrix, int]] = {}

    def of(self, organisation: int) -> Matrix:
        with self._lock:
            matrix, last = self._matrices.get(organisation) or (embeddings.Matrix(), 0)
            rows = Vector.objects.filter(organisation=organisation, pk__gt=last, engine=engines.EMBEDDINGS)
            new = list(rows.order_by("pk").values_list("pk", "idea", "data"))
            if new:
                matrix.put([idea for _, idea, _ in new], [bytes(data) for *_, data in new])
                last = new[-1][0]
            self._matrices[organisation] = (matrix, last)
            return matrix

    def forget(self) -> None:
        """For tests, whose rows vanish."""
        with self._lock:
            self._matrices.clear()


kept = _Kept()


def _matches(organisation: int, text: str, without: int | None) -> list[Match]:
    if engines.wanted_engine() == engines.EMBEDDINGS:
        matrix = kept.of(organisation)
        if not len(matrix):
            return []
        return matrix.nearest(embeddings.embed([text])[0], most=CANDIDATES, without=without)
    return _by_letters(organisation, text, without)


# --- by letters --------------------------------------------------------------------------------------


def _by_letters(organisation: int, text: str, without: int | None) -> list[Match]:
    frequencies = frequencies_of(organisation)
    wanted = ngrams.weights(text, frequencies)
    pieces = ngrams.telling(wanted, among=ngrams.FEW)
    if not pieces:
        return []
    worth = Case(
        *(When(gram=piece, then=Value(wanted[piece] * frequencies.idf(piece))) for piece in pieces),
        output_field=FloatField(),
    )
    rows = Gram.objects.filter(organisation=organisation, gram__in=pieces).exclude(idea=without or 0)
    best = rows.order_by().values("idea").annotate(worth=Sum(worth)).order_by("-worth", "idea")
    candidates = [row["idea"] for row in best[:CANDIDATES]]
    found = (
        Match(ngrams.cosine(wanted, ngrams.weights(idea.text, frequencies)), idea.pk)
        for idea in Idea.objects.filter(pk__in=candidates)
    )
    return sorted(found, key=lambda match: (-match.score, match.idea))


_counted: dict[int, tuple[int, ngrams.Frequencies]] = {}


def frequencies_of(organisation: int) -> ngrams.Frequencies:
    """How often pieces stand in the ideas of a government, as last counted; unpacked once per process."""
    row = GramFrequency.objects.filter(organisation=organisation).defer("counts").first()
    if row is None:
        return ngrams.Frequencies(0, {})
    known = _counted.get(row.pk)
    if known is None or known[0] != row.ideas:
        counts = GramFrequency.objects.values_list("counts", flat=True).get(pk=row.pk)
        known = _counted[row.pk] = (row.ideas, ngrams.Frequencies.from_bytes(row.ideas, bytes(counts)))
    return known[1]


def grown(organisation: int) -> bool:
    """Whether a tenth more ideas stand there than were counted, few enough to count them at once."""
    counted = (
        GramFrequency.objects.filter(organisation=organisation).values_list("ideas", flat=True).first() or 0
    )
    if counted >= COUNTED_AT_ONCE:
        return False
    sent = Idea.objects.filter(campaign__organisation=organisation).exclude(state="draft")
    now = sent[: COUNTED_AT_ONCE + 1].count()
    return now <= COUNTED_AT_ONCE and now * 10 >= counted * 11


# --- what waits to be taken in -----------------------------------------------------------------------


def unindexed(organisation: Organisation, engine: str, *, anew: bool) -> Iterator[int]:
    """The keys of the sent ideas that the engine does not know yet; all of them with `anew`."""
    ideas = Idea.objects.filter(campaign__organisation=organisation).exclude(state="draft").order_by("pk")
    if not anew:
        model = Vector if engine == engines.EMBEDDINGS else Gram
        ideas = ideas.filter(~Exists(model._default_manager.filter(idea=OuterRef("pk"))))
    yield from ideas.values_list("pk", flat=True).iterator(chunk_size=5000)
