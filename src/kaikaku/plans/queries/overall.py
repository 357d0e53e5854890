"""What the pages of overall ratings show."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kaikaku.core.rollup import METHOD_LABELS, Method, Policy
from kaikaku.plans.facts import SectionFacts
from kaikaku.plans.models import OverallRating, Section
from kaikaku.plans.overall import Standing, rate_sections
from kaikaku.plans.queries.edition_rows import EditionRows


@dataclass(frozen=True, slots=True)
class OverallRow:
    """A rated section with its rating."""

    facts: SectionFacts
    standing: Standing

    @property
    def name(self) -> str:
        return f"{self.facts.number} {self.facts.title}".strip()


def overall_rows(rows: EditionRows) -> list[OverallRow]:
    """The rated sections in the order of the edition."""
    return [OverallRow(s, rows.overall[s.key]) for s in rows.sections if s.key in rows.overall]


@dataclass(frozen=True, slots=True)
class Compared:
    """A section of the first level under each method."""

    name: str
    ratings: tuple[tuple[str, str, int], ...]


def compared(rows: EditionRows, policy: Policy | None) -> list[Compared]:
    """What each method gives for the sections of the first level: label, score and colour."""
    tops = [section for section in rows.sections if section.depth == 1]
    by_method = []
    for method in Method:
        chosen = policy if policy and policy.method is method else Policy(method)
        if policy and policy.method is not method:
            chosen = replace(chosen, basis=policy.basis, worst_cap=policy.worst_cap, coverage=policy.coverage)
        by_method.append(
            rate_sections(rows.sections, rows.results.values(), scheme=rows.scheme, policy=chosen, settled={})
        )
    return [
        Compared(
            f"{top.number} {top.title}".strip(),
            tuple(
                (found[top.key].automatic.label, _sum(found[top.key]), found[top.key].automatic.slot)
                for found in by_method
            ),
        )
        for top in tops
        if all(top.key in found for found in by_method)
    ]


def _sum(standing: Standing) -> str:
    return "　".join(part.shown for part in standing.automatic.parts if part.shown)


def method_names() -> tuple[str, ...]:
    """The methods in the order of `compared`."""
    return tuple(METHOD_LABELS[method] for method in Method)


def overall_history(section: Section) -> list[OverallRating]:
    """Everything that was settled of a section, latest first."""
    rows = OverallRating.objects.filter(section=section).select_related("by")
    return list(rows.order_by("-fiscal_year", "-pk"))


def overall_by_code(rows: EditionRows) -> dict[str, tuple[str, int]]:
    """Label and colour by the code of the section, as the summary table takes them."""
    return {row.facts.code: (row.standing.label, row.standing.slot) for row in overall_rows(rows)}
