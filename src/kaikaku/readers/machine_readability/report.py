"""What a file is worth by the rules: a verdict on each, the findings, a score for each level.

The score is that of the sample scorer: 100 less a fixed deduction for each broken rule, however often it is
broken, and 0 where a fatal one is. Only what is sure is broken. A level no rule of which could be checked
has no score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kaikaku.readers.machine_readability.book import Book
from kaikaku.readers.machine_readability.checks import CHECKS, NEED_NO_TABLE
from kaikaku.readers.machine_readability.finding import Finding, Subject
from kaikaku.readers.machine_readability.layout import pages_of
from kaikaku.readers.machine_readability.rules import LEVELS, RULES, WHOLE_SCORE, Rule, Severity
from kaikaku.readers.sniff import Kind


class Verdict(StrEnum):
    """What can be said of one rule."""

    KEPT = "kept"
    BROKEN = "broken"
    LOOK = "look"  # a person must look at what was found
    UNDECIDED = "undecided"  # a file alone cannot show it
    NOT_FOR = "not_for"  # a rule of another format
    NOT_CHECKED = "not_checked"  # nothing there that it could be checked on


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one file. `findings` are in the order of the rules, sure ones before the others."""

    name: str
    format: str
    sheets: tuple[str, ...]
    encoding: str | None
    has_table: bool
    verdicts: Mapping[str, Verdict]
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.sure)

    @property
    def to_look_at(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if not one.sure)

    @property
    def undecided(self) -> tuple[Rule, ...]:
        return tuple(RULES[id] for id, verdict in self.verdicts.items() if verdict is Verdict.UNDECIDED)

    def score(self, level: int) -> int | None:
        """0 to 100; None where nothing of the level was checked."""
        rules = [(rule, self.verdicts[rule.id]) for rule in RULES.values() if rule.level == level]
        checked = [rule for rule, verdict in rules if verdict not in (Verdict.NOT_FOR, Verdict.NOT_CHECKED)]
        broken = [rule for rule, verdict in rules if verdict is Verdict.BROKEN]
        if not checked:
            return None
        if any(rule.severity is Severity.FATAL for rule in broken):
            return 0
        return max(0, WHOLE_SCORE - sum(rule.deduction for rule in broken))

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.name,
            "format": self.format,
            "sheets": list(self.sheets),
            "encoding": self.encoding,
            "scores": {str(level): self.score(level) for level in LEVELS},
            "findings": [finding.as_json() for finding in self.findings],
            "rules": [
                {
                    "rule": rule.id,
                    "title": rule.title,
                    "severity": rule.severity.value,
                    "verdict": self.verdicts[rule.id].value,
                    "rules_2020": list(rule.old),
                }
                for rule in RULES.values()
            ],
        }


def report_on(book: Book) -> Report:
    """Check every rule that applies to a file."""
    subject = Subject(book, pages_of(book) if book.broken_line is None else ())
    has_table = any(True for _ in subject.tables)
    verdicts: dict[str, Verdict] = {}
    findings: list[Finding] = []
    for rule in RULES.values():
        verdicts[rule.id], found = _verdict(rule, subject, has_table=has_table)
        findings.extend(sorted(found, key=lambda finding: not finding.sure))
    return Report(
        name=book.name,
        format=book.format,
        sheets=tuple(sheet.name for sheet in book.sheets if sheet.name is not None),
        encoding=book.encoding.label if book.encoding else None,
        has_table=has_table,
        verdicts=verdicts,
        findings=tuple(findings),
    )


def _verdict(rule: Rule, subject: Subject, *, has_table: bool) -> tuple[Verdict, list[Finding]]:
    book = subject.book
    if rule.only is not None and rule.only != _as_format(book):
        return Verdict.NOT_FOR, []
    if not has_table and not _needs_no_table(rule, book):
        return Verdict.NOT_CHECKED, []
    found = list(CHECKS[rule.id](subject))
    if any(finding.sure for finding in found):
        return Verdict.BROKEN, found
    if found:
        return Verdict.LOOK, found
    return (Verdict.UNDECIDED if rule.alone else Verdict.KEPT), []


def _as_format(book: Book) -> str:
    """The format whose rules a file is held to: of an ODS file, those for workbooks."""
    return "xlsx" if book.kind is Kind.ODS else book.format


def _needs_no_table(rule: Rule, book: Book) -> bool:
    """Whether a rule can be checked on a file in which no table is found, or none can be."""
    if not book.sheets:
        return rule.id == "L1-01"
    if book.broken_line is not None:
        return rule.id in ("L1-01", "L1-15")
    return rule.id in NEED_NO_TABLE
