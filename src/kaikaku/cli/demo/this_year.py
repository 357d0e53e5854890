"""令和8年度 in みほん県, under way on the demo's day: sheets in every state, and what waits for whom.

The days are counted from the demo's day; the figures are forecasts (見込み).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from kaikaku.cli.demo import bound, mihon
from kaikaku.cli.demo.clock import workday
from kaikaku.cli.demo.crew import Desk, Reply
from kaikaku.cli.demo.replies import forecasts, reply_of
from kaikaku.reporting import calendar
from kaikaku.reporting.calendar import Dates
from kaikaku.reporting.entries import FigureEntry, RoundFields
from kaikaku.reporting.words import ANSWER, CONTACT

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.cli.demo.next_edition import Editions

YEAR = mihon.REPORTED + 1
SLIP = "2.93億円"  # a digit slipped: last year it was 30.3億円
MISSPELT = FigureEntry(
    text=SLIP,
    status="projected",
    external_factor="感染症の影響による徴収猶予のため、令和3年度・令和4年度の未済額が増えました。",
    explanations={"magnitude": "確認しました。", "outlier": "確認しました。", "rate_limit": "確認しました。"},
)
# how far each section has come with its forecast; who is not named is late and has not begun
SUBMITTED = ("財産活用課", "企画課")
CONFIRMED = ("財政課", "内部統制室")
BUNDLED = ("危機管理課", "地域振興課")
ACCEPTED = (
    "デジタル推進課",
    "市町村課",
    "行政改革課",
    "総務課",
    "土木総務課",
    "病院総務課",
    "県民生活課",
    "会計課",
)
BEGUN = ("人事課", "広報課", "建築住宅課")
MIDWAY = {"県民サービス課": 0, "人事課": 1, "広報課": 1, "環境課": 2, "地域振興課": 2, "企画課": 2}
LATE_MIDWAY = "税務課"
SAID = (
    ("環境課", "jimukyoku", "更新が遅れた施設の名前も、差し支えなければ書いてください。"),
    ("財政課", "honbuin", "統合した9つの組の一覧を、本部会議の資料に付けてください。"),
    ("税務課", "shozokucho", "集計表は共有フォルダーの「徴収状況」にあります。"),
)
EVIDENCE = ("財産活用課", "財政課", "危機管理課")


def ahead(day: date, submit: int, confirm: int, bundle: int, accept: int) -> Dates:
    """Days of a round, counted from the demo's day; none on a weekend."""
    return Dates(*(workday(day + timedelta(days=days)) for days in (submit, confirm, bundle, accept)))


def look_midway(editions: Editions, crew: Crew, story: Story, *, day: date) -> None:
    """The mid-year check: most is accepted, a few sheets wait for somebody."""
    desk = Desk(crew)
    fields = RoundFields(
        fiscal_year=YEAR,
        kind="midyear",
        title="令和8年度 中間点検",
        dates=ahead(day, -30, -16, 3, 13),
        message="上半期の進み具合と、年度末の目標を妨げるおそれを記入してください。",
        with_figures=False,
    )
    story.on(day - timedelta(days=50), lambda: desk.open(editions.current, fields))
    in_time = [section for section in mihon.OWNERS if section != LATE_MIDWAY]
    for number, section in enumerate(in_time):
        sent = partial(desk.reply, section, reply_of(section, "midyear"))
        story.on(day - timedelta(days=48 - number % 15), sent, hour=13)
    for step, before in enumerate((20, 12, 8)):
        for section in in_time:
            if MIDWAY.get(section, 3) > step:
                story.on(day - timedelta(days=before), partial(desk.approve, section), hour=15)
    due, why = workday(day - timedelta(days=1)), "10月の納税通知の発送と重なるため"
    story.on(day - timedelta(days=31), lambda: desk.extend(LATE_MIDWAY, due, why))
    last = reply_of(LATE_MIDWAY, "midyear")
    story.on(day - timedelta(days=1), lambda: desk.reply(LATE_MIDWAY, last), hour=16)


def forecast(editions: Editions, crew: Crew, story: Story, *, day: date) -> None:
    """The round of the year's results as they are expected to be, some days after its deadline."""
    desk = Desk(crew)
    fields = RoundFields(
        fiscal_year=YEAR,
        kind="annual",
        title="令和8年度 実績見込みの照会",
        dates=ahead(day, -4, 3, 10, 31),
        message="年度末の見込みを記入してください。次の版の案と予算の検討に使います。",
    )
    story.on(day - timedelta(days=24), lambda: desk.open(editions.current, fields))
    _submit(desk, story, day)
    _approve(desk, story, day)
    _leave_unfinished(desk, story, day)
    _send_back(desk, story, day)
    for section, who, text in SAID:
        story.on(day - timedelta(days=1), partial(desk.say, section, who, text), hour=13)
    # the deadline was four days ago, or the Friday before: the last working day is after it on every weekday
    story.on(day - timedelta(days=1), desk.remind, hour=16)


def ask(editions: Editions, crew: Crew, story: Story, *, day: date) -> None:
    """A one-off question to everybody, just sent; two have answered, one of them that it has nothing."""
    desk, opened = Desk(crew), workday(day - timedelta(days=3))
    fields = RoundFields(
        fiscal_year=YEAR,
        kind="one_off",
        title="補助金の申請書類に関する調査",
        dates=calendar.template("one_off", YEAR, today=opened),
        message="申請書に押印や原本を求めている補助金の数と、やめられない理由を回答してください。",
        with_figures=False,
    )
    story.on(opened, lambda: desk.open(editions.current, fields), hour=17)
    answer = {ANSWER.key: "2件です。いずれも国の要綱で原本を求めています。", CONTACT.key: "内線 2441"}
    story.on(day - timedelta(days=1), lambda: desk.reply("環境課", Reply(texts=answer)), hour=14)
    nothing = "所管する補助金はありません。"
    story.on(day - timedelta(days=1), lambda: desk.answer_none("土木総務課", nothing), hour=15)


def _submit(desk: Desk, story: Story, day: date) -> None:
    figures: Mapping[str, FigureEntry] = {**forecasts(), "県税の収入未済額": MISSPELT}
    sent = (*ACCEPTED, *BUNDLED, *CONFIRMED, *SUBMITTED, "環境課", "税務課")
    for number, section in enumerate(sent):
        when = day - timedelta(days=20 - number % 16)
        if section in EVIDENCE:
            written = reply_of(section, "r8", figures, bound.AHEAD)
            story.on(when, partial(desk.fill, section, written), hour=11)
            story.on(when, partial(desk.attach, section), hour=12)
        story.on(when, partial(desk.reply, section, reply_of(section, "r8", figures, bound.AHEAD)), hour=13)


def _approve(desk: Desk, story: Story, day: date) -> None:
    ways = ((ACCEPTED, 3), (BUNDLED, 2), (CONFIRMED, 1), (("環境課",), 2))
    for step, before in enumerate((3, 3, 2)):
        for sections, steps in ways:
            for section in sections if steps > step else ():
                story.on(day - timedelta(days=before), partial(desk.approve, section), hour=10 + step * 2)


def _leave_unfinished(desk: Desk, story: Story, day: date) -> None:
    due, why = workday(day + timedelta(days=6)), "県民意識調査の集計が、提出期限の後になるため"
    story.on(day - timedelta(days=5), lambda: desk.extend("広報課", due, why), hour=9)
    known = dict(list(forecasts().items())[::2])
    for number, section in enumerate(BEGUN):
        begun = partial(desk.fill, section, reply_of(section, "r8", known, bound.AHEAD))
        story.on(day - timedelta(days=4 - number), begun, hour=18)


def _send_back(desk: Desk, story: Story, day: date) -> None:
    slip = (
        "収入未済額が前年度（30.3億円）の約10分の1です。29.3億円ではありませんか。"
        "「確認しました。」だけでは理由が分かりません。元の集計表で確かめてください。"
    )
    story.on(day - timedelta(days=2), lambda: desk.send_back("税務課", slip), hour=15)
    more = "排出量の見込みについて、空調の更新が遅れた3施設の分を含んでいるかを書き加えてください。"
    story.on(day - timedelta(days=1), lambda: desk.send_back("環境課", more), hour=11)
