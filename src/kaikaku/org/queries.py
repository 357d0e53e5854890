"""Reading organisations, departments and people; what a screen shows takes the user."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from kaikaku.core.errors import RuleViolation

from .models import Department, Holding, Organisation, Post, User
from .roles import Role
from .tree import Tree


def today() -> date:
    """The day in Japan."""
    return timezone.localdate()


def in_force(on: date, *, first: str, last: str) -> Q:
    """Rows in force on a day, their first and last day (inclusive, open if null) being in these fields."""
    return Q(**{f"{first}__lte": on}) & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": on}))


def open_from(day: date) -> Q:
    """Departments or posts that are still there on the day or will be later."""
    return Q(closed__isnull=True) | Q(closed__gte=day)


# --- who someone is ----------------------------------------------------------------------------------


def organisation_of(user: User) -> Organisation:
    """The government the user works for; 404 for an account of none (the operator's)."""
    if user.organisation is None:
        raise Http404
    return user.organisation


def holdings_of(user: User, on: date | None = None) -> QuerySet[Holding]:
    """The posts the user holds on the day, deputies' included, of departments in force or succeeded."""
    on = on or today()
    return Holding.objects.filter(
        in_force(on, first="from_day", last="to_day"),
        in_force(on, first="post__opened", last="post__closed"),
        user=user,
        user__is_active=True,
    ).select_related("post__department")


def roles_of(user: User, on: date | None = None) -> frozenset[Role]:
    """The user's roles on the day (today). Who holds any post but an outside expert's is also 職員."""
    held = {Role(role) for role in holdings_of(user, on).order_by().values_list("post__role", flat=True)}
    return frozenset(held | {Role.EMPLOYEE} if held - {Role.MEMBER} else held)


def tree_of(organisation: Organisation, on: date | None = None) -> Tree:
    """The organisation's departments as they stand on the day."""
    return Tree(Department.objects.filter(organisation=organisation), on or today())


def departments_of(user: User, on: date | None = None, *roles: Role) -> list[Department]:
    """The departments of the user's posts on the day, and for a 所属長's post all that are below it.

    With `roles`, only posts of those roles count. A post in a closed department counts for its successor.
    """
    if user.organisation is None:
        return []
    on = on or today()
    tree = tree_of(user.organisation, on)
    found: dict[int, Department] = {}
    for holding in holdings_of(user, on):
        department = tree.heir(holding.post.department_id)
        if department is None or (roles and holding.post.role not in roles):
            continue
        found[department.pk] = department
        if holding.post.role == Role.CHIEF:
            found.update((below.pk, below) for below in tree.below(department.pk))
    return list(found.values())


def department_ids_of(user: User, on: date | None = None, *roles: Role) -> frozenset[int]:
    """For `owner__in=…`: `departments_of` and the closed departments whose duties they took over."""
    on = on or today()
    own = departments_of(user, on, *roles)
    return tree_of(own[0].organisation, on).with_predecessors(d.pk for d in own) if own else frozenset()


def deputy_for(user: User, role: Role, on: date | None = None) -> str:
    """The post for which the user decides as deputy (代決) in this role; "" if in their own right."""
    held = [holding for holding in holdings_of(user, on) if holding.post.role == role]
    return str(held[0].post) if held and all(holding.acting for holding in held) else ""


# --- the office's pages ------------------------------------------------------------------------------


def departments_for(user: User, on: date | None = None) -> Tree:
    """The tree of the user's own organisation."""
    return tree_of(organisation_of(user), on)


def department_for(user: User, pk: int) -> Department:
    """One department of the user's organisation, or 404."""
    departments = Department.objects.select_related("parent", "successor", "organisation")
    return get_object_or_404(departments, pk=pk, organisation=organisation_of(user))


def department_choices(user: User, on: date | None = None) -> list[tuple[int, str]]:
    """(pk, name indented by depth) of every department in force, in the order of the tree."""
    tree = departments_for(user, on)
    branches = [inner for branch in tree.branches() for inner in branch.walk()]
    return [(b.department.pk, "　" * (b.depth - 1) + b.department.name) for b in branches]


def posts_for(user: User, department: Department, on: date | None = None) -> list[Post]:
    """Posts of a department and of those it succeeded, with the holdings of the day and to come."""
    on = on or today()
    tree = departments_for(user, on)
    current = Q(to_day__isnull=True) | Q(to_day__gte=on)
    holdings = Holding.objects.filter(current).select_related("user")
    return list(
        Post.objects.filter(
            in_force(on, first="opened", last="closed"),
            department__in=tree.with_predecessors([department.pk]),
            department__organisation=organisation_of(user),
        )
        .select_related("department")
        .prefetch_related(Prefetch("holdings", holdings))
    )


def post_for(user: User, pk: int) -> Post:
    """One post of the user's organisation, or 404."""
    posts = Post.objects.select_related("department__organisation")
    return get_object_or_404(posts, pk=pk, department__organisation=organisation_of(user))


def posts_below(user: User, department: Department | None, on: date) -> list[Post]:
    """The posts in force on the day, of a department with all below it or of the whole government, in the
    tree's order; `held_then` are who holds each on the day before, `deputies` left out.
    """
    tree = departments_for(user, on)
    branches = [inner for branch in tree.branches() for inner in branch.walk()]
    order = {branch.department.pk: place for place, branch in enumerate(branches)}
    wanted = set(order)
    if department is not None:
        here = tree.heir(department.pk)
        wanted = {here.pk, *(d.pk for d in tree.below(here.pk))} if here else set()
    before = on - timedelta(days=1)
    held = Holding.objects.filter(in_force(before, first="from_day", last="to_day"), acting=False)
    posts = Post.objects.filter(
        in_force(on, first="opened", last="closed"), department__organisation=organisation_of(user)
    ).select_related("department__organisation")
    found = [
        (order[heir.pk], post)
        for post in posts.prefetch_related(
            Prefetch("holdings", held.select_related("user"), to_attr="held_then")
        )
        if (heir := tree.heir(post.department_id)) is not None and heir.pk in wanted
    ]
    return [post for _, post in sorted(found, key=lambda one: (one[0], one[1].pk))]


def person_named(user: User, words: str) -> User:
    """The one active account of this username or name; RuleViolation where there is none, or several."""
    words = words.strip()
    accounts = User.objects.filter(organisation=organisation_of(user), is_active=True)
    found = list(accounts.filter(username__iexact=words)) or list(accounts.filter(name=words)[:3])
    if len(found) == 1:
        return found[0]
    if not found:
        raise RuleViolation(
            "org.nobody_named", f"「{words}」という利用者はいません。氏名か利用者名を確かめてください。"
        )
    raise RuleViolation("org.several_named", f"「{words}」さんは複数います。利用者名で入力してください。")


def history_of_post(post: Post) -> list[Holding]:
    """Who held the post when, latest first; deputies included."""
    return list(post.holdings.select_related("user").order_by("-from_day", "-pk"))


def holding_for(user: User, pk: int) -> Holding:
    """One holding of the user's organisation, or 404."""
    holdings = Holding.objects.select_related("post__department__organisation", "user")
    return get_object_or_404(holdings, pk=pk, post__department__organisation=organisation_of(user))


def accounts_for(user: User, words: str = "") -> QuerySet[User]:
    """Accounts of the user's organisation whose name or username has `words`, with what they hold today."""
    held = holdings_today()
    accounts = User.objects.filter(organisation=organisation_of(user)).prefetch_related(held)
    return accounts.filter(Q(name__icontains=words) | Q(username__icontains=words)) if words else accounts


def account_for(user: User, pk: int) -> User:
    """One account of the user's organisation, or 404."""
    accounts = User.objects.select_related("organisation").prefetch_related(holdings_today())
    return get_object_or_404(accounts, pk=pk, organisation=organisation_of(user))


def holdings_today() -> Prefetch[str, QuerySet[Holding], str]:
    """Fills `user.held` with the posts held today."""
    held = Holding.objects.filter(in_force(today(), first="from_day", last="to_day"))
    return Prefetch("holdings", held.select_related("post__department"), to_attr="held")


def holders_of(departments: Iterable[int], role: Role, on: date | None = None) -> QuerySet[User]:
    """Who holds a post of the role in these departments on the day."""
    on = on or today()
    return User.objects.filter(
        in_force(on, first="holdings__from_day", last="holdings__to_day"),
        holdings__post__department__in=list(departments),
        holdings__post__role=role,
        is_active=True,
    ).distinct()


# --- for the command line ----------------------------------------------------------------------------


def lock_organisation(organisation: Organisation) -> Organisation:
    """The organisation's row, held until the transaction ends: what is done once per tenant waits here."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def organisations() -> QuerySet[Organisation]:
    """Every government of this installation."""
    return Organisation.objects.all()


def organisation_by_slug(slug: str) -> Organisation | None:
    """The organisation with this short name, if any."""
    return Organisation.objects.filter(slug=slug).first()


def user_by_name(username: str) -> User | None:
    """The account with this username, if any."""
    return User.objects.filter(username=username).select_related("organisation").first()
