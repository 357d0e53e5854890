"""What somebody may do with which department's sheets: the duty sits with the post, not the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.core.workflow import Action
from kaikaku.org.models import Post
from kaikaku.org.queries import holdings_of, in_force, today, tree_of
from kaikaku.org.roles import Role
from kaikaku.reporting.models import Chain

if TYPE_CHECKING:
    from kaikaku.org.models import Department, Organisation, User
    from kaikaku.org.tree import Tree

# who has pages of this app at all, and who of them reads every sheet of the government
READERS = (Role.SECRETARIAT, Role.CLERK, Role.CHIEF, Role.EXECUTIVE)
ALL_READERS = frozenset({Role.SECRETARIAT, Role.EXECUTIVE})


@dataclass(frozen=True, slots=True)
class Standing:
    """Departments (their predecessors included) by what the person is there: `chief` of it or of one above,
    who reads and returns; `confirms` where their confirmation counts, `nearest` where it is waited for;
    `lead` where they make the last step. `acting` names the post that is held as a deputy, by what it is
    used for.
    """

    roles: frozenset[Role] = frozenset()
    clerk: frozenset[int] = frozenset()
    chief: frozenset[int] = frozenset()
    confirms: frozenset[int] = frozenset()
    nearest: frozenset[int] = frozenset()
    lead: frozenset[int] = frozenset()
    acting: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def is_office(self) -> bool:
        return Role.SECRETARIAT in self.roles

    @property
    def reads_all(self) -> bool:
        return bool(self.roles & ALL_READERS)

    @property
    def departments(self) -> frozenset[int]:
        """Those whose sheets are in sight."""
        return self.clerk | self.chief

    def may_read(self, department: int) -> bool:
        return self.reads_all or department in self.departments

    def roles_for(self, action: Action, department: int) -> frozenset[str]:
        """The roles of core.workflow that the person has for this step of this department's sheet."""
        found = {"secretariat"} if self.is_office else set()
        if department in self.clerk:
            found.add("clerk")
        steps = {Action.CONFIRM: self.confirms, Action.BUNDLE: self.lead}
        if department in steps.get(action, self.chief):
            found.add("chief")
        return frozenset(found)

    def deputy_post(self, action: Action, department: int) -> str:
        """The post for which the step is decided as a deputy (代決); "" in one's own right."""
        return self.acting.get(("lead" if action is Action.BUNDLE else "confirms", department), "")


def standing_of(user: User, on: date | None = None) -> Standing:
    """The person's standing on the day; four queries, however many departments there are. Today's is kept
    with the user, whom a request has of its own.
    """
    if on is not None:
        return _standing(user, on)
    kept: Standing | None = user.__dict__.get("_standing_today")
    if kept is None:
        kept = user.__dict__["_standing_today"] = _standing(user, today())
    return kept


def _standing(user: User, on: date) -> Standing:
    if user.organisation is None:
        return Standing()
    held = list(holdings_of(user, on))
    posts = posts_of(user.organisation, on)
    tree = posts.tree
    clerk: set[int] = set()
    own: dict[tuple[str, int], str] = {}
    for holding in held:
        here = tree.heir(holding.post.department_id)
        if here is None:
            continue
        mine = tree.with_predecessors([here.pk])
        if holding.post.role == Role.CLERK:
            clerk |= mine
        if holding.post.role == Role.CHIEF:
            post = str(holding.post) if holding.acting else ""
            for kind, departments in posts.steps_of(holding.post_id, here).items():
                _note(own, kind, tree.with_predecessors(departments), post=post)
    return Standing(
        roles=frozenset(Role(holding.post.role) for holding in held),
        clerk=frozenset(clerk),
        acting={key: post for key, post in own.items() if post},
        **{
            step: frozenset(pk for kind, pk in own if kind == step)
            for step in ("chief", "confirms", "nearest", "lead")
        },
    )


def _note(own: dict[tuple[str, int], str], kind: str, departments: frozenset[int], *, post: str) -> None:
    """A post held in one's own right goes before one held as a deputy."""
    for pk in departments:
        own[kind, pk] = post if own.get((kind, pk), post) else ""


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """How one body confirms its sheets, as set by the office; `final` is the key of a post, `final_in` of
    its department.
    """

    bundles: bool
    final: int | None = None
    final_in: int | None = None
    final_name: str = ""


AUTOMATIC = ChainFacts(bundles=True)


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts in force on a day by department and role; tells who can take a sheet on."""

    tree: Tree
    chiefs: frozenset[int]
    clerks: frozenset[int]
    chains: Mapping[int, ChainFacts] = field(default_factory=dict)

    def has_clerk(self, department: Department) -> bool:
        return department.pk in self.clerks

    def chain_of(self, department: Department) -> ChainFacts:
        """The chain of the body that the department belongs to, the nearest above counting first."""
        path = reversed(self.tree.path(department))
        return next((self.chains[d.pk] for d in path if d.pk in self.chains), AUTOMATIC)

    def has_lead(self, department: int) -> bool:
        """Whether a step follows the chief's confirmation; else that ends the department's part."""
        here = self.tree.heir(department)
        return here is not None and self._bundled(here)

    def _bundled(self, here: Department) -> bool:
        chain = self.chain_of(here)
        if not chain.bundles:
            return False
        if chain.final is not None:
            # who makes the last step has no one below to confirm before
            return self.nearest_chief(here) not in (None, chain.final_in)
        return any(d.pk in self.chiefs for d in self.tree.path(here)[:-1])

    def final_alone(self, here: Department) -> bool:
        """Whether the final post is the only one that confirms."""
        return self.chain_of(here).final is not None and not self._bundled(here)

    def steps_of(self, post: int, here: Department) -> dict[str, list[int]]:
        """The departments for which a chief's post in `here` has each step (see `Standing`)."""
        inner = self.tree.below(here.pk)
        final = [d for d in self._all() if self.chain_of(d).final == post]
        chief = list({d.pk: d for d in (here, *inner, *final)}.values())
        confirms = [d for d in chief if not self.final_alone(d) or self.chain_of(d).final == post]
        nearest = [
            d for d in confirms if d == here or self.final_alone(d) or self.nearest_chief(d) == here.pk
        ]
        lead = [d for d in inner if self.chain_of(d).final is None and self.chain_of(d).bundles]
        lead += [d for d in final if self._bundled(d)]
        found = {"chief": chief, "confirms": confirms, "nearest": nearest, "lead": lead}
        return {step: [d.pk for d in departments] for step, departments in found.items()}

    def _all(self) -> list[Department]:
        """Every department in force, where a chain names a post at all."""
        if all(chain.final is None for chain in self.chains.values()):
            return []
        return [inner.department for branch in self.tree.branches() for inner in branch.walk()]

    def nearest_chief(self, department: Department) -> int | None:
        """The department, this one or the next above, whose chief confirms its sheets."""
        return next((d.pk for d in reversed(self.tree.path(department)) if d.pk in self.chiefs), None)


def posts_of(organisation: Organisation, on: date | None = None) -> Posts:
    """Read the posts that somebody holds on the day, and the chains set for bodies: three queries."""
    on = on or today()
    tree = tree_of(organisation, on)
    rows = Post.objects.filter(
        in_force(on, first="opened", last="closed"),
        in_force(on, first="holdings__from_day", last="holdings__to_day"),
        department__organisation=organisation,
        role__in=(Role.CHIEF, Role.CLERK),
    ).values_list("department", "role")
    found: dict[str, set[int]] = {Role.CHIEF: set(), Role.CLERK: set()}
    for pk, role in rows:
        heir = tree.heir(pk)
        if heir is not None:
            found[role].add(heir.pk)
    chains = _chains(organisation, tree, on)
    return Posts(tree, frozenset(found[Role.CHIEF]), frozenset(found[Role.CLERK]), chains)


def _chains(organisation: Organisation, tree: Tree, on: date) -> dict[int, ChainFacts]:
    """By the department that has the body's duties now; a post that is no more ends nothing."""
    found = {}
    rows = Chain.objects.filter(department__organisation=organisation).order_by("pk")
    for chain in rows.select_related("final_post__department"):
        heir = tree.heir(chain.department_id)
        if heir is None:
            continue
        post = chain.final_post
        if post is None or not (post.opened <= on and (post.closed is None or on <= post.closed)):
            found[heir.pk] = ChainFacts(chain.bundles)
            continue
        where = tree.heir(post.department_id)
        found[heir.pk] = ChainFacts(chain.bundles, post.pk, where.pk if where else None, str(post))
    return found
