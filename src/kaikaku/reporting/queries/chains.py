"""The page of chains: how each body confirms its sheets today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from kaikaku.core.workflow import State
from kaikaku.org.models import Department, Post
from kaikaku.org.queries import in_force, organisation_of, today
from kaikaku.org.roles import Role
from kaikaku.reporting.models import Chain, Sheet
from kaikaku.reporting.queries.people import ChainFacts, Posts, posts_of

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A body with its steps in words; `own` is what the office has set for just this department."""

    department: Department
    depth: int
    steps: tuple[str, ...]
    own: ChainFacts | None


def chain_rows(user: User, *, on: date | None = None) -> list[ChainRow]:
    """Departments at the top, with others below them, or with a chain of their own, in the tree's order."""
    posts = posts_of(organisation_of(user), on)
    rows = []
    for branch in posts.tree.branches():
        for inner in branch.walk():
            own = posts.chains.get(inner.department.pk)
            if inner.depth == 1 or inner.children or own is not None:
                rows.append(ChainRow(inner.department, inner.depth, _steps(posts, inner.department), own))
    return rows


def _steps(posts: Posts, department: Department) -> tuple[str, ...]:
    """Who has a sheet of a section below the department, one after the other."""
    chain = posts.chain_of(department)
    last = f"「{chain.final_name}」" if chain.final_name else "部局の所属長"
    if chain.bundles:
        return ("担当が提出", "所属長が確認", f"{last}が取りまとめ", "事務局が受理")
    return ("担当が提出", f"{last if chain.final_name else '所属長'}が確認", "事務局が受理")


def chain_for(user: User, pk: int) -> tuple[Department, Chain | None]:
    """A department of the user's government with the chain set for it, or 404."""
    department = get_object_or_404(
        Department.objects.select_related("organisation"), pk=pk, organisation=organisation_of(user)
    )
    chain = Chain.objects.select_related("final_post__department").filter(department=department).first()
    return department, chain


def chief_posts(user: User, *, on: date | None = None) -> list[Post]:
    """The chiefs' posts in force, from which the last one to confirm is chosen."""
    posts = Post.objects.filter(
        in_force(on or today(), first="opened", last="closed"),
        department__organisation=organisation_of(user),
        role=Role.CHIEF,
    )
    return list(posts.select_related("department").order_by("department__position", "department", "pk"))


def waiting_to_be_bundled(department: Department) -> int:
    """How many sheets of open rounds, of the department or below it, stand between confirmation and
    bundling.
    """
    tree = posts_of(department.organisation).tree
    here = tree.heir(department.pk)
    if here is None:
        return 0
    keys = tree.with_predecessors([here.pk, *(d.pk for d in tree.below(here.pk))])
    sheets = Sheet.objects.filter(department__in=keys, round__closed_at__isnull=True)
    return sheets.filter(state=State.CHIEF_CONFIRMED).count()
