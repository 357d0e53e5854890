"""さくら県 asks for ideas; 小林 (職員) sends one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.cast import Cast

if "ideas" in settings.KAIKAKU_APPS:
    from kaikaku.ideas.models import Campaign, Idea
    from kaikaku.ideas.queries.similar import kept
    from kaikaku.ideas.similarity import engines
    from tests.ideas import campaign as making

    @pytest.fixture(autouse=True)
    def _fresh_index() -> Iterator[None]:
        """What the process remembers of vectors belongs to rows that each test throws away."""
        kept.forget()
        yield
        kept.forget()
else:  # a government without this app runs the tests of the others
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """Taking ideas today."""
    return making.announced(cast)


@pytest.fixture
def idea(cast: Cast, campaign: Campaign) -> Idea:
    """Sent by 小林, with consent."""
    return making.sent(campaign, cast.kobayashi)


@pytest.fixture
def by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the extra `similarity`."""
    monkeypatch.setattr(engines, "embeddings_installed", lambda: False)
