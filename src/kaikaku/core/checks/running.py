"""All checks of a policy on one entry, and what still stands after reasons were written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, DivisionByZero, InvalidOperation, Overflow, localcontext

from kaikaku.core.checks.model import Entry, Finding, Level
from kaikaku.core.checks.policy import DEFAULT, Policy
from kaikaku.core.checks.table import CHECKS

_ORDER = tuple(Level)
# the caller's own decimal context must not decide what is found
_CONTEXT = Context(prec=200, traps=[InvalidOperation, DivisionByZero, Overflow])


def run(entry: Entry, *, policy: Policy = DEFAULT) -> list[Finding]:
    """What the checks of the policy find: E, then W, then I, each in the order of the table."""
    found: list[Finding] = []
    with localcontext(_CONTEXT):
        for check in CHECKS:
            setting = policy.settings[check.id]
            remark = check.rule(entry, setting) if setting.on else None
            if remark is not None:
                found.append(
                    Finding(
                        check=check.id,
                        level=setting.level or check.level,
                        field=remark.field or check.field,
                        message=remark.message,
                        expected=remark.expected,
                        found=remark.found,
                    )
                )
    return sorted(found, key=lambda finding: _ORDER.index(finding.level))


def standing(findings: Iterable[Finding], *, reasons: Mapping[str, str]) -> list[Finding]:
    """The findings that keep the entry from being submitted: every E, and each W without a written reason.

    `reasons` is by check id. A reason belongs to what was found: the caller drops it when that changes.
    """
    return [
        finding
        for finding in findings
        if finding.level is Level.BLOCK
        or (finding.level is Level.REASON and not reasons.get(finding.check, "").strip())
    ]
