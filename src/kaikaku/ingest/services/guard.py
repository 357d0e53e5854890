"""What every write of this app passes: whose import it is, and whether it is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaikaku.core.errors import RuleViolation
from kaikaku.ingest.models import Import, Proposal

if TYPE_CHECKING:
    from kaikaku.org.models import User


def held_import(imported: Import, by: User | None) -> Import:
    """The import, its row held until the transaction ends; refused when another's or given up."""
    held = (
        Import.objects.select_for_update(of=("self",))
        .select_related(
            "organisation", "document", "plan__organisation", "edition__plan__organisation", "base__scheme"
        )
        .get(pk=imported.pk)
    )
    if by is not None and by.organisation_id != held.organisation_id:
        raise RuleViolation(
            "foreign_organisation", "ほかの団体の取り込みは変更できません。自分の団体のものを選んでください。"
        )
    if held.state == "discarded":
        raise RuleViolation(
            "import_discarded",
            "この取り込みは取りやめになっています。もう一度取り込むときは、文書を選び直してください。",
        )
    return held


def held_proposal(proposal: Proposal, by: User | None) -> Proposal:
    """The proposal as it stands in an import that is held; refused when it has been taken already."""
    imported = held_import(proposal.imported, by)
    fresh = Proposal.objects.select_related("parent").get(pk=proposal.pk, imported=imported)
    fresh.imported = imported
    if fresh.decision == "accepted":
        raise RuleViolation(
            "proposal_accepted",
            f"{fresh}は取り込み済みです。プランの画面で変更してください。",
        )
    if fresh.difference == "missing":
        raise RuleViolation(
            "proposal_missing",
            f"{fresh}は文書になく、プランにだけあるものです。削除や終了は、プランの画面で理由を付けて行ってください。",
        )
    return fresh
