"""Organisations and their dated departments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.eras import show_date
from kaikaku.core.errors import RuleViolation
from kaikaku.org import queries
from kaikaku.org.codes import check_code
from kaikaku.org.models import Department, Organisation, User
from kaikaku.org.roles import Ending


@transaction.atomic
def create_organisation(
    *,
    name: str,
    slug: str,
    by: User | None,
    kana: str = "",
    code: str | None = None,
    contact: str = "",
    sample: bool = False,
) -> Organisation:
    """Take in a government. `code` is its 6-digit 団体コード, None for a body that has none."""
    if Organisation.objects.filter(slug=slug).exists():
        raise RuleViolation("org.slug_taken", f"短い名前「{slug}」はすでに使われています。", field="slug")
    if code is not None and Organisation.objects.filter(code=check_code(code)).exists():
        raise RuleViolation(
            "org.code_taken", f"団体コード「{code}」の団体はすでに登録されています。", field="code"
        )
    organisation = Organisation.objects.create(
        name=name, kana=kana, code=code, slug=slug, contact=contact, sample=sample
    )
    new = {"name": name, "kana": kana, "code": code, "slug": slug, "contact": contact, "sample": sample}
    record("org.organisation.created", on=organisation, by=by, organisation=organisation, new=new)
    return organisation


@transaction.atomic
def revise_organisation(
    *, organisation: Organisation, name: str, kana: str, contact: str, by: User | None
) -> Organisation:
    """Change how a government is called or reached."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    old, new = _changes(organisation, name=name, kana=kana, contact=contact)
    if new:
        organisation.save(update_fields=list(new))
        record(
            "org.organisation.revised", on=organisation, by=by, organisation=organisation, old=old, new=new
        )
    return organisation


@transaction.atomic
def open_department(
    *,
    organisation: Organisation,
    name: str,
    opened: date,
    by: User | None,
    parent: Department | None = None,
    position: int | None = None,
) -> Department:
    """Set up a department (新設), below `parent` or at the top, last among its siblings unless placed."""
    _check_parent(organisation, parent, opened)
    if position is None:
        position = Department.objects.filter(organisation=organisation, parent=parent).count() + 1
    department = Department.objects.create(
        organisation=organisation, parent=parent, name=name, opened=opened, position=position
    )
    new = {"name": name, "parent": parent, "opened": opened, "position": position}
    record("org.department.opened", on=department, by=by, organisation=organisation, new=new)
    return department


@transaction.atomic
def revise_department(
    *, department: Department, name: str, parent: Department | None, position: int, by: User | None
) -> Department:
    """Correct a slip in the register; what changes on a day is `rename_department` or `close_department`."""
    department = _locked(department)
    if parent is not None:
        _check_parent(department.organisation, parent, department.opened)
        tree = queries.tree_of(department.organisation)
        if parent.pk == department.pk or parent.pk in {below.pk for below in tree.below(department.pk)}:
            raise RuleViolation(
                "org.parent_below_itself",
                f"「{department.name}」を、それ自身やその下の「{parent.name}」の下には置けません。",
                field="parent",
            )
    old, new = _changes(department, name=name, parent=parent, position=position)
    if new:
        department.save(update_fields=list(new))
        record(
            "org.department.revised",
            on=department,
            by=by,
            organisation=department.organisation,
            old=old,
            new=new,
        )
    return department


@transaction.atomic
def rename_department(*, department: Department, name: str, from_day: date, by: User | None) -> Department:
    """Give a department another name from a day on (改称); returns the department under its new name."""
    department = _locked(department)
    _check_open_on(department, from_day)
    renamed = Department.objects.create(
        organisation=department.organisation,
        parent=department.parent,
        name=name,
        opened=from_day,
        position=department.position,
    )
    old, new = _changes(
        department, closed=from_day - timedelta(days=1), ending=Ending.RENAMED, successor=renamed
    )
    department.save(update_fields=list(new))
    record(
        "org.department.renamed",
        on=department,
        by=by,
        organisation=department.organisation,
        old={**old, "name": department.name},
        new={**new, "name": name},
    )
    return renamed


@transaction.atomic
def close_department(
    *, department: Department, closed: date, by: User | None, successor: Department | None = None
) -> Department:
    """Close a department after its last day: 再編 where a successor takes over its duties, else 廃止.

    Without a successor nothing may be left in it: departments below and posts must be closed first.
    """
    department = _locked(department)
    next_day = closed + timedelta(days=1)
    _check_open_on(department, next_day)
    if successor is None:
        _check_empty(department, next_day)
    else:
        _check_successor(department, successor, next_day)
    old, new = _changes(
        department,
        closed=closed,
        ending=Ending.REORGANISED if successor else Ending.ABOLISHED,
        successor=successor,
    )
    department.save(update_fields=list(new))
    record(
        "org.department.closed", on=department, by=by, organisation=department.organisation, old=old, new=new
    )
    return department


def _locked(department: Department) -> Department:
    return Department.objects.select_for_update(of=("self",)).get(pk=department.pk)


def _changes(row: Any, **values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put the values on the row; returns what they were and what they became, changed fields only."""
    old = {field: getattr(row, field) for field in values}
    new = {field: value for field, value in values.items() if value != old[field]}
    for field, value in new.items():
        setattr(row, field, value)
    return {field: old[field] for field in new}, new


def _check_parent(organisation: Organisation, parent: Department | None, opened: date) -> None:
    if parent is None:
        return
    if parent.organisation_id != organisation.pk:
        raise RuleViolation(
            "org.parent_elsewhere", "上の部署は同じ団体の部署から選んでください。", field="parent"
        )
    tree = queries.tree_of(organisation, opened)
    if tree.heir(parent.pk) is None:
        raise RuleViolation(
            "org.parent_not_in_force",
            f"上の部署「{parent.name}」は{show_date(opened)}には置かれていません。設置日か上の部署を確かめてください。",
            field="parent",
        )


def _check_open_on(department: Department, next_day: date) -> None:
    if department.closed is not None:
        raise RuleViolation(
            "org.department_closed",
            f"「{department.name}」は{show_date(department.closed)}ですでに終わっています。",
        )
    if next_day <= department.opened:
        raise RuleViolation(
            "org.closes_before_it_opens",
            f"「{department.name}」の設置日（{show_date(department.opened)}）より後の日を入力してください。",
            field="closed",
        )


def _check_successor(department: Department, successor: Department, next_day: date) -> None:
    tree = queries.tree_of(department.organisation, next_day)
    heir = tree.heir(successor.pk) if successor.organisation_id == department.organisation_id else None
    if heir is None or heir.pk == department.pk:
        raise RuleViolation(
            "org.successor_not_in_force",
            f"引き継ぐ部署「{successor.name}」は{show_date(next_day)}には置かれていません。"
            "先に新しい部署を設けるか、別の部署を選んでください。",
            field="successor",
        )


def _check_empty(department: Department, next_day: date) -> None:
    tree = queries.tree_of(department.organisation, next_day)
    left = [below.name for below in tree.below(department.pk)]
    left += [post.title for post in department.posts.filter(queries.open_from(next_day))]
    if left:
        raise RuleViolation(
            "org.department_not_empty",
            f"「{department.name}」には {'、'.join(left[:5])} が残っています。"
            "引き継ぐ部署を選ぶか、先にそれらを廃止してください。",
            field="successor",
        )
