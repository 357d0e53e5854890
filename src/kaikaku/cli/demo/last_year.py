"""令和7年度 in みほん県: the round in spring. The figures are of that year, and so are the days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from kaikaku.cli.demo import mihon
from kaikaku.cli.demo.crew import Desk
from kaikaku.cli.demo.replies import figures_of_last_year, reply_of
from kaikaku.reporting import calendar
from kaikaku.reporting import services as reporting
from kaikaku.reporting.entries import RoundFields

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.plans.models import Edition

YEAR = mihon.REPORTED
OPENED, CLOSED = date(2026, 4, 13), date(2026, 7, 1)
FIELDS = RoundFields(
    fiscal_year=YEAR,
    kind="annual",
    title="令和7年度 取組実績の照会",
    dates=calendar.template("annual", YEAR, today=OPENED),
    message="令和7年度の実績を、進捗管理調書に記入してください。財務の値は出納整理期間が終わるまで速報とします。",
)


def collect(edition: Edition, crew: Crew, story: Story) -> None:
    """All sections report, and all is accepted and closed."""
    desk = Desk(crew)
    story.on(OPENED, partial(desk.open, edition, FIELDS), hour=9)
    figures = figures_of_last_year()
    for number, section in enumerate(mihon.OWNERS):
        reply = reply_of(section, "r7", figures)
        story.on(OPENED + timedelta(days=2 + number), partial(desk.reply, section, reply), hour=14)
    days = FIELDS.dates
    for day in (days.confirm, days.bundle - timedelta(days=2), days.accept - timedelta(days=5)):
        for section in mihon.OWNERS:
            story.on(day, partial(desk.approve, section), hour=11)
    story.on(CLOSED, lambda: reporting.close_round(round_=desk.round, by=crew["jimukyoku"]), hour=9)
