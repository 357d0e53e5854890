"""Which ideas say the same? Two engines behind one face; no database here.

`embeddings` compares meanings and needs the extra `similarity`; `ngrams` compares letters with the standard
library alone and is used where that is absent. Both give numbers from 0 (nothing in common) to 1 (the same),
on scales of their own: compare them only with the engine's own thresholds.
"""

from kaikaku.ideas.similarity.clusters import Cluster, cluster
from kaikaku.ideas.similarity.engines import (
    ABSENT_WORDS,
    Match,
    embeddings_installed,
    wanted_engine,
)

__all__ = ["ABSENT_WORDS", "Cluster", "Match", "cluster", "embeddings_installed", "wanted_engine"]
