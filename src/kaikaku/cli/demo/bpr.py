"""The register of re-engineered work: what 青森県 has published, and an invented one of みほん県."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps

from kaikaku.core.bpr import Stage, Work
from kaikaku.org import queries as org
from kaikaku.org.roles import Role
from kaikaku.sources import queries as sources
from kaikaku.sources import services as citing

if TYPE_CHECKING:
    from kaikaku.bpr.models import Project
    from kaikaku.cli.demo.clock import Story
    from kaikaku.org.models import Department, Organisation, User
    from kaikaku.sources.models import Citation, SourceDocument

TABLE = Path(__file__).resolve().parents[2] / "samples" / "mihon_bpr.tsv"
# the way to each stage, one step at a time
WAY = {
    "candidate": (),
    "selected": (Stage.SELECTED,),
    "analysing": (Stage.SELECTED, Stage.ANALYSING),
    "suspended": (Stage.SELECTED, Stage.SUSPENDED),
    "started": (Stage.SELECTED, Stage.STARTED),
    "completed": (Stage.SELECTED, Stage.STARTED, Stage.COMPLETED),
    "monitoring": (Stage.SELECTED, Stage.STARTED, Stage.COMPLETED, Stage.MONITORING),
}
HOURLY_YEN, HOUR = Decimal(2900), 60
# 青森県: title as printed, tools, where it stands
AOMORI = (
    ("県税の軽減・減免事務", (), "completed"),
    ("財務オンラインシステム入力業務", ("rpa",), "completed"),
    ("会計年度任用職員採用試験申請処理事務", ("ai_ocr",), "completed"),
    ("電話問合せ対応業務", ("chatbot",), "completed"),
    ("集中管理公用車の運転日誌等管理業務", ("rpa",), "started"),
    ("森林クラウドの構築による事務の効率化", ("cloud_system",), "started"),
    ("電子決裁機能付き文書管理システムの導入", ("e_approval",), "selected"),
    ("環境法令に基づく立入調査業務", ("no_code",), "selected"),
    ("財務会計オンラインシステム再構築", (), "selected"),
)


def installed() -> bool:
    """Whether this government keeps the register."""
    return apps.is_installed("kaikaku.bpr")


def add_aomori(user: User) -> None:
    """The page of 青森県's outline: its totals, and the nine projects that it names, each with its line."""
    if not installed():
        return
    from kaikaku.bpr import services
    from kaikaku.bpr.entries import ProjectFields, Total

    organisation = org.organisation_of(user)
    document = sources.documents_for(user)[0]
    services.publish_total(
        organisation=organisation,
        total=Total(
            first_year=2019,
            last_year=2022,
            started=51,
            completed=42,
            hours=Decimal(16843),
            by_tool={"rpa": 16, "ai_ocr": 7, "other": 5},
            note="重複して活用した業務があります。",
            citation=_cited(document, "着手件数"),
        ),
        by=user,
    )
    department = org.departments_of(user)[0]
    for title, tools, stage in AOMORI:
        citation = _cited(document, title)
        # a row of the document's table: name, what was done, tool
        cells = citation.quote.split("\t")
        fields = ProjectFields(
            department=department,
            title=title,
            summary=cells[1] if len(cells) > 1 else "",
            tools=tools,
            citation=citation,
        )
        _lead_on(services.register_project(fields=fields, by=user), stage, date(2023, 3, 31), user)


def _cited(document: SourceDocument, words: str) -> Citation:
    lines = document.text_lines
    number = next(n for n, line in enumerate(lines, 1) if words in line)
    return citing.cite(document=document, spot=citing.Spot(number, lines[number - 1].strip()))


@dataclass(slots=True)
class Row:
    """A project of みほん県 with its steps: (name, lane, lane after, before, after)."""

    section: str
    title: str
    summary: str
    tools: tuple[str, ...]
    stage: str
    selected: int | None
    began: date | None
    build: Decimal
    steps: list[tuple[str, str, str, str, str]] = field(default_factory=list)


def rows() -> Iterator[Row]:
    """The projects of the table; a line without a title is another step of the one above."""
    found: list[Row] = []
    with TABLE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            if line["title"]:
                found.append(
                    Row(
                        line["section"],
                        line["title"],
                        line["summary"],
                        tuple(line["tools"].split()),
                        line["stage"],
                        int(line["selected"]) if line["selected"] else None,
                        date.fromisoformat(line["began"]) if line["began"] else None,
                        Decimal(line["build"] or 0) * HOUR,
                    )
                )
            found[-1].steps.append(
                (line["step"], line["lane"], line["lane_after"], line["before"], line["after"])
            )
    yield from found


def work(text: str) -> Work | None:
    """「2*9600*1」: minutes, times a year, people; 「-」 is no such step."""
    return None if text == "-" else Work(*map(Decimal, text.split("*")))


def tell(organisation: Organisation, office: User, story: Story, *, day: date) -> None:
    """The register of みほん県, each project registered, led on and measured on its days."""
    if not installed():
        return
    from kaikaku.bpr import services

    registered = date(day.year, day.month, 1)

    def keep() -> None:
        services.set_policy(
            organisation=organisation,
            hours_of_a_person=Decimal(1860),
            hourly_yen=HOURLY_YEN,
            by=office,
        )
        tree = org.tree_of(organisation)
        by_name = {b.department.name: b.department for top in tree.branches() for b in top.walk()}
        for row in rows():
            _keep(row, by_name[row.section], office, day)

    story.on(registered, keep, hour=15)


def _keep(row: Row, department: Department, office: User, day: date) -> None:
    from kaikaku.bpr import services
    from kaikaku.bpr.entries import Finding, ProjectFields, StepFields

    clerk = org.holders_of([department.pk], Role.CLERK).first() or office
    chief = org.holders_of([department.pk], Role.CHIEF).first() or office
    fields = ProjectFields(
        department=department,
        title=row.title,
        summary=row.summary,
        tools=row.tools,
        fiscal_year=row.selected,
        build=row.build,
    )
    project = services.register_project(fields=fields, by=clerk)
    steps = [
        StepFields(name, lane, after_lane, before=work(before), after=work(after))
        for name, lane, after_lane, before, after in row.steps
    ]
    services.set_steps(project=project, steps=steps, by=clerk)
    selected = date(row.selected or day.year, 6, 1)
    project = _lead_on(project, row.stage, row.began or min(selected, day), clerk)
    if row.began is None or row.began > day:
        return
    project = services.begin_use(project=project, day=row.began, by=clerk)
    finding = Finding(
        occasion="first",
        method="sampled",
        counted_from=row.began,
        measured_from=row.began,
        sample=50,
        note="50件の処理時間を測り、年間の件数を掛けました。",
    )
    found = services.enter_measurement(project=project, finding=finding, by=clerk)
    if row.stage != "started":
        services.verify_measurement(measurement=found, by=chief)


def _lead_on(project: Project, stage: str, day: date, by: User) -> Project:
    from kaikaku.bpr import services

    for step in WAY[stage]:
        reason = "関係するシステムの更新を待つため" if step is Stage.SUSPENDED else ""
        project = services.advance_project(project=project, to=step, reason=reason, on=day, by=by)
    return project
