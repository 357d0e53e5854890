"""One of two people who act on a project at the same moment, as a process of its own (see test_at_once).

python -m tests.bpr.at_once ACT USERNAME [VERSION]    (prepare: the database; tell: what stands there)
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.racing import run


def act(name: str, username: str, version: int = 0) -> str:
    """Do it; "done", or the code of the refusal."""
    from kaikaku.bpr import services
    from kaikaku.bpr.entries import Finding, ProjectFields
    from kaikaku.bpr.models import Intake, Project
    from kaikaku.core.bpr import Stage
    from kaikaku.core.errors import RuleViolation
    from kaikaku.org.models import User
    from tests.bpr.register import BEGAN

    project, by = Project.objects.get(title="測る業務"), User.objects.get(username=username)
    waiting = project.measurements.get(occasion="first")
    finding = Finding(occasion="after_3", method="estimated", counted_from=BEGAN)
    fields = ProjectFields(department=project.department, title="測る業務", summary=f"{by.name}の文")
    acts: dict[str, Callable[[], object]] = {
        "verify": lambda: services.verify_measurement(measurement=waiting, by=by),
        "withdraw": lambda: services.withdraw_measurement(measurement=waiting, reason="測り直す", by=by),
        "measure": lambda: services.enter_measurement(project=project, finding=finding, by=by),
        "advance": lambda: services.advance_project(project=project, to=Stage.COMPLETED, by=by),
        "revise": lambda: services.revise_project(project=project, fields=fields, version=version, by=by),
        "take": lambda: services.take_intake(intake=Intake.objects.get(), by=by),
    }
    try:
        acts[name]()
    except RuleViolation as refused:
        return refused.code
    return "done"


def people() -> int:
    """A project of 税務課 in use, with a finding by 佐藤 that waits, and a workbook of hers. Its version."""
    from kaikaku.bpr import services
    from tests.bpr import books, register
    from tests.cast import make_cast

    cast = make_cast()
    project = register.started(cast, "測る業務")
    project = services.begin_use(project=project, day=register.BEGAN, by=None)
    register.measured(cast, project, verified=False)
    register.candidate(cast, "Excelの業務")
    books.received(cast.sato, {("案件", 3, "取組内容"): "Excelの文", ("案件", 4, "案件番号"): "新1"} | _new())
    return project.version


def _new() -> dict[tuple[str, int, str], str]:
    return {("案件", 4, "所属"): "税務課", ("案件", 4, "名称"): "Excelからの業務"}


def tell() -> dict[str, object]:
    """How it stands: what was verified and how often it is on record, findings, stage, words, rows."""
    from kaikaku.audit.models import Entry
    from kaikaku.audit.services import verify
    from kaikaku.bpr import queries
    from kaikaku.bpr.models import Project

    project = Project.objects.get(title="測る業務")
    [facts] = queries.facts_of(Project.objects.filter(pk=project.pk))
    actions = list(Entry.objects.values_list("action", flat=True))
    return {
        "counts": len(facts.in_use.measured),
        "verified": actions.count("bpr.measurement.verified"),
        "measured": actions.count("bpr.measurement.entered"),
        "advanced": actions.count("bpr.project.advanced"),
        "stage": project.stage,
        "summary": project.summary,
        "titles": sorted(Project.objects.values_list("title", flat=True)),
        "breaks": len(verify()),
    }


if __name__ == "__main__":
    run(sys.argv[1:], prepare=people, tell=tell, act=act)
