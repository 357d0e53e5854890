"""What the pictures show: the sample prefecture in the midst of its year, and one published plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from kaikaku.cli.demo import live, mihon, prefectures
from kaikaku.core.rollup import Method, Policy
from kaikaku.ingest import services as ingest
from kaikaku.ingest.models import Import
from kaikaku.org import queries as org
from kaikaku.org.models import Post, User
from kaikaku.org.roles import Role
from kaikaku.plans import services as plans
from kaikaku.plans.entries import FigureFields
from kaikaku.plans.models import Edition, Indicator
from kaikaku.reporting.models import Round, Sheet

# a Friday, three weeks after the forecasts were asked for
DAY = date(2026, 11, 20)
NEXT = mihon.REPORTED + 1
FORECAST, MIDYEAR = "実績見込みの照会", "中間点検"
CORRECTED = "オンライン申請の利用件数"


@dataclass(frozen=True)
class World:
    """A running site and where things are in it."""

    url: str

    @classmethod
    def build(cls, url: str) -> World:
        """Load the sample as `kaikaku demo` does, and do what the pictures want besides."""
        world = cls(url)
        yamagata = next(one for one in prefectures.SAMPLES if one.slug == "yamagata")
        yamagata.load()
        live(DAY)
        world._rate_as_a_whole()
        world._correct()
        world._read_a_document()
        return world

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def holder(self, department: str, role: Role) -> User:
        """Who holds a post of this role in a department."""
        found = User.objects.filter(holdings__post__department__name=department, holdings__post__role=role)
        return found.order_by("pk")[0]

    def post(self, department: str, role: Role) -> Post:
        return Post.objects.filter(department__name=department, role=role).order_by("pk")[0]

    def edition(self, year: int = mihon.REPORTED) -> Edition:
        return Edition.objects.get(plan__organisation__slug=mihon.SLUG, fiscal_year=year)

    def indicator(self, name: str, year: int = mihon.REPORTED) -> Indicator:
        return self.edition(year).indicators.get(name=name)

    def round(self, title: str = FORECAST) -> Round:
        return Round.objects.get(edition=self.edition(NEXT), title__contains=title)

    def sheet(self, department: str, title: str = FORECAST) -> Sheet:
        return self.round(title).sheets.get(department__name=department)

    def document(self) -> Import:
        """What the office of the sample is about to take in."""
        return Import.objects.get(organisation__slug=mihon.SLUG)

    @staticmethod
    def at(name: str, *args: Any) -> str:
        return reverse(name, args=args)

    def _rate_as_a_whole(self) -> None:
        office, edition = self.user("jimukyoku"), self.edition(NEXT)
        plans.choose_overall_policy(edition=edition, policy=Policy(Method.SHARE), by=office)

    def _correct(self) -> None:
        """A published figure turns out wrong, so that an erratum is due."""
        figure = self.indicator(CORRECTED).figures.get(
            role="actual", fiscal_year=mihon.REPORTED, is_current=True
        )
        plans.correct_figure(
            figure=figure,
            fields=FigureFields(role="actual", text="119,400件", fiscal_year=mihon.REPORTED),
            reason="3月分の集計に重複があったため",
            by=self.user("jimukyoku"),
        )

    def _read_a_document(self) -> None:
        data = (prefectures.FOLDER / "yamagata_r4.txt").read_bytes()
        office = self.user("jimukyoku")
        organisation = org.organisation_of(office)
        ingest.propose(organisation=organisation, name="令和4年度の取組状況.txt", data=data, by=office)
