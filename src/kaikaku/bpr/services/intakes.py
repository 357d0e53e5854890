"""Workbooks that come back: every cell compared with what stands, shown, then taken in whole or dropped.

A project with a cell that cannot be taken in is left as it is, whole; the others go in together or not at
all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.bpr import queries
from kaikaku.bpr.entries import ProjectFields
from kaikaku.bpr.models import Intake, Project
from kaikaku.bpr.services.comparing import CellIn, Comparison, merged_steps, read_cell
from kaikaku.bpr.services.guard import put_on_record
from kaikaku.bpr.services.projects import register_project, revise_project, set_steps
from kaikaku.bpr.workbook import (
    COLUMNS,
    HEADS,
)
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import department_for
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.rows import rows_of_excel

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


@transaction.atomic
def receive_workbook(*, organisation: Organisation, name: str, data: bytes, by: User) -> Intake:
    """Read a workbook and keep what its cells would change. Nothing is changed yet."""
    if by.organisation_id != organisation.pk:
        raise RuleViolation("foreign_organisation", "自分の団体の台帳に送ってください。")
    try:
        rows = rows_of_excel(data, name, heads=HEADS)
    except Unreadable as refused:
        raise RuleViolation(refused.code, refused.message, field="file") from refused
    cells = Comparison(organisation, by).cells(rows)
    return Intake.objects.create(
        organisation=organisation, uploaded_by=by, file_name=name[:255], cells=[asdict(one) for one in cells]
    )


@transaction.atomic
def take_intake(*, intake: Intake, by: User) -> int:
    """Take in every project without a trouble, each by the service that a form would use; how many cells.

    Where one has been changed since, nothing at all is taken in.
    """
    held = _waiting(intake, by)
    cells = [CellIn(**raw) for raw in held.cells]
    bad = {one.group for one in cells if one.error}
    groups: dict[str, list[CellIn]] = defaultdict(list)
    for one in cells:
        if one.group not in bad:
            groups[one.group].append(one)
    for found in groups.values():
        try:
            _take(found, by)
        except RuleViolation as refused:
            raise RuleViolation(
                refused.code, f"取り込めませんでした。「{found[0].title}」：{refused.message}"
            ) from refused
    taken = sum(map(len, groups.values()))
    held.settled_at, held.taken = timezone.now(), True
    held.save(update_fields=["settled_at", "taken"])
    put_on_record(
        "bpr.intake.taken",
        held,
        organisation=held.organisation,
        by=by,
        new={"file_name": held.file_name},
        note=f"{len(groups)}件の案件の{taken}か所",
    )
    return taken


@transaction.atomic
def drop_intake(*, intake: Intake, by: User) -> None:
    """Leave everything as it is."""
    held = _waiting(intake, by)
    held.settled_at = timezone.now()
    held.save(update_fields=["settled_at"])


def _waiting(intake: Intake, by: User) -> Intake:
    held = queries.lock_intake(intake)
    if by.pk != held.uploaded_by_id and not queries.is_office(by, held.organisation):
        raise RuleViolation("bpr.not_theirs", "このExcelを取り込めるのは、送った本人と事務局です。")
    if held.settled_at is not None:
        raise RuleViolation(
            "bpr.intake_settled", "このExcelは、もう処理されています。一覧で結果を確かめてください。"
        )
    return held


def _take(cells: list[CellIn], by: User) -> None:
    first = cells[0]
    face = {one.code: read_cell(one) for one in cells if not one.order}
    steps: dict[int, dict[str, Any]] = defaultdict(dict)
    for one in cells:
        if one.order:
            steps[one.order][one.code] = read_cell(one)
    if first.project is None:
        project = register_project(fields=_face(None, face, by), by=by)
    else:
        project = queries.project_for(by, first.project)
        if first.version != project.version:
            raise RuleViolation(
                "bpr.changed_since",
                "確かめている間に、ほかの人がこの案件を変更しました。新しいExcelで送ってください。",
            )
        if face:
            fields = _face(project, face, by)
            project = revise_project(project=project, fields=fields, version=first.version, by=by)
    if steps:
        set_steps(project=project, steps=merged_steps(project, steps), version=project.version, by=by)


def _face(project: Project | None, changed: Mapping[str, Any], by: User) -> ProjectFields:
    """The face of a project with what changed; of a new one with that alone."""
    kept: dict[str, Any] = {"title": ""}
    if project is not None:
        names = [column.code for column in COLUMNS if column.read is not None]
        names += ["department", "origin_url", "citation"]
        kept = {name: getattr(project, name) for name in names}
    values = {**kept, **changed}
    if "department" in changed:
        values["department"] = department_for(by, changed["department"])
    if "department" not in values:
        raise RuleViolation("bpr.department", "所属を書いてください。", field="department")
    return ProjectFields(**{**values, "tools": tuple(values.get("tools", ()))})
