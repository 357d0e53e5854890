"""Projects for the tests of bpr, made through its services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kaikaku.bpr import services
from kaikaku.bpr.entries import Finding, ProjectFields, StepFields
from kaikaku.bpr.models import Measurement, Project
from kaikaku.core.bpr import Stage, Work
from tests.cast import Cast

BEGAN = date(2025, 4, 1)


def work(minutes: int, times: int, people: int = 1) -> Work:
    return Work(Decimal(minutes), Decimal(times), Decimal(people))


TYPING = StepFields("データの入力", "担当", "RPA", before=work(60, 240), after=work(6, 240))
CHECKING = StepFields("結果の確認", "担当", after=work(5, 240))


def candidate(cast: Cast, title: str = "財務システムへの入力業務", **more: Any) -> Project:
    """A candidate of 税務課."""
    more.setdefault("department", cast.zeimu)
    return services.register_project(fields=ProjectFields(title=title, **more), by=more.pop("by", None))


def started(cast: Cast, title: str = "財務システムへの入力業務", **more: Any) -> Project:
    """A project that is under way, its steps written."""
    project = candidate(cast, title, **more)
    services.set_steps(project=project, steps=[TYPING, CHECKING], by=None)
    for stage in (Stage.SELECTED, Stage.STARTED):
        project = services.advance_project(project=project, to=stage, on=date(2024, 10, 1), by=None)
    return project


def in_use(cast: Cast, title: str = "財務システムへの入力業務", **more: Any) -> Project:
    """A project in use since BEGAN, its effect measured by 佐藤 and verified by 鈴木."""
    project = services.begin_use(project=started(cast, title, **more), day=BEGAN, by=None)
    measured(cast, project)
    project.refresh_from_db()
    return project


def measured(cast: Cast, project: Project, *, verified: bool = True, **more: Any) -> Measurement:
    """What was found when it began; by the steps, unless `minutes` says otherwise."""
    finding = Finding(
        **{"occasion": "first", "method": "estimated", "counted_from": project.began_on or BEGAN} | more
    )
    found = services.enter_measurement(project=project, finding=finding, by=cast.sato)
    return services.verify_measurement(measurement=found, by=cast.suzuki) if verified else found
