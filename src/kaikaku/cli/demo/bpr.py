"""The register of re-engineered work: what 青森県 has published, and an invented one of みほん県."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps

from kaikaku.core.bpr import DONE, Stage, Work
from kaikaku.org import queries as org
from kaikaku.org.roles import Role
from kaikaku.sources import queries as sources
from kaikaku.sources import services as citing

if TYPE_CHECKING:
    from kaikaku.bpr.models import Project
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.org.models import User
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
# みほん県 took its register over on this day, before it asked for the results of 令和7年度
REGISTERED, BROUGHT_UP_TO, LATER = date(2026, 4, 3), date(2026, 10, 1), 2026
TAKES = timedelta(days=150)  # to complete what has no day of its own
MINUTES_OF_MEETINGS, NOT_RECORDED = "会議録の作成業務", Decimal(3600)
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
        _lead_on(services.register_project(fields=fields, by=user), WAY[stage], date(2023, 3, 31), user)


def tell_total(user: User, words: str, *, first_year: int, last_year: int, hours: Decimal | None) -> None:
    """The hours that a plan says were saved in these years, with its line."""
    from kaikaku.bpr import services
    from kaikaku.bpr.entries import Total

    total = Total(first_year=first_year, last_year=last_year, hours=hours, citation=cited(user, words))
    services.publish_total(organisation=org.organisation_of(user), total=total, by=user)


def cited(user: User, words: str) -> Citation:
    """The first line with these words of the document that the government's plan was read from."""
    return _cited(sources.documents_for(user)[0], words)


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
    started: date | None
    began: date | None
    build: Decimal
    steps: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    @property
    def begun(self) -> date:
        """The day on which it was selected or started; one that was never selected is of this year."""
        return self.started or self.began or date(self.selected or LATER, 6, 1)

    @property
    def done(self) -> date:
        """The day on which it was completed: when it came into use."""
        return self.began or self.begun + TAKES


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
                        _day(line["started"]),
                        _day(line["began"]),
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


def tell_last_year(crew: Crew, story: Story) -> None:
    """The register as it was taken over when 令和7年度 ended, for the figures of that year to be counted."""
    if installed():
        story.on(REGISTERED, Register(crew["jimukyoku"]).take_over, hour=15)


def tell(crew: Crew, story: Story) -> None:
    """What came to the register since, all of it before the first day on which the demo can be met."""
    if installed():
        story.on(BROUGHT_UP_TO, lambda: Register(crew["jimukyoku"]).go_on(BROUGHT_UP_TO), hour=15)


class Register:
    """The register of みほん県, each project led on and measured on its days."""

    def __init__(self, office: User) -> None:
        self.office, self.organisation = office, org.organisation_of(office)
        tree = org.tree_of(self.organisation)
        self._sections = {b.department.name: b.department for top in tree.branches() for b in top.walk()}

    def take_over(self) -> None:
        from kaikaku.bpr import services

        services.set_policy(
            organisation=self.organisation,
            hours_of_a_person=Decimal(1860),
            hourly_yen=HOURLY_YEN,
            by=self.office,
        )
        for row in rows():
            if row.begun <= REGISTERED:
                project = self._register(row)
                # what is completed after this day is completed then
                stage = "started" if row.began and row.began > REGISTERED else row.stage
                self._use(row, self._lead(row, project, WAY[stage], REGISTERED), REGISTERED)

    def go_on(self, day: date) -> None:
        from kaikaku.bpr import queries

        known = {project.title: project for project in queries.projects_for(self.office)}
        for row in rows():
            if row.begun > REGISTERED:
                self._use(row, self._lead(row, self._register(row), WAY[row.stage], day), day)
            elif row.began and row.began > REGISTERED:
                rest = WAY[row.stage][len(WAY["started"]) :]
                self._use(row, self._lead(row, known[row.title], rest, day), day)

    def _lead(self, row: Row, project: Project, way: Iterable[Stage], day: date) -> Project:
        """Along its way, each stage on its own day as far as that has come."""
        for step in way:
            on = min(row.done if step in DONE else row.begun, day)
            project = _lead_on(project, [step], on, self._clerk(row))
        return project

    def count_again(self) -> None:
        """The meetings of 会議録 that are not recorded had been counted, too."""
        from kaikaku.bpr import queries, services
        from kaikaku.bpr.entries import Finding

        [row] = [row for row in rows() if row.title == MINUTES_OF_MEETINGS]
        project = queries.projects_for(self.office).get(title=row.title)
        clerk, [found] = self._clerk(row), project.measurements.filter(occasion="first")
        reason = "録音しない会議を、年間の件数に含めていたため"
        services.withdraw_measurement(measurement=found, reason=reason, by=clerk)
        project.refresh_from_db()
        finding = Finding(
            occasion="first",
            method="sampled",
            counted_from=found.counted_from,
            measured_from=found.counted_from,
            sample=50,
            minutes=found.minutes - NOT_RECORDED,
            note="録音した会議の件数を掛け直しました。",
        )
        again = services.enter_measurement(project=project, finding=finding, by=clerk)
        services.verify_measurement(measurement=again, by=self._of(row, Role.CHIEF))

    def _clerk(self, row: Row) -> User:
        return self._of(row, Role.CLERK)

    def _of(self, row: Row, role: Role) -> User:
        return org.holders_of([self._sections[row.section].pk], role).first() or self.office

    def _register(self, row: Row) -> Project:
        from kaikaku.bpr import services
        from kaikaku.bpr.entries import ProjectFields, StepFields

        clerk = self._clerk(row)
        fields = ProjectFields(
            department=self._sections[row.section],
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
        return project

    def _use(self, row: Row, project: Project, day: date) -> None:
        """The new way in use, its effect measured by the clerk and verified by the chief."""
        from kaikaku.bpr import services
        from kaikaku.bpr.entries import Finding

        if row.began is None or row.began > day:
            return
        clerk = self._clerk(row)
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
            services.verify_measurement(measurement=found, by=self._of(row, Role.CHIEF))


def _lead_on(project: Project, way: Iterable[Stage], day: date, by: User) -> Project:
    from kaikaku.bpr import services

    for step in way:
        reason = "関係するシステムの更新を待つため" if step is Stage.SUSPENDED else ""
        project = services.advance_project(project=project, to=step, reason=reason, on=day, by=by)
    return project


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
