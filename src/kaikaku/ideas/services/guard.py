"""What every write passes: whose it is, who may, whether someone was faster, how it is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.ideas.models import Campaign, Idea
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

PROPOSER = "提案者本人"
"""Noted in the log in place of a name: the log must not tell who proposed."""

IN_CHARGE = (Role.CHIEF, Role.CLERK)


def must_belong(organisation: Organisation, by: User | None) -> None:
    """Refuse a person of another government; pages answer 404 long before (this is the second lock)."""
    if by is not None and by.organisation_id != organisation.pk:
        raise RuleViolation(
            "foreign_organisation",
            "ほかの団体の募集には記録できません。自分の団体の募集を選んでください。",
        )


def must_be_office(organisation: Organisation, by: User | None) -> None:
    """Only the secretariat runs campaigns and triage; None is the system itself."""
    must_belong(organisation, by)
    if by is not None and not allowed(by, Role.SECRETARIAT):
        raise RuleViolation(
            "ideas.office_only", "この手続ができるのは事務局だけです。事務局に依頼してください。"
        )


def must_work_for(department_id: int | None, by: User | None, organisation: Organisation) -> None:
    """Only the section itself, or the office, speaks for a section."""
    must_belong(organisation, by)
    if by is None or allowed(by, Role.SECRETARIAT):
        return
    if department_id is None or department_id not in department_ids_of(by, None, *IN_CHARGE):
        raise RuleViolation(
            "ideas.section_only", "この手続ができるのは、依頼された所属の所属長・担当と事務局だけです。"
        )


def must_handle(idea: Idea, by: User | None) -> None:
    """The office, or the section that a delegated idea was handed to."""
    if idea.track == "delegated":
        must_work_for(idea.delegated_to_id, by, idea.campaign.organisation)
    else:
        must_be_office(idea.campaign.organisation, by)


def held(ideas: Iterable[Idea], *, seen: Mapping[int, int] | None = None) -> list[Idea]:
    """The ideas, their rows held until the transaction ends, in one order, so that no two wait in a ring.

    `seen` are the versions that the person had before them: refused where someone was faster.
    """
    keys = sorted(idea.pk for idea in ideas)
    if not keys:
        raise RuleViolation("ideas.none_chosen", "提案が選ばれていません。1件以上を選んでください。")
    rows = list(
        Idea.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("campaign__organisation", "theme", "delegated_to")
        .order_by("pk")
    )
    for idea in rows:
        if seen is not None and seen.get(idea.pk, idea.version) != idea.version:
            raise RuleViolation(
                "ideas.moved_already",
                f"受付番号{idea.number}「{idea}」は、画面を開いた後にほかの人が変更しました。"
                "画面を読み込み直して、今の状態を確かめてください。",
            )
    return rows


def changed(idea: Idea, **values: Any) -> None:
    """Write these columns; the version rises, so that a form made before is told apart."""
    values["version"] = idea.version + 1
    for name, value in values.items():
        setattr(idea, name, value)
    idea.save(update_fields=list(values))


def put_on_record(
    action: str,
    row: models.Model,
    *,
    campaign: Campaign,
    by: User | None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """One entry of the log; empty values are left out."""
    empty: tuple[Any, ...] = (None, "", [], ())
    record(
        action,
        on=row,
        by=by,
        organisation=campaign.organisation,
        old=None if old is None else dict(old),
        new={name: value for name, value in (new or {}).items() if value not in empty},
        note=note,
    )
