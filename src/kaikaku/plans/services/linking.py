"""Links between editions as people decide them: one by one or many at once, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from kaikaku.core.errors import RuleViolation
from kaikaku.plans.models import Edition, Indicator, Lineage, Plan, Section
from kaikaku.plans.services.guard import change, must_belong, open_edition, require_words
from kaikaku.plans.services.policy import link_lineage
from kaikaku.plans.services.settling import links_to

if TYPE_CHECKING:
    from kaikaku.org.models import User

Part = Section | Indicator


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says became of a part; no origin means new, no heir ended."""

    kind: str
    origin: Part | None
    heir: Part | None
    outcome: str = ""


@transaction.atomic
def decide_links(*, plan: Plan, decisions: Sequence[Decision], reason: str, by: User | None) -> list[Lineage]:
    """Record many decisions of one person at once, all or none; the reason stands for all but 継続."""
    return [
        link_lineage(
            plan=plan,
            kind=one.kind,
            origin=one.origin,
            heir=one.heir,
            outcome=one.outcome,
            reason="" if one.kind == "carried" else reason,
            by=by,
        )
        for one in decisions
    ]


@transaction.atomic
def explain_link(*, link: Lineage, reason: str, by: User | None) -> Lineage:
    """Write or change the reason of a link, as the list of changes prints it."""
    must_belong(link.plan.organisation, by)
    said = require_words(reason, field="reason", thing="理由")
    change(link, {"reason": said}, action="plans.lineage.explained", by=by, note=said)
    return link


@transaction.atomic
def explain_part(*, part: Part, reason: str, by: User | None) -> None:
    """Write the reason of a change on all links of a part of a draft."""
    for link in links_to(part):
        explain_link(link=link, reason=reason, by=by)


@transaction.atomic
def fix_directions(*, edition: Edition, fixed: bool, by: User | None) -> Edition:
    """Say whether the sections of the first level may be changed in this edition."""
    edition = open_edition(edition, by)
    change(edition, {"directions_fixed": fixed}, action="plans.edition.directions_fixed", by=by)
    return edition


def must_be_explained(edition: Edition) -> None:
    """Refuse to put a drafted edition into force while a change in it has no reason."""
    if edition.drafted_from_id is None:
        return
    here = Q(to_section__edition=edition) | Q(to_indicator__edition=edition)
    links = Lineage.objects.filter(here, reason="").exclude(kind="carried")
    waiting = list(links.select_related("to_section", "to_indicator"))
    if waiting:
        names = "、".join(f"「{link.to_section or link.to_indicator}」" for link in waiting[:3])
        more = "など" if len(waiting) > 3 else ""
        raise RuleViolation(
            "reasons_missing",
            f"前の版から変えた理由が、{names}{more}{len(waiting)}件でまだ書かれていません。"
            "「前の版との比較」で理由を書いてから、実施中にしてください。",
        )
