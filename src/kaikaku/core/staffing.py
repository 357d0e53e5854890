"""Help between sections (短期業務支援, 庁内複業 and the like): who may help whom, and how well it fits.

One engine, three schemes whose rules are data. What may not be is a refusal with a sentence; what may be is
judged by points, each with its reason. Who goes where in the end is decided by people; best pairs over a
whole government are found elsewhere, from these judgements.

Rules and figures: 長野県 (20 % of working time), 栃木県 (課長補佐級以下, no teachers or police), 砥部町 (two
months), 伊勢崎市 (課長補佐・係長 are left out), 広尾町 (no written order up to ten days).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from kaikaku.core.eras import show_date
from kaikaku.core.errors import RuleViolation

WEEK = 38 * 60 + 45  # 勤務時間 of a week, in minutes
OVERTIME_WARNING = 45  # hours a month (働き方改革の上限)
DAY = timedelta(days=1)


def _must(right: bool, field_: str, message: str) -> None:
    if not right:
        raise RuleViolation("staffing.scheme", message, field=field_)


APPROVALS: Mapping[str, str] = {
    "self": "本人",
    "own_chief": "本人の所属長",
    "receiving_chief": "受入側の所属長",
    "personnel": "人事担当",
}


@dataclass(frozen=True, slots=True)
class Points:
    """What a fit is worth. `busy` counts for each step by which the home section is the busier one."""

    skill: int = 30
    applied: int = 40
    wish: int = 15
    other_division: int = 10
    busy: int = -10
    overtime: int = -20


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The rules of one way of helping.

    `weekly_share` is the percentage of the working week that all of a person's help may take together.
    `order_from_days`: from so many days on a written order is needed (0: never). `division_first`: people of
    the same 部 come first, others only once the request is widened. `by_application`: only who has applied.
    """

    code: str
    name: str
    max_months: int = 2
    weekly_share: int = 100
    order_from_days: int = 0
    grades_excluded: tuple[str, ...] = ()
    occupations_excluded: tuple[str, ...] = ()
    division_first: bool = False
    by_application: bool = False
    approvals: tuple[str, ...] = ("self", "own_chief", "receiving_chief", "personnel")
    points: Points = Points()

    def __post_init__(self) -> None:
        _must(bool(self.name.strip()), "name", "制度の名称を入力してください。")
        _must(1 <= self.max_months <= 24, "max_months", "期間の上限は、1〜24か月の数にしてください。")
        _must(
            1 <= self.weekly_share <= 100,
            "weekly_share",
            "勤務時間に占める割合は、1〜100の数にしてください。",
        )
        _must(
            0 <= self.order_from_days <= 366, "order_from_days", "命令書の日数は、0〜366の数にしてください。"
        )
        unknown = [one for one in self.approvals if one not in APPROVALS]
        _must(
            not unknown,
            "approvals",
            f"承認の段階「{'、'.join(unknown)}」は使えません。{'、'.join(APPROVALS)}から選んでください。",
        )
        _must(bool(self.approvals), "approvals", "承認の段階を1つ以上選んでください。")
        twice = len(set(self.approvals)) != len(self.approvals)
        _must(not twice, "approvals", "同じ承認の段階を2度は置けません。")

    @property
    def cap(self) -> int:
        """Minutes a week that help may take, rounded down."""
        return WEEK * self.weekly_share // 100

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), **{key: list(getattr(self, key)) for key in _LISTS}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Scheme:
        """A scheme from what a government wrote. Raises RuleViolation that names the line and what is wrong
        with it.
        """
        known = {one.name for one in fields(cls)}
        for key in data:
            _must(key in known, key, f"「{key}」という決まりはありません。項目の名前を確かめてください。")
        given = dict(data)
        for key, kind, words in _KINDS:
            if key in given:
                right = isinstance(given[key], kind) and not (kind is int and isinstance(given[key], bool))
                _must(right, key, f"「{key}」には{words}を書いてください。")
        for key in _LISTS:
            if key in given:
                texts = isinstance(given[key], list | tuple) and all(isinstance(x, str) for x in given[key])
                _must(texts, key, f"「{key}」には、文字の並びを書いてください。")
                given[key] = tuple(given[key])
        points = given.get("points", {})
        _must(isinstance(points, Mapping), "points", "「points」には、配点の名前と数を書いてください。")
        names = {one.name for one in fields(Points)}
        for key, value in points.items():
            whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 1000
            _must(
                key in names and whole,
                f"points.{key}",
                f"配点「{key}」は使えません。名前と数を確かめてください。",
            )
        _must(
            "code" in given and "name" in given, "code", "制度の記号（code）と名称（name）を書いてください。"
        )
        return cls(**{**given, "points": Points(**points)})


_LISTS = ("grades_excluded", "occupations_excluded", "approvals")
_KINDS: tuple[tuple[str, type, str], ...] = (
    ("code", str, "文字"),
    ("name", str, "文字"),
    ("max_months", int, "整数"),
    ("weekly_share", int, "整数"),
    ("order_from_days", int, "整数"),
    ("division_first", bool, "true か false"),
    ("by_application", bool, "true か false"),
)

SUPPORT = Scheme(
    code="support",
    name="短期業務支援",
    max_months=2,
    order_from_days=11,
    grades_excluded=("課長補佐級", "係長級"),
    division_first=True,
    approvals=("self", "own_chief", "personnel"),
)
SIDE_JOB = Scheme(
    code="side_job",
    name="庁内複業",
    max_months=12,
    weekly_share=20,
    grades_excluded=("部長級", "次長級", "課長級"),
    occupations_excluded=("教員", "警察官", "会計年度任用職員"),
    by_application=True,
    approvals=("own_chief", "receiving_chief", "personnel"),
)
CHALLENGE = Scheme(
    code="challenge",
    name="ジョブチャレンジ",
    max_months=12,
    weekly_share=20,
    grades_excluded=("部長級", "次長級", "課長級", "課長補佐級"),
    by_application=True,
    approvals=("own_chief", "receiving_chief"),
)
SHIPPED: Mapping[str, Scheme] = {one.code: one for one in (SUPPORT, SIDE_JOB, CHALLENGE)}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise RuleViolation(
                "staffing.period", "終わりの日は、始まりの日より前にはできません。", field="last"
            )

    def meets(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{show_date(self.first)}〜{show_date(self.last)}"


@dataclass(frozen=True, slots=True)
class Commitment:
    """Help that a person gives already, or time that is promised otherwise."""

    period: Period
    minutes: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a section asks for. `minutes` is the time a week for each of `people`."""

    key: int
    department: int
    division: int
    period: Period
    minutes: int
    people: int = 1
    skills: frozenset[str] = frozenset()
    widened: bool = False
    excluded: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who may help. `busy` says how busy the home section is by (year, month), 0 (calm) to 3 (peak)."""

    key: int
    department: int
    division: int
    grade: str = ""
    occupation: str = ""
    skills: frozenset[str] = frozenset()
    applied_to: frozenset[int] = frozenset()
    wishes: frozenset[int] = frozenset()
    away: tuple[Period, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    overtime: int = 0
    busy: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement: the rule, the sentence, and what it is worth."""

    rule: str
    message: str
    points: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """All that speaks against (refusals), is to be known (warnings), and speaks for or against a pair."""

    refusals: tuple[Said, ...]
    warnings: tuple[Said, ...]
    reasons: tuple[Said, ...]

    @property
    def possible(self) -> bool:
        return not self.refusals

    @property
    def score(self) -> int:
        return sum(one.points for one in self.reasons)


def must_fit_scheme(need: Need, scheme: Scheme, *, reconsulted: bool = False) -> None:
    """Refuse a request that its scheme does not allow. Longer than the limit needs 再協議."""
    if _months_later(need.period.first, scheme.max_months) <= need.period.last and not reconsulted:
        raise RuleViolation(
            "staffing.too_long",
            f"「{scheme.name}」の期間は{scheme.max_months}か月までです。短くするか、人事担当と再協議してください。",
            field="last",
        )
    if not 0 < need.minutes <= scheme.cap:
        raise RuleViolation(
            "staffing.too_much",
            f"1週間の時間は、{show_minutes(scheme.cap)}までの長さにしてください。",
            field="minutes",
        )
    if need.people < 1:
        raise RuleViolation("staffing.nobody", "人数は1人以上にしてください。", field="people")


def needs_order(period: Period, scheme: Scheme) -> bool:
    """Whether a written order (命令書) is needed."""
    return 0 < scheme.order_from_days <= period.days


def busiest(commitments: Iterable[Commitment], period: Period) -> int:
    """The most minutes a week that are promised at one time within the period.

    >>> may = Period(date(2026, 5, 1), date(2026, 5, 31))
    >>> june = Period(date(2026, 6, 1), date(2026, 6, 30))
    >>> busiest([Commitment(may, 240), Commitment(june, 120)], Period(date(2026, 5, 20), date(2026, 6, 5)))
    240
    """
    changes: dict[date, int] = {}
    for one in commitments:
        if one.period.meets(period):
            first = max(one.period.first, period.first)
            changes[first] = changes.get(first, 0) + one.minutes
            after = min(one.period.last, period.last) + DAY
            changes[after] = changes.get(after, 0) - one.minutes
    most = now = 0
    for day in sorted(changes):
        now += changes[day]
        most = max(most, now)
    return most


def may_help(need: Need, person: Person, scheme: Scheme) -> bool:
    """Whether no hard rule speaks against a pair; asks only until the first that does."""
    return all(rule(need, person, scheme) is None for rule in _RULES)


def judge(need: Need, person: Person, scheme: Scheme) -> Judged:
    """Whether a person may help, and how well it fits: every rule is asked, so that a refusal tells all."""
    refusals = tuple(said for rule in _RULES if (said := rule(need, person, scheme)) is not None)
    return Judged(refusals, tuple(_warnings(person)), tuple(_reasons(need, person, scheme)))


def fit(need: Need, person: Person, scheme: Scheme) -> int:
    """What a pair is worth, as `judge` says it, where no hard rule speaks against it."""
    return sum(one.points for one in _reasons(need, person, scheme))


def _own_section(need: Need, person: Person, _: Scheme) -> Said | None:
    if person.department == need.department:
        return Said("own_section", "自分の所属の業務です。")
    return None


def _named(need: Need, person: Person, _: Scheme) -> Said | None:
    if person.key in need.excluded:
        return Said("excluded", "この依頼の対象から外されています。")
    return None


def _division(need: Need, person: Person, scheme: Scheme) -> Said | None:
    if scheme.division_first and not need.widened and person.division != need.division:
        return Said("division_first", "まず同じ部局の中で探しています。全庁に広げると対象になります。")
    return None


def _grade(_: Need, person: Person, scheme: Scheme) -> Said | None:
    if person.grade in scheme.grades_excluded:
        return Said("grade", f"「{scheme.name}」では、{person.grade}は対象になりません。")
    return None


def _occupation(_: Need, person: Person, scheme: Scheme) -> Said | None:
    if person.occupation in scheme.occupations_excluded:
        return Said("occupation", f"「{scheme.name}」では、{person.occupation}は対象になりません。")
    return None


def _application(need: Need, person: Person, scheme: Scheme) -> Said | None:
    if scheme.by_application and need.key not in person.applied_to:
        return Said("application", "本人の応募がありません。")
    return None


def _away(need: Need, person: Person, _: Scheme) -> Said | None:
    met = next((one for one in person.away if one.meets(need.period)), None)
    return Said("away", f"休暇などの期間（{met}）と重なります。") if met else None


def _cap(need: Need, person: Person, scheme: Scheme) -> Said | None:
    given = busiest(person.commitments, need.period)
    if given + need.minutes <= scheme.cap:
        return None
    return Said(
        "cap",
        f"支援の時間が上限を超えます（すでに週{show_minutes(given)}、この依頼が週{show_minutes(need.minutes)}、"
        f"上限は週{show_minutes(scheme.cap)}）。",
    )


Rule = Callable[[Need, Person, Scheme], Said | None]
_RULES: tuple[Rule, ...] = (
    _own_section,
    _named,
    _grade,
    _occupation,
    _application,
    _division,
    _away,
    _cap,
)


def _warnings(person: Person) -> Iterable[Said]:
    if person.overtime > OVERTIME_WARNING:
        yield Said(
            "overtime",
            f"時間外勤務が月{person.overtime}時間あります（目安は{OVERTIME_WARNING}時間まで）。"
            "本人と所属長に確かめてください。",
        )


def _reasons(need: Need, person: Person, scheme: Scheme) -> Iterable[Said]:
    points = scheme.points
    shared = need.skills & person.skills
    if shared:
        worth = points.skill * len(shared) // len(need.skills)
        yield Said("skill", f"求める経験・技能がある（{'、'.join(sorted(shared))}）", worth)
    if need.key in person.applied_to:
        yield Said("applied", "本人が応募している", points.applied)
    elif need.department in person.wishes or need.division in person.wishes:
        yield Said("wish", "本人がこの分野を希望している", points.wish)
    if need.division != person.division:
        yield Said("other_division", "ほかの部局との「斜めの関係」ができる", points.other_division)
    busy = max((person.busy.get(month, 0) for month in _months(need.period)), default=0)
    if busy:
        words = ("", "やや忙しい", "忙しい", "最も忙しい")[min(busy, 3)]
        yield Said("busy", f"所属が{words}時期に当たる", points.busy * min(busy, 3))
    if person.overtime > OVERTIME_WARNING:
        yield Said("overtime", f"時間外勤務が月{person.overtime}時間ある", points.overtime)


def show_minutes(minutes: int) -> str:
    """Minutes as they are read.

    >>> show_minutes(465), show_minutes(120), show_minutes(45), show_minutes(0)
    ('7時間45分', '2時間', '45分', '0分')
    """
    hours, rest = divmod(minutes, 60)
    return f"{f'{hours}時間' if hours else ''}{f'{rest}分' if rest or not hours else ''}"


def lent_and_borrowed(
    given: Sequence[tuple[int, int, int]],
) -> tuple[dict[int, int], dict[int, int]]:
    """Minutes lent and borrowed by department, of (from department, to department, minutes)."""
    lent: dict[int, int] = {}
    borrowed: dict[int, int] = {}
    for home, host, minutes in given:
        lent[home] = lent.get(home, 0) + minutes
        borrowed[host] = borrowed.get(host, 0) + minutes
    return lent, borrowed


def _months(period: Period) -> Iterable[tuple[int, int]]:
    year, month = period.first.year, period.first.month
    while (year, month) <= (period.last.year, period.last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - DAY).day))
