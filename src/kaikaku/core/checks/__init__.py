"""Prevention at the door (予防的ガバナンス, domain.md §6): slips in a report are caught where they are typed.

The same pure rules serve the form, the Excel import and the command line. E blocks, W wants a written
reason that the approver reads, I only shows how a number was read.

>>> from decimal import Decimal
>>> entry = Entry(unit="千円", raw="7,500", past={2021: Decimal(7_400_000_000)}, fiscal_year=2022)
>>> [(finding.level.value, finding.check) for finding in run(entry)]
[('W', 'magnitude'), ('I', 'normalised')]
>>> run(entry)[0].message[:44]
'7,500千円は、令和3年度の7,400,000千円の約986.7分の1です。「百万円」'
"""

from kaikaku.core.checks.change import stated_level
from kaikaku.core.checks.model import (
    ASKS,
    LEVEL_LABELS,
    Entry,
    Finding,
    Level,
    Part,
    Siblings,
    finding_from_json,
)
from kaikaku.core.checks.policy import DEFAULT, Policy, describe
from kaikaku.core.checks.presence import REASON_LABELS
from kaikaku.core.checks.rules import Check, Param, Setting
from kaikaku.core.checks.running import run, standing
from kaikaku.core.checks.table import BY_ID, CHECKS

__all__ = [
    "ASKS",
    "BY_ID",
    "CHECKS",
    "DEFAULT",
    "LEVEL_LABELS",
    "REASON_LABELS",
    "Check",
    "Entry",
    "Finding",
    "Level",
    "Param",
    "Part",
    "Policy",
    "Setting",
    "Siblings",
    "describe",
    "finding_from_json",
    "run",
    "standing",
    "stated_level",
]
