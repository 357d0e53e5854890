"""Two people at one record: what each of them made of what both had before them. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people leave with different values; `chosen` where only one of them changed it."""

    code: str
    theirs: Any
    mine: Any
    chosen: str = ""


def differences(
    codes: Iterable[str],
    *,
    base: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
) -> list[Difference]:
    """The fields that differ, in this order. `base` is what both began with, None where that is not known."""
    found = []
    for code in codes:
        left, right = theirs.get(code) or None, mine.get(code) or None
        if code not in mine or left == right:
            continue
        chosen = ""
        if base is not None:
            before = base.get(code) or None
            chosen = MINE if left == before else THEIRS if right == before else ""
        found.append(Difference(code, left, right, chosen))
    return found
