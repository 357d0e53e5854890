"""The accounts of the demo. Everyone who reads this knows them: for trying out, never for real work."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "mihon-kaikaku-2026"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    name: str
    words: str
