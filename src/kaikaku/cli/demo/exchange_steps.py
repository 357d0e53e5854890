"""The steps that help between sections goes through in みほん県, each by the person whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.cli.demo import exchange_told as told
from kaikaku.org import queries as org
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.exchange.models import Assignment, Request, Scheme
    from kaikaku.org.models import Department, Organisation, User

Who = tuple[str, str]


@dataclass(slots=True)
class Sections:
    """The sections of みほん県 with their people, and the steps that help goes through."""

    organisation: Organisation
    crew: Crew
    schemes: dict[str, Scheme] = field(default_factory=dict)
    _departments: dict[str, Department] = field(default_factory=dict)
    _people: dict[Who, User] = field(default_factory=dict)
    _chiefs: dict[int, User] = field(default_factory=dict)

    @property
    def office(self) -> User:
        return self.crew["jimukyoku"]

    def ensure(self) -> None:
        from kaikaku.exchange import services

        made = services.ensure_schemes(organisation=self.organisation, by=self.office)
        self.schemes = {one.code: one for one in made}

    def named(self, name: str) -> Department:
        if not self._departments:
            tree = org.tree_of(self.organisation)
            self._departments = {
                one.department.name: one.department for top in tree.branches() for one in top.walk()
            }
        return self._departments[name]

    def person(self, who: Who) -> User:
        """The holder of a post of a section."""
        section, title = who
        if who not in self._people:
            for post in org.posts_for(self.office, self.named(section)):
                for holding in post.holdings.all():
                    self._people[section, post.title] = holding.user
        return self._people[section, title]

    def chief(self, section: Department) -> User:
        if section.pk not in self._chiefs:
            # デジタル推進課 was 情報システム課, and so were its posts
            known = org.tree_of(self.organisation).with_predecessors([section.pk])
            found = org.holders_of(known, Role.CHIEF).order_by("pk").first()
            assert found is not None  # every section of みほん県 has one
            self._chiefs[section.pk] = found
        return self._chiefs[section.pk]

    def register(
        self, who: Who, skills: Iterable[str] = (), wishes: Iterable[str] = (), overtime: int = 0
    ) -> None:
        """Someone enters themselves in the talent bank."""
        from kaikaku.exchange import services
        from kaikaku.exchange.entries import ProfileFields

        user = self.person(who)
        fields = ProfileFields(
            grade="主査級" if who[1] == "主査" else "主事・技師級",
            occupation="行政",
            skills=tuple(skills),
            wishes=tuple(self.named(name) for name in wishes),
            overtime=overtime,
        )
        services.set_profile(user=user, fields=fields, by=user)

    def ask(self, asked: told.Asked, first: date, last: date) -> Request:
        from kaikaku.exchange import services
        from kaikaku.exchange.entries import RequestFields

        department = self.named(asked.section)
        fields = RequestFields(
            title=asked.title,
            duties=asked.duties,
            first=first,
            last=last,
            minutes=asked.minutes,
            people=asked.people,
            skills=asked.skills,
        )
        scheme = self.schemes[asked.scheme]
        return services.make_request(
            scheme=scheme, department=department, fields=fields, by=self.chief(department)
        )

    def apply(self, request: Request, who: Who, *, motive: str, time_made: str) -> None:
        from kaikaku.exchange import services

        user = self.person(who)
        services.apply_for(request=request, motive=motive, time_made=time_made, by=user)

    def widen(self, request: Request) -> None:
        from kaikaku.exchange import services

        services.widen_request(request=request, by=self.office)

    def choose(self, request: Request, who: Who) -> Assignment:
        from kaikaku.exchange import services

        return services.propose(request=request, user=self.person(who), by=self.office)

    def approve(self, helped: Assignment, *, times: int = 4) -> Assignment:
        """By those whose turn it is, so many times."""
        from kaikaku.exchange import services

        for _ in range(times):
            if not helped.waiting:
                break
            helped = services.approve(assignment=helped, step=helped.waiting, by=self.whose(helped))
        return helped

    def whose(self, helped: Assignment) -> User:
        """Whose approval is waited for."""
        turns = {
            "self": lambda: helped.user,
            "own_chief": lambda: self.chief(helped.home),
            "receiving_chief": lambda: self.chief(helped.request.department),
            "personnel": lambda: self.office,
        }
        return turns[helped.waiting]()

    def start(self, helped: Assignment, order: str = "") -> Assignment:
        from kaikaku.exchange import services

        return services.start(assignment=helped, order_number=order, by=self.office)

    def close(self, request: Request) -> None:
        """The section that asked looks for nobody more."""
        from kaikaku.exchange import services

        services.close_request(request=request, by=self.chief(request.department))

    def log(self, helped: Assignment, days: Sequence[date], minutes: int, text: str) -> None:
        from kaikaku.exchange import services
        from kaikaku.exchange.entries import WorkFields

        for one in days:
            fields = WorkFields(day=one, minutes=minutes, text=text)
            services.log_work(assignment=helped, fields=fields, by=helped.user)

    def report(self, helped: Assignment, on: date, outcome: str, said: str, learnt: str = "") -> None:
        from kaikaku.exchange import services
        from kaikaku.exchange.entries import ReportFields

        fields = ReportFields(ended_on=on, outcome=outcome, text=said, learnt=learnt)
        services.file_report(assignment=helped, fields=fields, by=self.chief(helped.request.department))


@dataclass(slots=True)
class Finished:
    """Help that goes its whole way."""

    sections: Sections
    whole: told.Whole
    helped: list[Assignment] = field(default_factory=list)

    def start(self) -> None:
        """Asked for, given, approved, begun, all on the first day."""
        sections, whole = self.sections, self.whole
        for who in whole.helpers:
            sections.register(who, whole.asked.skills)
        request = sections.ask(whole.asked, whole.first, whole.last)
        if whole.asked.widened:
            sections.widen(request)
        if whole.asked.scheme != "support":
            for who in whole.helpers:
                sections.apply(
                    request, who, motive="学んだことを仕事に生かしたいため", time_made="週に半日を空けます。"
                )
        for who in whole.helpers:
            helped = sections.approve(sections.choose(request, who))
            self.helped.append(sections.start(helped, whole.order))

    def end(self) -> None:
        for helped in self.helped:
            self.sections.log(helped, self.whole.worked, self.whole.minutes, self.whole.asked.title)
            self.sections.report(
                helped, self.whole.last, self.whole.outcome, self.whole.said, self.whole.learnt
            )
        self.sections.close(self.helped[0].request)
