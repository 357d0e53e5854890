"""What somebody may do with which department's sheets: the duty sits with the post, not the person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.core.workflow import Action
from kaikaku.org.models import Post
from kaikaku.org.queries import holdings_of, in_force, today, tree_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Department, Organisation, User
    from kaikaku.org.tree import Tree

# who has pages of this app at all, and who of them reads every sheet of the government
READERS = (Role.SECRETARIAT, Role.CLERK, Role.CHIEF, Role.EXECUTIVE)
ALL_READERS = frozenset({Role.SECRETARIAT, Role.EXECUTIVE})


@dataclass(frozen=True, slots=True)
class Standing:
    """Departments (their predecessors included) by what the person is there: `chief` of it or of one above,
    `nearest` where no other chief stands between, `lead` of one above only. `acting` names the post that is
    held as a deputy, by what it is used for.
    """

    roles: frozenset[Role] = frozenset()
    clerk: frozenset[int] = frozenset()
    chief: frozenset[int] = frozenset()
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
        if department in (self.lead if action is Action.BUNDLE else self.chief):
            found.add("chief")
        return frozenset(found)

    def deputy_post(self, action: Action, department: int) -> str:
        """The post for which the step is decided as a deputy (代決); "" in one's own right."""
        return self.acting.get(("lead" if action is Action.BUNDLE else "chief", department), "")


def standing_of(user: User, on: date | None = None) -> Standing:
    """The person's standing on the day; three queries, however many departments there are. Today's is kept
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
    nearest: set[int] = set()
    own: dict[tuple[str, int], str] = {}
    for holding in held:
        here = tree.heir(holding.post.department_id)
        if here is None:
            continue
        mine = tree.with_predecessors([here.pk])
        if holding.post.role == Role.CLERK:
            clerk |= mine
        if holding.post.role == Role.CHIEF:
            inner = tree.below(here.pk)
            below = tree.with_predecessors(d.pk for d in inner)
            post = str(holding.post) if holding.acting else ""
            _note(own, "chief", mine | below, post=post)
            _note(own, "lead", below, post=post)
            first = [d.pk for d in inner if posts.nearest_chief(d) == here.pk]
            nearest |= mine | tree.with_predecessors(first)
    return Standing(
        roles=frozenset(Role(holding.post.role) for holding in held),
        clerk=frozenset(clerk),
        chief=frozenset(pk for kind, pk in own if kind == "chief"),
        nearest=frozenset(nearest),
        lead=frozenset(pk for kind, pk in own if kind == "lead"),
        acting={key: post for key, post in own.items() if post},
    )


def _note(own: dict[tuple[str, int], str], kind: str, departments: frozenset[int], *, post: str) -> None:
    """A post held in one's own right goes before one held as a deputy."""
    for pk in departments:
        own[kind, pk] = post if own.get((kind, pk), post) else ""


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts in force on a day by department and role; tells who can take a sheet on."""

    tree: Tree
    chiefs: frozenset[int]
    clerks: frozenset[int]

    def has_clerk(self, department: Department) -> bool:
        return department.pk in self.clerks

    def has_lead(self, department: int) -> bool:
        """Whether a chief's post stands above; else the chief's confirmation ends the department's part."""
        here = self.tree.heir(department)
        return here is not None and any(d.pk in self.chiefs for d in self.tree.path(here)[:-1])

    def nearest_chief(self, department: Department) -> int | None:
        """The department, this one or the next above, whose chief confirms its sheets."""
        return next((d.pk for d in reversed(self.tree.path(department)) if d.pk in self.chiefs), None)


def posts_of(organisation: Organisation, on: date | None = None) -> Posts:
    """Read the posts that somebody holds on the day: two queries."""
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
    return Posts(tree, frozenset(found[Role.CHIEF]), frozenset(found[Role.CLERK]))
