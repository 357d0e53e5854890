"""Submit twice is submit once: a form carries a token that is good for one success."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import ClassVar

from django.core.cache import cache
from django.http import HttpRequest

FIELD = "_once"
KEEP = 24 * 60 * 60
_PENDING = ""
_LONGEST = 64


def new_token() -> str:
    """A token for a form about to be shown."""
    return secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True)
class Submission:
    """One arrival of a form. The shared cache decides which of two is the first (`add` is atomic)."""

    LONGEST_WAIT: ClassVar[float] = 5.0

    key: str | None

    @classmethod
    def of(cls, request: HttpRequest) -> Submission:
        """The submission that `request` posts; a form without a token is not protected."""
        token = request.POST.get(FIELD, "")[:_LONGEST]
        person = getattr(getattr(request, "user", None), "pk", None)
        return cls(f"once:{person}:{request.path}:{token}" if token else None)

    def first(self) -> bool:
        """True for the arrival that may save."""
        return self.key is None or bool(cache.add(self.key, _PENDING, KEEP))

    def done(self, address: str) -> None:
        """Remember where a success led, for whoever arrives again."""
        if self.key is not None:
            cache.set(self.key, address, KEEP)

    def release(self) -> None:
        """Nothing was saved: the same form may be sent again."""
        if self.key is not None:
            cache.delete(self.key)

    def outcome(self) -> str | None:
        """Where the first arrival led; None if it is still at work after LONGEST_WAIT seconds."""
        until = time.monotonic() + self.LONGEST_WAIT
        while True:
            address: str | None = cache.get(self.key)
            if address or time.monotonic() >= until:
                return address or None
            time.sleep(0.05)
