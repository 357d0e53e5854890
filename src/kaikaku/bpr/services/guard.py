"""What every write of this app passes: whose it is, who may, how it is put on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

from kaikaku.audit.services import record
from kaikaku.bpr import queries
from kaikaku.bpr.models import Project
from kaikaku.core.errors import RuleViolation

if TYPE_CHECKING:
    from kaikaku.org.models import Department, Organisation, User


def must_be_theirs(department: Department, by: User | None) -> None:
    """Refuse who neither works in the department nor in the office; pages answer 403 long before."""
    if by is not None and not queries.may_edit(by, department):
        raise RuleViolation(
            "bpr.not_theirs",
            f"この案件を直せるのは、「{department.name}」の担当・所属長と事務局です。",
        )


def held(project: Project, version: int | None, by: User | None) -> Project:
    """The project's row, locked; refused where somebody has changed it since `version` was shown."""
    project = queries.lock(project)
    must_be_theirs(project.department, by)
    if version is not None and version != project.version:
        raise RuleViolation(
            "bpr.changed_since",
            "開いている間に、ほかの人がこの案件を変更しました。画面を読み込み直し、変わったところを確かめてください。",
        )
    return project


def save(project: Project, action: str, *, by: User | None, note: str = "", **values: Any) -> bool:
    """Write the columns that differ, with one entry of the log; nothing where none does."""
    old = {name: getattr(project, name) for name in values}
    changed = [name for name in values if old[name] != values[name]]
    if not changed:
        return False
    for name in changed:
        setattr(project, name, values[name])
    project.version += 1
    project.save(update_fields=[*changed, "version"])
    put_on_record(
        action,
        project,
        organisation=project.organisation,
        by=by,
        old={name: old[name] for name in changed},
        new={name: values[name] for name in changed},
        note=note,
    )
    return True


def put_on_record(
    action: str,
    row: models.Model,
    *,
    organisation: Organisation,
    by: User | None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """One entry of the log; other rows by name and key."""
    record(
        action,
        on=row,
        by=by,
        organisation=organisation,
        old=None if old is None else _plain(old),
        new=None if new is None else _plain(new),
        note=note,
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: f"{value}（#{value.pk}）" if isinstance(value, models.Model) else value
        for name, value in values.items()
    }
