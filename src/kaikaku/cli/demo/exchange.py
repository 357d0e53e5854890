"""Help between sections: what 宮城県 and 山形県 have published, and the living data of みほん県."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.apps import apps

from kaikaku.cli.demo import exchange_told as told
from kaikaku.cli.demo.clock import workday
from kaikaku.cli.demo.exchange_steps import Finished, Sections, Who
from kaikaku.org import queries as org
from kaikaku.sources import queries as sources
from kaikaku.sources import services as citing

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.exchange.models import Assignment, Request
    from kaikaku.org.models import Organisation, User
    from kaikaku.sources.models import Citation

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
YEAR_OF_YAMAGATA = 2022


def installed() -> bool:
    """Whether sections help each other out here."""
    return apps.is_installed("kaikaku.exchange")


def add_miyagi(user: User) -> None:
    """宮城県 tells that more pieces of work were helped by fewer people; neither numbers nor the year."""
    if not installed():
        return
    from kaikaku.exchange import services
    from kaikaku.exchange.entries import Told

    services.publish_total(
        organisation=org.organisation_of(user),
        told=Told(
            scheme="side_job",
            citation=_cited(user, "支援した事業は増えたが、参加者は減った"),
            projects_change="up",
            participants_change="down",
            note="令和8年度のプランの記述です。数と年度は書かれていません。",
        ),
        by=user,
    )


def add_yamagata(user: User) -> None:
    """山形県: 27 people in the first year of ジョブチャレンジ."""
    if not installed():
        return
    from kaikaku.exchange import services
    from kaikaku.exchange.entries import Told

    services.publish_total(
        organisation=org.organisation_of(user),
        told=Told(
            scheme="challenge",
            citation=_cited(user, "27名が施策を提案"),
            fiscal_year=YEAR_OF_YAMAGATA,
            participants=27,
        ),
        by=user,
    )


def _cited(user: User, words: str) -> Citation:
    document = sources.documents_for(user)[0]
    lines = document.text_lines
    number = next(n for n, line in enumerate(lines, 1) if words in line)
    return citing.cite(document=document, spot=citing.Spot(number, lines[number - 1].strip()))


def begin(organisation: Organisation, crew: Crew, story: Story) -> None:
    """The schemes, and the help that is over before the plan's year is published."""
    if not installed():
        return
    sections = Sections(organisation, crew)
    story.on(told.FOUNDED, sections.ensure, hour=13)
    for whole in told.WHOLE:
        help_ = Finished(sections, whole)
        story.on(whole.first, help_.start, hour=14)
        story.on(whole.last, help_.end, hour=16)


def tell(organisation: Organisation, crew: Crew, story: Story, *, day: date) -> None:
    """Requests in every state, a talent bank, the busy season and a computation, around the demo's day."""
    if installed():
        Autumn(Sections(organisation, crew), day).tell(story)


@dataclass(slots=True)
class Autumn:
    """What is under way on the demo's day."""

    sections: Sections
    day: date
    made: dict[str, Request] = field(default_factory=dict)
    helped: dict[Who, Assignment] = field(default_factory=dict)

    def tell(self, story: Story) -> None:
        scenes = (
            (told.TALENTS, 9, self.register),
            (told.CHALLENGED, 10, self.call),
            (told.CHOSEN, 15, self.send_out),
            (told.GUIDED, 10, self.guide),
            (told.VISITED, 10, self.visit),
            (told.GRANTED, 10, self.grant),
            (told.GRANTED - 5, 10, self.withdraw),
            (told.GRANTED - 8, 17, self.come_back),
            (told.WANTED, 9, self.want),
            (told.WANTED, 16, self.log),
            (told.COMPUTED + 2, 10, self.extend),
            (told.COMPUTED + 1, 11, self.choose),
            (told.COMPUTED, 14, self.compute),
        )
        for before, hour, scene in scenes:
            story.on(self.at(before), scene, hour=hour)

    def at(self, before: int) -> date:
        """The workday so long before the demo's."""
        return workday(self.day - timedelta(days=before))

    def register(self) -> None:
        """Sections say when they are busy, people what they can do."""
        from kaikaku.exchange import services

        self.sections.ensure()
        for name, levels in told.BUSY.items():
            services.set_busy_months(
                department=self.sections.named(name),
                levels={month: int(level) for month, level in zip(MONTHS, levels, strict=True)},
                by=self.sections.chief(self.sections.named(name)),
            )
        for section, title, skills, wishes in told.BANK:
            who = (section, title)
            self.sections.register(who, skills, wishes, told.OVERTIME.get(who, 0))
        away = self.sections.person(("障がい福祉課", "主査"))
        first, last = self.day + timedelta(days=20), self.day + timedelta(days=40)
        services.add_absence(profile=away.exchange_profile, first=first, last=last, by=away)

    def ask(self, asked: told.Asked, first: date, days: int) -> Request:
        request = self.sections.ask(asked, first, first + timedelta(days=days))
        self.made[asked.title] = request
        return request

    def call(self) -> None:
        """ジョブチャレンジ: six places, seven who apply."""
        asked = self.ask(told.CHALLENGE, self.at(told.CHOSEN), 150)
        for who in (*told.YOUNG, told.KEPT_BACK):
            motive = "担当の外から、地域のくらしを考えてみたいため。"
            self.sections.apply(asked, who, motive=motive, time_made="毎週水曜の午後を空けます。")

    def send_out(self) -> None:
        """All but one may go."""
        from kaikaku.exchange import services

        asked = self.made[told.CHALLENGE.title]
        kept = self.sections.choose(asked, told.KEPT_BACK)
        chief = self.sections.chief(kept.home)
        services.refuse(assignment=kept, step="own_chief", reason=told.KEPT_BECAUSE, by=chief)
        for who in told.YOUNG:
            chosen = self.sections.choose(asked, who)
            self.helped[who] = self.sections.start(self.sections.approve(chosen))

    def guide(self) -> None:
        """庁内複業: 星 and a colleague read the guide of 観光課."""
        asked = self.ask(told.GUIDE, self.at(told.GUIDED), 120)
        for who in (("広報課", "主事"), ("市町村課", "主事")):
            motive = "英語を仕事で使いたいため。"
            self.sections.apply(asked, who, motive=motive, time_made="金曜の午後を空けます。")
            chosen = self.sections.choose(asked, who)
            self.helped[who] = self.sections.start(self.sections.approve(chosen))

    def visit(self) -> None:
        """短期業務支援 that will be over: within the 部, for two weeks."""
        asked = self.ask(told.VISITS, self.at(told.VISITED), 14)
        self.sections.register(("環境課", "主査"), ("表計算",))
        chosen = self.sections.approve(self.sections.choose(asked, ("環境課", "主査")))
        self.helped["環境課", "主査"] = self.sections.start(chosen, "人第34号")

    def grant(self) -> None:
        asked = self.ask(told.GRANTS, self.at(told.GRANTED), 30)
        self.sections.register(("農村整備課", "主査"), ("会計",))
        chosen = self.sections.approve(self.sections.choose(asked, ("農村整備課", "主査")))
        self.helped["農村整備課", "主査"] = self.sections.start(chosen, "人第36号")

    def withdraw(self) -> None:
        from kaikaku.exchange import services

        asked = self.ask(told.WITHDRAWN, self.at(0) + timedelta(days=10), 20)
        chief = self.sections.chief(asked.department)
        services.withdraw_request(request=asked, reason="訪問の予定が来年度に延びたため", by=chief)

    def come_back(self) -> None:
        """The list is checked: what was worked, and the report."""
        helped, days = self.helped["環境課", "主査"], (self.at(28), self.at(23), self.at(21))
        self.sections.log(helped, days, told.DAY, "名簿の突き合わせ")
        said = "2,300人分の名簿を確かめ、違いを市町村に伝えました。"
        self.sections.report(
            helped, min(helped.last, self.at(12)), "full", said, "違いの多い欄を様式に書きました。"
        )

    def want(self) -> None:
        """What is looked for now; 危機管理課 has hardly a colleague in its 部, so all may help."""
        first = self.day + timedelta(days=14)
        for asked in told.OPEN:
            request = self.ask(asked, first, 40)
            if asked.widened:
                self.sections.widen(request)
        self.ask(told.RETURNS, first, 40)
        self.ask(told.COUNTER, first, 9)
        testing = self.ask(told.TESTING, self.day + timedelta(days=7), 60)
        for who in (("広報課", "主事"), ("企画課", "主事")):
            motive = "手続を使う人の目で確かめたいため。"
            self.sections.apply(testing, who, motive=motive, time_made="毎週2時間を空けます。")
        grant = self.helped["農村整備課", "主査"]
        self.sections.log(grant, (self.at(16), self.at(9)), told.DAY, "実績報告の確認")

    def log(self) -> None:
        """The weeks so far of those who help; today's day is left to a visitor."""
        guide = self.helped["広報課", "主事"]
        weekly = (self.at(28), self.at(21), self.at(14), self.at(7))
        self.sections.log(guide, weekly, told.HALF, "英語の案内文の確認")
        for who in told.YOUNG:
            days = (self.at(33), self.at(19))
            self.sections.log(self.helped[who], days, told.HALF, "現地での聞き取りと班の打合せ")

    def extend(self) -> None:
        """農政課 needs some more time; it waits for the person's own yes."""
        from kaikaku.exchange import services

        held = self.helped["農村整備課", "主査"]
        services.ask_extension(
            assignment=held,
            last=held.last + timedelta(days=14),
            reason="確認の済んでいない報告が40件残っているため",
            by=self.sections.chief(held.request.department),
        )

    def choose(self) -> None:
        """One waits for the chief of 税務課, one has been approved and may begin."""
        waits = self.sections.choose(self.made[told.COUNTER.title], ("税務課", "主査"))
        self.sections.approve(waits, times=1)
        ready = self.sections.choose(self.made[told.RETURNS.title], ("財政課", "主事"))
        self.sections.approve(ready)

    def compute(self) -> None:
        """事務局 computes who could go where; nobody is chosen yet."""
        from kaikaku.exchange import services

        services.run_matching(scheme=self.sections.schemes["support"], by=self.sections.office)
