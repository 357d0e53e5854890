"""How a body of its own confirms its sheets (医療局, 教育委員会): set by the office, else automatic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.org.roles import Role
from kaikaku.reporting import queries
from kaikaku.reporting.models import Chain
from kaikaku.reporting.services.guard import must_be_office

if TYPE_CHECKING:
    from kaikaku.org.models import Department, Post, User


@transaction.atomic
def set_chain(*, department: Department, bundles: bool, final_post: Post | None, by: User | None) -> Chain:
    """Say whether the department and all below it bundle their sheets, and which post makes the last step."""
    must_be_office(department.organisation, by)
    _must_fit(department, final_post)
    _must_leave_nothing_between(department)
    chain, fresh = Chain.objects.select_for_update(of=("self",)).get_or_create(
        department=department, defaults={"bundles": bundles, "final_post": final_post}
    )
    old = None if fresh else _words(chain)
    chain.bundles, chain.final_post = bundles, final_post
    new = _words(chain)
    if old != new:
        chain.save(update_fields=["bundles", "final_post"])
        record(
            "reporting.chain.set",
            on=department,
            by=by,
            organisation=department.organisation,
            old=old,
            new=new,
        )
    return chain


@transaction.atomic
def clear_chain(*, department: Department, by: User | None) -> None:
    """Go back to the automatic way: the posts say who confirms and who bundles."""
    must_be_office(department.organisation, by)
    chain = Chain.objects.select_for_update(of=("self",)).filter(department=department).first()
    if chain is None:
        return
    _must_leave_nothing_between(department)
    old = _words(chain)
    chain.delete()
    record("reporting.chain.cleared", on=department, by=by, organisation=department.organisation, old=old)


def _words(chain: Chain) -> dict[str, str]:
    return {
        "bundles": "置く" if chain.bundles else "置かない",
        "final_post": str(chain.final_post) if chain.final_post else "",
    }


def _must_fit(department: Department, post: Post | None) -> None:
    if post is None:
        return
    if post.department.organisation_id != department.organisation_id or post.role != Role.CHIEF:
        raise RuleViolation(
            "reporting.final_post_unfit",
            "最後に確認する職は、この団体の所属長の職から選んでください。",
            field="final_post",
        )


def _must_leave_nothing_between(department: Department) -> None:
    """A sheet that waits for a step must not find it gone."""
    waiting = queries.waiting_to_be_bundled(department)
    if waiting:
        raise RuleViolation(
            "reporting.bundling_waits",
            f"「{department.name}」には、取りまとめを待っている調書が{waiting}件あります。"
            "取りまとめるか差し戻してから、流れを変えてください。",
        )
