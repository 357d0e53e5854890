"""Ideas in the demo: the living campaign of みほん県; that of Yamaguchi stands in `ideas_yamaguchi`."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.apps import apps

from kaikaku.cli.demo.clock import workday
from kaikaku.cli.demo.ideas_told import (
    ANNOUNCED,
    BEGUN,
    BUDGETS,
    CASES,
    CLOSED,
    DONE,
    EVALUATED,
    IN_WINTER,
    ISSUED,
    NEEDS,
    OFFERED,
    OPENED,
    OWNERS,
    REALISED,
    SORTED,
    TABLE,
    TAKEN_OVER,
    TITLES,
    TOLD,
    WINTER,
    WINTER_LASTS,
)
from kaikaku.cli.demo.parts import indicators_of, sections_of
from kaikaku.org import queries as org
from kaikaku.ui.linking import linkable_for

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.cli.demo.next_edition import Editions
    from kaikaku.ideas.entries import TriageFields
    from kaikaku.ideas.models import Campaign, Idea, Realisation
    from kaikaku.org.models import Department, User


def installed() -> bool:
    """Whether this government asks for ideas."""
    return apps.is_installed("kaikaku.ideas")


def tell(editions: Editions, crew: Crew, story: Story, *, day: date) -> None:
    """The campaign of みほん県, from its announcement to the first casebook."""
    if not installed():
        return
    autumn = Autumn(editions, crew, day)
    for before, hour, scene in autumn.scenes():
        story.on(day - timedelta(days=before), scene, hour=hour)


@dataclass(slots=True)
class Autumn:
    """One campaign, told for the days before the demo's."""

    editions: Editions
    crew: Crew
    day: date
    rows: list[dict[str, str]] = field(default_factory=list)
    ideas: dict[int, Idea] = field(default_factory=dict)
    made: list[Realisation] = field(default_factory=list)
    _campaign: Campaign | None = None
    _winter: Campaign | None = None

    @property
    def campaign(self) -> Campaign:
        assert self._campaign is not None  # told before it was announced
        return self._campaign

    @property
    def winter(self) -> Campaign:
        assert self._winter is not None  # told before it was announced
        return self._winter

    @property
    def office(self) -> User:
        return self.crew["jimukyoku"]

    def scenes(self) -> list[tuple[int, int, Callable[[], object]]]:
        """(days before, hour, what happens)."""
        with TABLE.open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file, delimiter="\t"))
        step = (OPENED - CLOSED) / len(self.rows)
        found: list[tuple[int, int, Callable[[], object]]] = [(ANNOUNCED, 9, self.announce)]
        for n, row in enumerate(self.rows):
            found.append((OPENED - 1 - int(n * step), 12, lambda row=row: self.send(row)))  # type: ignore[misc]
        return [
            *found,
            (CLOSED - 3, 9, self.close),
            (SORTED, 14, self.sort),
            (SORTED - 1, 10, self.evaluate),
            (BEGUN, 10, self.begin),
            (DONE, 10, self.realise),
            (TOLD, 16, self.answer),
            (OFFERED, 10, self.offer),
            (ISSUED, 15, self.issue),
            (WINTER, 9, self.announce_winter),
            (WINTER - 1, 16, self.send_in_winter),
        ]

    def _who(self, section: str, title: str) -> User:
        """The holder of a post of a section."""
        [department] = [
            d
            for d in org.departments_for(self.office).by_pk.values()
            if d.name == section and d.closed is None
        ]
        posts = org.posts_for(self.office, department)
        return next(h.user for post in posts if post.title == title for h in post.holdings.all())

    def _section(self, name: str) -> Department:
        rows = org.departments_for(self.office).by_pk.values()
        return next(one for one in rows if one.name == name and one.closed is None)

    def announce(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.axes import YAMAGUCHI
        from kaikaku.ideas.entries import CampaignFields, MilestoneFields

        fields = CampaignFields(
            title="令和8年度 働き方改革の提案募集",
            theme="10年後も働き続けたい県庁にするために、いま変えること",
            opens_on=workday(self.day - timedelta(days=OPENED)),
            closes_on=self.day - timedelta(days=CLOSED),
            rules="1件に1つの提案を書いてください。だれが提案したかは、検討する人に知らせません。",
            policy="すべての提案を検討します。\nできるものから今年度に実現し、準備の要るものは今年度に着手します。\n"
            "そのほかは、時期と予算を整理して来年度以降に実現をめざします。",
            list_note="提案の一部の実現を含みます。",
            axes=YAMAGUCHI,
            edition=self.editions.current,
        )
        campaign = services.plan_campaign(
            organisation=org.organisation_of(self.office), fields=fields, by=self.office
        )
        self._campaign = services.announce_campaign(campaign=campaign, by=self.office)
        for before, title in (
            (OPENED, "募集の開始"),
            (CLOSED, "募集の締切"),
            (DONE, "実現の第1弾を発表"),
            (-30, "知事と若手職員の意見交換"),
            (-90, "実践事例集の公表"),
        ):
            when = self.day - timedelta(days=before)
            services.add_milestone(
                campaign=campaign, fields=MilestoneFields(title, when, when), by=self.office
            )

    def announce_winter(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.axes import YAMAGUCHI
        from kaikaku.ideas.entries import CampaignFields

        fields = CampaignFields(
            title="令和8年度 窓口サービスの提案募集",
            theme="来なくても、待たなくても済む県庁にするために",
            opens_on=org.today(),
            closes_on=org.today() + timedelta(days=WINTER_LASTS),
            rules="1件に1つの提案を書いてください。だれが提案したかは、検討する人に知らせません。",
            axes=YAMAGUCHI,
        )
        planned = services.plan_campaign(
            organisation=org.organisation_of(self.office), fields=fields, by=self.office
        )
        self._winter = services.announce_campaign(campaign=planned, by=self.office)

    def send_in_winter(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import IdeaFields

        for number, (section, title, heading, problem, proposal) in enumerate(IN_WINTER, 1):
            fields = IdeaFields(heading, proposal, problem, may_publish=True)
            author = self._who(section, title)
            draft = services.start_draft(campaign=self.winter, fields=fields, by=author)
            if number < len(IN_WINTER):
                services.send_idea(idea=draft, fields=fields, by=author)

    def send(self, row: Mapping[str, str]) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import IdeaFields

        values = {key: row[key] for key in ("digital", "category", "cost", "grade")}
        texts = {name: row[name] for name in ("title", "problem", "proposal", "effect")}
        fields = IdeaFields(**texts, values=values, may_publish=row["may_publish"] == "1")
        author = self._who(row["section"], TITLES[row["grade"]])
        draft = services.start_draft(campaign=self.campaign, fields=fields, by=author)
        number = int(row["number"])
        self.ideas[number] = services.send_idea(idea=draft, fields=fields, by=author)
        if row["may_publish"] == "1" and number % 3 == 1:
            for section in ("税務課", "健康課", "道路課", "人事課")[: 1 + number % 4]:
                reader = self._who(section, "係長")
                if reader != author:
                    services.like(idea=self.ideas[number], by=reader)

    def close(self) -> None:
        from kaikaku.ideas import services

        services.close_campaign(campaign=self.campaign, by=self.office)
        services.comment(
            idea=self.ideas[12], text="うちの事務所でも行いたいです。", by=self._who("農村整備課", "主査")
        )
        services.comment(
            idea=self.ideas[8], text="例文の集まりもあると助かります。", by=self._who("企画課", "主事")
        )

    def sort(self) -> None:
        """Themes, labels, tracks: each theme at once, as an office would."""
        from kaikaku.ideas import services
        from kaikaku.ideas.queries import labels_of

        themes: dict[str, list[Idea]] = defaultdict(list)
        tracks: dict[TriageFields, list[Idea]] = defaultdict(list)
        labels = {label.code: label for label in labels_of(self.campaign)}
        for row in self.rows:
            number = int(row["number"])
            idea = self.ideas[number]
            if row["theme"]:
                themes[row["theme"]].append(idea)
            if row["labels"]:
                services.label_ideas(ideas=[idea], add=[labels[row["labels"]]], by=self.office)
            fields = self._fields(number, row["fate"])
            if fields is not None:
                tracks[fields].append(idea)
        for title, ideas in themes.items():
            theme = services.make_theme(campaign=self.campaign, title=title, by=self.office)
            services.put_in_theme(ideas=ideas, theme=theme, by=self.office)
        for fields, ideas in tracks.items():
            services.decide(ideas=ideas, fields=fields, by=self.office)

    def _fields(self, number: int, fate: str) -> TriageFields | None:
        from kaikaku.ideas.entries import TriageFields

        if fate == "realised":
            return TriageFields("realise_now", reason="人も費用もかけずに、すぐできます。")
        if fate in ("start_now", "in_progress"):
            return TriageFields("start_now", need=NEEDS[number])
        if fate.startswith("later"):
            return TriageFields(fate, budget_step=BUDGETS[number])
        if fate == "delegated":
            return TriageFields("delegated", department=self._section(OWNERS[number]))
        return None

    def evaluate(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import EvaluationFields

        due = self.day + timedelta(days=7)
        for number, who, feasibility, benefit, text in EVALUATED:
            idea, person = self.ideas[number], self.crew[who]
            services.ask_evaluators(ideas=[idea], evaluators=[person], due=due, by=self.office)
            if feasibility:
                [asked] = [e for e in idea.evaluations.all() if e.evaluator == person]
                services.evaluate(
                    evaluation=asked, fields=EvaluationFields(feasibility, benefit, text), by=person
                )
        services.write_note(
            idea=self.ideas[11], text="情報の担当と話しました。試行の人数は20人まで。", by=self.office
        )

    def begin(self) -> None:
        from kaikaku.ideas import services

        begun = [self.ideas[int(row["number"])] for row in self.rows if row["fate"] == "in_progress"]
        services.start(ideas=begun, by=self.office)

    def realise(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import ListedFields, RealisationFields, TrailFields

        indicators = indicators_of(self.editions.current)
        projects = {one.label: one for one in linkable_for(self.office)}
        sections = sections_of(self.editions.current)
        for one in REALISED:
            fields = RealisationFields(
                one.title, realised_on=org.today(), department=self._section(one.section)
            )
            made = services.record_realisation(campaign=self.campaign, fields=fields, by=self.office)
            self.made.append(made)
            services.fulfil(
                ideas=[self.ideas[number] for number in one.ideas],
                realisation=made,
                extent="partial" if one.rest else "full",
                rest=one.rest,
                by=self.office,
            )
            listed = ListedFields(one.category, one.heading)
            services.list_realisation(realisation=made, fields=listed, by=self.office)
            if one.indicator:
                trail = TrailFields(indicator=indicators[one.indicator])
                services.add_trail(realisation=made, fields=trail, by=self.office)
            if one.project in projects:
                project = projects[one.project]
                trail = TrailFields(label=project.label, key=project.key, url=project.url)
                services.add_trail(realisation=made, fields=trail, by=self.office)
        again = ListedFields("業務改善", "会議の持ち方の改善", cross_listed=True)
        services.list_realisation(realisation=self.made[0], fields=again, by=self.office)
        if "業務プロセスの見直し" in sections:
            trail = TrailFields(section=sections["業務プロセスの見直し"])
            services.add_trail(realisation=self.made[6], fields=trail, by=self.office)

    def answer(self) -> None:
        from kaikaku.ideas import services

        for row in self.rows:
            idea = self.ideas[int(row["number"])]
            if row["fate"] == "declined":
                services.decline(ideas=[idea], reason=row["answer"], by=self.office)
            elif row["answer"]:
                services.answer(ideas=[idea], text=row["answer"], by=self.office)

    def offer(self) -> None:
        from kaikaku.ideas import services

        for which in {number for number, *_ in TAKEN_OVER}:
            asked = [self._section(name) for number, name, *_ in TAKEN_OVER if number == which]
            services.offer(
                realisation=self.made[which],
                departments=asked,
                due=self.day + timedelta(days=10),
                by=self.office,
            )
        for number, name, outcome, reason in TAKEN_OVER:
            if outcome != "offered":
                [row] = [r for r in self.made[number].rollouts.all() if r.department.name == name]
                chief = self._who(name, "課長")
                services.answer_rollout(rollout=row, outcome=outcome, reason=reason, by=chief)

    def issue(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import CaseFields

        book = services.make_casebook(
            campaign=self.campaign,
            title="新しい働き方 実践事例集（第1集）",
            introduction="職員の提案から生まれた取組を、どの所属でもまねできるようにまとめました。\n"
            "やってみて変えたところがあれば、行政改革課へお知らせください。",
            by=self.office,
        )
        for which, (before, after, steps, effect) in CASES.items():
            one, made = REALISED[which], self.made[which]
            fields = CaseFields(
                category=one.category,
                title=one.heading,
                summary=made.title,
                before=before,
                after=after,
                steps=steps,
                effect=effect,
                department=made.department,
                realisation=made,
            )
            services.add_case(casebook=book, fields=fields, by=self.office)
        services.issue_casebook(casebook=book, by=self.office)
