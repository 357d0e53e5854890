"""What an indicator may be bound to, as its office looks for it: by words, by app, near names first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaikaku.core.text import fold
from kaikaku.plans.words import ACCUMULATIONS
from kaikaku.reporting.computing import Wanted, disagreements
from kaikaku.reporting.measuring import Metric, OfferedBy

NEAREST = 3
# the part of the indicator's name that a metric's words must share to be called near
NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Choice:
    """A metric and why it does not fit, a sentence each; none where it fits."""

    app: str
    metric: Metric
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one app."""

    label: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """All that was found: what fits, what does not, and the few of those that fit that are named alike."""

    fitting: tuple[Group, ...]
    unfitting: tuple[Group, ...]
    near: tuple[Choice, ...]
    total: int

    @property
    def found(self) -> int:
        return _count(self.fitting)

    @property
    def refused(self) -> int:
        return _count(self.unfitting)


def offer(apps: Iterable[OfferedBy], wanted: Wanted, *, name: str, words: str = "") -> Offer:
    """What the apps offer to an indicator of this name; with `words` only metrics that have all of them."""
    keys = [fold(word) for word in words.split()]
    fitting: list[Group] = []
    unfitting: list[Group] = []
    total = 0
    for app in apps:
        total += len(app.metrics)
        found = [
            Choice(app.name, metric, tuple(disagreements(metric, wanted)))
            for metric in app.metrics
            if _has(app, metric, keys)
        ]
        for kept, fits in ((fitting, True), (unfitting, False)):
            some = tuple(one for one in found if fits is not bool(one.against))
            if some:
                kept.append(Group(app.label, app.name, some))
    near = () if keys else _nearest(name, [one for group in fitting for one in group.choices])
    return Offer(tuple(fitting), tuple(unfitting), near, total)


def _has(app: OfferedBy, metric: Metric, keys: Sequence[str]) -> bool:
    said = (metric.name, metric.definition, metric.unit, app.name, ACCUMULATIONS[metric.accumulation])
    text = fold(" ".join(said))
    return all(key in text for key in keys)


def _nearest(name: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    scored = sorted(((_near(name, one.metric), -n) for n, one in enumerate(choices)), reverse=True)
    return tuple(choices[-n] for score, n in scored[:NEAREST] if score >= NEAR)


def _near(name: str, metric: Metric) -> float:
    """The share of the name's pairs of letters that the metric's words have, too.

    >>> _pairs("協定の数") & _pairs("協定数")
    {'協定'}
    """
    own = _pairs(name)
    return len(own & (_pairs(metric.name) | _pairs(metric.definition))) / len(own) if own else 0.0


def _pairs(text: str) -> set[str]:
    plain = fold(text)
    return {plain[n : n + 2] for n in range(len(plain) - 1)}


def _count(groups: Iterable[Group]) -> int:
    return sum(len(group.choices) for group in groups)
