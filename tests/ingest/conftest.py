"""What the tests of imports share: the digests of the five documents, and a plan made of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kaikaku.samples
from kaikaku.ingest import services
from kaikaku.ingest.models import Import
from tests.cast import Cast

SAMPLES = Path(next(iter(kaikaku.samples.__path__)))


def sample(name: str) -> bytes:
    """One of the digests that the package carries."""
    return (SAMPLES / f"{name}.txt").read_bytes()


@pytest.fixture
def proposed(cast: Cast) -> Callable[..., Import]:
    """Propose a digest, or any text, for さくら県."""

    def propose(name: str, *, data: bytes | None = None, **options: object) -> Import:
        content = sample(name) if data is None else data
        return services.propose(
            organisation=cast.sakura, name=f"{name}.txt", data=content, by=cast.takahashi, **options
        )

    return propose
