"""Registering a project, its face, its steps, its way from candidate to completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.bpr import words
from kaikaku.bpr.entries import ProjectFields, StepFields
from kaikaku.bpr.models import Project, Step
from kaikaku.bpr.services.guard import held, must_be_theirs, put_on_record, save
from kaikaku.core.bpr import DONE, Stage, advance
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.core.bpr import Work
    from kaikaku.org.models import User

MOST_STEPS = 60


@transaction.atomic
def register_project(*, fields: ProjectFields, by: User | None) -> Project:
    """Put a project on the register as a candidate."""
    must_be_theirs(fields.department, by)
    values = _values(fields)
    project = Project.objects.create(organisation=fields.department.organisation, **values)
    put_on_record(
        "bpr.project.registered",
        project,
        organisation=project.organisation,
        by=by,
        new={name: value for name, value in values.items() if value not in (None, "", [])},
    )
    return project


@transaction.atomic
def revise_project(
    *, project: Project, fields: ProjectFields, version: int | None = None, by: User | None
) -> Project:
    """Change the face of a project."""
    project = held(project, version, by)
    must_be_theirs(fields.department, by)
    save(project, "bpr.project.revised", by=by, **_values(fields))
    return project


def _values(entry: ProjectFields) -> dict[str, Any]:
    values = {one.name: getattr(entry, one.name) for one in fields(entry)}
    values["title"] = entry.title.strip()
    values["summary"] = entry.summary.strip()
    if not values["title"]:
        raise RuleViolation("bpr.title", "名称を入力してください。", field="title")
    unknown = [tool for tool in entry.tools if tool not in words.TOOLS]
    if unknown:
        raise RuleViolation(
            "bpr.tool", f"「{unknown[0]}」という道具はありません。一覧から選んでください。", field="tools"
        )
    for name in ("upkeep", "exceptions", "build", "build_yen", "upkeep_yen"):
        if values[name] is not None and values[name] < 0:
            raise RuleViolation("bpr.negative", "0以上の数を入力してください。", field=name)
    # in the order of the list, whatever order they were ticked in
    values["tools"] = [tool for tool in words.TOOLS if tool in entry.tools]
    return values


@transaction.atomic
def set_steps(
    *, project: Project, steps: Sequence[StepFields], version: int | None = None, by: User | None
) -> Project:
    """Write the steps of the work, before and after, in place of those that stand."""
    project = held(project, version, by)
    if len(steps) > MOST_STEPS:
        raise RuleViolation(
            "bpr.steps", f"手順は{MOST_STEPS}までにしてください。細かい手順は1つにまとめてください。"
        )
    for step in steps:
        if not step.name.strip():
            raise RuleViolation("bpr.step_name", "手順の名前を入力してください。", field="name")
        if step.before is None and step.after is None:
            raise RuleViolation(
                "bpr.step_empty",
                f"「{step.name}」の時間がありません。見直し前か見直し後の時間を入力してください。",
            )
    old = [_told(step) for step in project.steps.all()]
    rows = [_row(project, number, step) for number, step in enumerate(steps)]
    new = [_told(row) for row in rows]
    if old == new:
        return project
    project.steps.all().delete()
    Step.objects.bulk_create(rows)
    project.version += 1
    project.save(update_fields=["version"])
    put_on_record(
        "bpr.project.steps_set",
        project,
        organisation=project.organisation,
        by=by,
        old={"steps": old},
        new={"steps": new},
    )
    return project


def _row(project: Project, position: int, step: StepFields) -> Step:
    return Step(
        project=project,
        position=position,
        name=step.name.strip(),
        lane=step.lane.strip(),
        lane_after=step.lane_after.strip(),
        **_work("before", step.before),
        **_work("after", step.after),
    )


def _work(when: str, work: Work | None) -> dict[str, Any]:
    names = ("minutes", "times", "people")
    known = asdict(work) if work is not None else dict.fromkeys(names)
    return {f"{when}_{name}": known[name] for name in names}


def _told(step: Step) -> dict[str, Any]:
    """A step as the log keeps it; numbers as text, without zeros that only the database adds."""
    told: dict[str, Any] = {"name": step.name, "lane": step.lane, "lane_after": step.lane_after}
    for when in ("before", "after"):
        parts = [getattr(step, f"{when}_{name}") for name in ("minutes", "times", "people")]
        told[when] = None if parts[0] is None else [f"{part.normalize():f}" for part in parts]
    return told


@transaction.atomic
def advance_project(
    *,
    project: Project,
    to: Stage,
    reason: str = "",
    on: date | None = None,
    version: int | None = None,
    by: User | None,
) -> Project:
    """Lead a project to another stage; what leads out or back wants a reason."""
    project = held(project, version, by)
    stage = advance(Stage(project.stage), to, reason=reason)
    day = on or today()
    values: dict[str, Any] = {"stage": stage.value}
    if stage is Stage.STARTED:
        values |= {"was_started": True, "started_on": project.started_on or day, "completed_on": None}
    if stage in DONE and project.completed_on is None:
        values["completed_on"] = day
    if stage is Stage.SELECTED and project.fiscal_year is None:
        values["fiscal_year"] = day.year - (day.month < 4)
    save(project, "bpr.project.advanced", by=by, note=reason.strip(), **values)
    return project


@transaction.atomic
def begin_use(*, project: Project, day: date, version: int | None = None, by: User | None) -> Project:
    """The day from which the new way is in use; effects count from then on."""
    project = held(project, version, by)
    if day > today():
        raise RuleViolation(
            "bpr.day_to_come", "まだ来ていない日です。使い始めてから入力してください。", field="day"
        )
    if not project.was_started:
        raise RuleViolation(
            "bpr.not_started", "着手していない案件です。先に「着手」に進めてください。", field="day"
        )
    if project.retired_on is not None and day > project.retired_on:
        raise RuleViolation("bpr.days", "使い終えた日より前の日を入力してください。", field="day")
    save(project, "bpr.project.begun", by=by, began_on=day)
    return project


@transaction.atomic
def retire(
    *, project: Project, day: date, reason: str, version: int | None = None, by: User | None
) -> Project:
    """The last day of the new way; counting stops with its month."""
    project = held(project, version, by)
    if project.began_on is None or day < project.began_on:
        raise RuleViolation("bpr.not_in_use", "使い始めた日より後の日を入力してください。", field="day")
    if not reason.strip():
        raise RuleViolation("bpr.reason", "使い終えた理由を入力してください。", field="reason")
    save(
        project,
        "bpr.project.retired",
        by=by,
        note=reason.strip(),
        retired_on=day,
        retired_why=reason.strip(),
    )
    return project
