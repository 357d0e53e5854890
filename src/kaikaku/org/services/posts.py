"""Posts, and who holds them."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.eras import show_date
from kaikaku.core.errors import RuleViolation
from kaikaku.org.models import Department, Holding, Post, User
from kaikaku.org.roles import Role


@transaction.atomic
def open_post(*, department: Department, title: str, role: Role, opened: date, by: User | None) -> Post:
    """Set up a post in a department."""
    if opened < department.opened:
        raise RuleViolation(
            "org.post_before_department",
            f"職の設置日は、部署「{department.name}」の設置日（{show_date(department.opened)}）以後にしてください。",
            field="opened",
        )
    post = Post.objects.create(department=department, title=title, role=role, opened=opened)
    new = {"department": department, "title": title, "role": str(role), "opened": opened}
    record("org.post.opened", on=post, by=by, organisation=department.organisation, new=new)
    return post


@transaction.atomic
def close_post(*, post: Post, closed: date, by: User | None) -> Post:
    """Close a post after its last day; who holds it then is released on that day."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.closed is not None:
        raise RuleViolation(
            "org.post_closed", f"「{post}」は{show_date(post.closed)}ですでに廃止されています。"
        )
    if closed < post.opened:
        raise RuleViolation(
            "org.closes_before_it_opens",
            f"最終日は設置日（{show_date(post.opened)}）以後にしてください。",
            field="closed",
        )
    for holding in post.holdings.filter(to_day__isnull=True):
        if holding.from_day > closed:
            raise RuleViolation(
                "org.post_promised",
                f"「{post}」には{show_date(holding.from_day)}から{holding.user}さんが就く予定です。"
                "先にその発令を取り消してください。",
                field="closed",
            )
        release(holding=holding, to_day=closed, by=by)
    post.closed = closed
    post.save(update_fields=["closed"])
    organisation = post.department.organisation
    record("org.post.closed", on=post, by=by, organisation=organisation, new={"closed": closed})
    return post


@transaction.atomic
def appoint(
    *,
    post: Post,
    user: User,
    from_day: date,
    by: User | None,
    to_day: date | None = None,
    acting: bool = False,
) -> Holding:
    """Put someone into a post from a day on; `acting` for a deputy (代決) beside the holder."""
    organisation = post.department.organisation
    if user.organisation_id != organisation.pk:
        raise RuleViolation("org.holder_elsewhere", "職に就けるのは同じ団体の利用者だけです。", field="user")
    if to_day is not None and to_day < from_day:
        raise RuleViolation("org.ends_before_it_starts", "最終日は開始日以後にしてください。", field="to_day")
    if from_day < post.opened or (post.closed is not None and (to_day or from_day) > post.closed):
        raise RuleViolation(
            "org.post_not_in_force",
            f"「{post}」はその期間には置かれていません。開始日を確かめてください。",
            field="from_day",
        )
    if any(_overlaps(held, from_day, to_day) for held in post.holdings.filter(user=user)):
        raise RuleViolation(
            "org.already_held", f"{user}さんはその期間、すでに「{post}」に就いています。", field="user"
        )
    holding = Holding.objects.create(post=post, user=user, from_day=from_day, to_day=to_day, acting=acting)
    new = {"post": post, "user": user, "from_day": from_day, "to_day": to_day, "acting": acting}
    record("org.post.appointed", on=holding, by=by, organisation=organisation, new=new)
    return holding


@transaction.atomic
def release(*, holding: Holding, to_day: date, by: User | None) -> Holding:
    """End a holding after its last day (異動・退職)."""
    holding = Holding.objects.select_for_update(of=("self",)).get(pk=holding.pk)
    if to_day < holding.from_day:
        raise RuleViolation(
            "org.ends_before_it_starts",
            f"最終日は開始日（{show_date(holding.from_day)}）以後にしてください。",
            field="to_day",
        )
    old, holding.to_day = holding.to_day, to_day
    holding.save(update_fields=["to_day"])
    record(
        "org.post.released",
        on=holding,
        by=by,
        organisation=holding.post.department.organisation,
        old={"to_day": old},
        new={"to_day": to_day},
    )
    return holding


def _overlaps(held: Holding, from_day: date, to_day: date | None) -> bool:
    starts_in_time = to_day is None or held.from_day <= to_day
    return starts_in_time and (held.to_day is None or held.to_day >= from_day)
