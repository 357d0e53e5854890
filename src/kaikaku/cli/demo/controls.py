"""Internal control in みほん県: the register, the year that is over with its report, the one under way."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps

from kaikaku.cli.demo.clock import workday
from kaikaku.org import queries as org
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.controls.models import Control, ControlYear, Incident, Risk
    from kaikaku.controls.rules import Answer
    from kaikaku.org.models import Department, Organisation, User

TOLD = Path(__file__).resolve().parents[2] / "samples" / "mihon_controls.toml"
LAST, NOW = "2025", "2026"
SINCE = date(2023, 4, 1)  # of the lines that the office kept in a workbook before
TAKEN_OVER, TAKEN_OVER_WRONG = date(2026, 3, 30), date(2026, 4, 2)
SENT_LAST, SENT_NOW = date(2026, 4, 16), date(2026, 10, 19)
# people that a visitor can sign in as go before the other holders of a post
KNOWN = {("税務課", Role.CLERK): "tanto", ("税務課", Role.CHIEF): "shozokucho"}


def installed() -> bool:
    """Whether this government keeps its internal control here."""
    return apps.is_installed("kaikaku.controls")


@cache
def told() -> Mapping[str, Any]:
    return tomllib.loads(TOLD.read_text(encoding="utf-8"))


def tell_last_year(crew: Crew, story: Story) -> None:
    """The register taken over, 令和7年度 evaluated, 令和8年度 begun, what went wrong in spring and summer."""
    if not installed():
        return
    kept = Kept(crew["jimukyoku"])
    kept.register(story)
    for incident in told()["incidents"]:
        if incident["recorded"] < SENT_NOW - timedelta(days=20):
            kept.happen(story, incident)
    kept.open(story, LAST)
    kept.check(story, LAST, first=SENT_LAST, late=date(2026, 5, 19))
    kept.draw(story, LAST)
    kept.report(story)
    kept.open(story, NOW)


def tell(crew: Crew, story: Story) -> None:
    """令和8年度 as far as it has come; all of it before the first day on which the demo can be met."""
    if not installed():
        return
    from kaikaku.controls import queries

    kept = Kept(crew["jimukyoku"])
    kept.years = {str(year.fiscal_year): year for year in queries.years_for(kept.office)}
    for incident in told()["incidents"]:
        if incident["recorded"] >= SENT_NOW - timedelta(days=20):
            kept.happen(story, incident)
    kept.check(story, NOW, first=SENT_NOW)
    kept.draw(story, NOW)


@dataclass(slots=True)
class Kept:
    """What the scenes make, by the words it has in the table."""

    office: User
    years: dict[str, ControlYear] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    _sections: dict[str, Department] = field(default_factory=dict)
    _people: dict[tuple[str, Role], User] = field(default_factory=dict)

    @property
    def organisation(self) -> Organisation:
        return org.organisation_of(self.office)

    def section(self, name: str) -> Department:
        if not self._sections:
            known = org.departments_for(self.office).by_pk.values()
            self._sections = {one.name: one for one in known if one.closed is None}
        return self._sections[name]

    def person(self, section: str, role: Role = Role.CLERK) -> User:
        """Who answers for a section."""
        if (section, role) not in self._people:
            name = KNOWN.get((section, role))
            found = org.user_by_name(name) if name else None
            # posts of a section that was renamed stand under its old name
            known = org.departments_for(self.office).with_predecessors([self.section(section).pk])
            holders = org.holders_of(known, role).order_by("pk")
            self._people[section, role] = found or holders[0]
        return self._people[section, role]

    def controls(self) -> dict[str, Control]:
        """The controls by their words."""
        from kaikaku.controls import queries

        risks = queries.risks_for(self.office).prefetch_related("controls")
        return {control.text: control for risk in risks for control in risk.controls.all()}

    def risk(self, event: str) -> Risk:
        from kaikaku.controls import queries

        return queries.risks_for(self.office).get(event=event)

    # --- the register -----------------------------------------------------------------------------

    def register(self, story: Story) -> None:
        """The lines of the workbook; one is given up later, and one gets a better control."""
        story.on(TAKEN_OVER, self._take_over)
        for line in told()["risks"]:
            if "retired_on" in line:
                story.on(line["retired_on"], partial(self._retire, line))
        story.on(told()["later"]["on"], partial(self._add_control, told()["later"]))

    def _take_over(self) -> None:
        from kaikaku.controls import services
        from kaikaku.controls.entries import RiskFields

        names = RiskFields.__dataclass_fields__
        for line in told()["risks"]:
            values = {name: value for name, value in line.items() if name in names}
            fields = RiskFields(department=self.section(line["section"]), **values)
            risk = services.add_risk(
                organisation=self.organisation, fields=fields, added_on=SINCE, by=self.office
            )
            for control in line.get("controls", ()):
                services.add_control(
                    risk=risk, fields=_control(control), added_on=SINCE, by=self.person(line["section"])
                )

    def _retire(self, line: Mapping[str, Any]) -> None:
        from kaikaku.controls import services

        risk = self.risk(line["event"])
        services.retire_risk(risk=risk, why=line["retired_why"], by=self.person(line["section"], Role.CHIEF))

    def _add_control(self, line: Mapping[str, Any]) -> None:
        from kaikaku.controls import services

        risk = self.risk(line["event"])
        services.add_control(risk=risk, fields=_control(line), by=self.person(line["section"]))

    # --- a year -----------------------------------------------------------------------------------

    def open(self, story: Story, year: str) -> None:
        story.on(told()["years"][year]["opened"], partial(self._open, year))
        for line in told()["years"][year]["wrong"]:
            # the office's own list comes with the year; what happens later is recorded on its day
            story.on(line.get("recorded", TAKEN_OVER_WRONG), partial(self._wrong, line), hour=16)

    def _open(self, year: str) -> None:
        from kaikaku.controls import services
        from kaikaku.controls.entries import YearFields

        line = told()["years"][year]
        fields = YearFields(
            policy=line["policy"], scope=line["scope"], due=line["due"], system=line["system"]
        )
        self.years[year] = services.open_year(
            organisation=self.organisation, fiscal_year=int(year), fields=fields, by=self.office
        )

    def _wrong(self, line: Mapping[str, Any]) -> None:
        from kaikaku.controls import services
        from kaikaku.controls.entries import DeficiencyFields

        names = ("kind", "text", "cause", "remedy", "material", "source")
        fields = DeficiencyFields(
            found_on=line["found"],
            mended_on=line.get("mended"),
            incident=self.incidents[line["incident"]] if "incident" in line else None,
            **{name: line[name] for name in names if name in line},
        )
        services.record_deficiency(control=self.controls()[line["control"]], fields=fields, by=self.office)

    def check(self, story: Story, year: str, *, first: date, late: date | None = None) -> None:
        """Each section on a day of its own; those past the day on `late`, or not at all."""
        line = told()["years"][year]
        for number, section in enumerate(_asked()):
            day = workday(first + timedelta(days=number * 2 % 24))
            if section in line["late"]:
                if late is None:
                    continue
                day = late
            send = section not in line.get("begun", ())
            story.on(day, partial(self._check, year, section, send), hour=13)
        for said in line["said"]:
            self._follow(story, said)

    def _check(self, year: str, section: str, send: bool) -> None:
        from kaikaku.controls import queries, services

        department = self.section(section)
        asked = queries.controls_asked(self.years[year], department=department.pk)
        said = {line["control"]: line for line in told()["years"][year]["said"]}
        answers = {one.pk: _answer(one, said.get(one.text, {}), int(year)) for one in asked}
        if not send:
            answers = dict(list(answers.items())[:1])
        services.self_check(
            year=self.years[year], department=department, answers=answers, send=send, by=self.person(section)
        )

    def _follow(self, story: Story, said: Mapping[str, Any]) -> None:
        """What came of an answer that tells of a deficiency: why it was, and when it was mended."""
        if "explained" in said:
            story.on(said["explained"], partial(self._revise, said, None), hour=15)
        if "mended" in said:
            story.on(said["mended"], partial(self._revise, said, said["mended"]), hour=15)

    def _revise(self, said: Mapping[str, Any], mended: date | None) -> None:
        """The office, told by the section, writes down why it was and what is done."""
        from dataclasses import replace

        from kaikaku.controls import services
        from kaikaku.controls.entries import DeficiencyFields

        [row] = self.controls()[said["control"]].deficiencies.filter(mended_on__isnull=True)
        names = ("kind", "found_on", "text", "material", "source", "incident")
        fields = DeficiencyFields(**{name: getattr(row, name) for name in names})
        fields = replace(fields, cause=said["cause"], remedy=said["remedy"], mended_on=mended)
        services.revise_deficiency(deficiency=row, fields=fields, by=self.office)

    def draw(self, story: Story, year: str) -> None:
        """The sample, and what the office saw of it: all of it in the year that is over."""
        line = told()["years"][year]
        story.on(line["drawn"], partial(self._draw, year), hour=11)
        story.on(line["drawn"] + timedelta(days=1), partial(self._look, year), hour=11)
        for said in line["sampled"]:
            self._follow(story, said)

    def _draw(self, year: str) -> None:
        from kaikaku.controls import services

        services.draw_sample(year=self.years[year], seed=told()["years"][year]["seed"], by=self.office)

    def _look(self, year: str) -> None:
        from kaikaku.controls import queries, services

        said = {line["control"]: line for line in told()["years"][year]["sampled"]}
        for sample in queries.samples_of(self.years[year]):
            words = said.get(sample.control.text)
            if words is not None or year == LAST:
                answer = _answer(sample.control, words or {}, int(year))
                services.check_sample(sample=sample, answer=answer, by=self.office)

    def report(self, story: Story) -> None:
        """The report of the year that is over: settled, given its opinion, brought to the assembly."""
        line = told()["years"][LAST]
        story.on(line["issued"], self._issue)
        for name in ("opinion_on", "assembly_on"):
            story.on(line[name], partial(self._note, line, to_assembly=name == "assembly_on"))

    def _issue(self) -> None:
        from kaikaku.controls import services

        services.issue_report(year=self.years[LAST], by=self.office)

    def _note(self, line: Mapping[str, Any], *, to_assembly: bool) -> None:
        from kaikaku.controls import services
        from kaikaku.controls.entries import OpinionFields

        fields = OpinionFields(
            line["opinion"], line["opinion_on"], line["assembly_on"] if to_assembly else None
        )
        services.note_opinion(year=self.years[LAST], fields=fields, by=self.office)

    # --- what went wrong --------------------------------------------------------------------------

    def happen(self, story: Story, line: Mapping[str, Any]) -> None:
        """An incident, the sections that are asked after it, and what they answer."""
        story.on(line["recorded"], partial(self._record, line))
        story.on(line["asked"], partial(self._ask, line))
        answered = defaultdict(list)
        for asked in line["sections"]:
            if "on" in asked:
                answered[asked["on"]].append(asked)
        for day, them in answered.items():
            story.on(day, partial(self._reply, line, them), hour=14)

    def _record(self, line: Mapping[str, Any]) -> None:
        from kaikaku.controls import queries, services
        from kaikaku.controls.entries import IncidentFields

        names = ("title", "process", "what", "cause", "remedy")
        department = self.section(line["section"])
        fields = IncidentFields(
            department=department, happened_on=line["happened"], **{name: line[name] for name in names}
        )
        risks = queries.risks_for(self.office).filter(department=department, process=line["process"])
        self.incidents[line["title"]] = services.record_incident(
            organisation=self.organisation, fields=fields, risks=list(risks), by=self.person(line["section"])
        )

    def _ask(self, line: Mapping[str, Any]) -> None:
        from kaikaku.controls import services

        services.ask_sections(
            incident=self.incidents[line["title"]],
            departments=[self.section(asked["section"]) for asked in line["sections"]],
            due=line["due"],
            by=self.office,
        )

    def _reply(self, line: Mapping[str, Any], answered: list[Mapping[str, Any]]) -> None:
        from kaikaku.controls import services

        rows = {row.department.name: row for row in self.incidents[line["title"]].rollouts.all()}
        for asked in answered:
            services.answer_rollout(
                rollout=rows[asked["section"]],
                state=asked["state"],
                text=asked["text"],
                by=self.person(asked["section"]),
            )


def _asked() -> list[str]:
    """The sections that have a control, in the order of the register."""
    return list(dict.fromkeys(line["section"] for line in told()["risks"] if "controls" in line))


def _control(line: Mapping[str, Any]) -> Any:
    from kaikaku.controls.entries import ControlFields

    return ControlFields(**{name: line[name] for name in ControlFields.__dataclass_fields__ if name in line})


def _answer(control: Control, said: Mapping[str, Any], year: int) -> Answer:
    """What is said of a control: as the table has it, else that it was done, by its own record."""
    from kaikaku.controls.rules import Answer

    designed = said.get("designed", True)
    if not designed or "not_used" in said:
        return Answer(designed, None, said.get("evidence", ""), said.get("not_used", ""))
    seen = said.get("evidence", f"{control.evidence}（令和{year - 2018}年度）")
    return Answer(designed=True, operated=said.get("operated", True), evidence=seen)
