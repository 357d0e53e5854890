"""What the tests of the checks share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kaikaku.core.checks import DEFAULT, Entry, Finding, Policy, run

D = Decimal


def past(*values: str, until: int = 2023) -> dict[int, Decimal | None]:
    """Actuals of consecutive years, the last of them `until`."""
    return {until - len(values) + 1 + i: D(value) for i, value in enumerate(values)}


def find(check: str, *, policy: Policy = DEFAULT, **facts: Any) -> Finding | None:
    """The finding of one check on an entry of R6 (2024)."""
    found = run(Entry(**{"fiscal_year": 2024, **facts}), policy=policy.only(check))
    assert len(found) <= 1
    return found[0] if found else None


def message(check: str, **facts: Any) -> str:
    """The message of one check; fails where it finds nothing."""
    finding = find(check, **facts)
    assert finding is not None
    assert finding.check == check
    return finding.message
