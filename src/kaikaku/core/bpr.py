"""The effect of re-engineering a piece of work (業務改革, BPR): time before and after, by year and in all.

Time is kept in minutes (exact) and becomes hours only where it is read. A year's effect and what has come
together over the years are two figures and never stand in one. Hours count once per project however many
tools it uses; a share by tool is for reference only (参考).

>>> was, now = Work(Decimal(208), times=Decimal(12)), Work(Decimal(24), times=Decimal(12))
>>> effect = annual_effect([Step("集計", before=was, after=now)])
>>> effect.minutes, show_hours(effect.minutes)  # 長野県: 月208分が24分になった
(Decimal('2208'), Decimal('36.8'))
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from kaikaku.core.eras import fiscal_year_of
from kaikaku.core.errors import RuleViolation

MINUTES = 60
MONTHS = 12
# 7時間45分 × 240日: what 人役 means unless the government says otherwise
HOURS_OF_A_PERSON = Decimal(1860)
# when a new way is measured again (months after it began)
REMEASURED_AFTER = (3, 12)


class Stage(StrEnum):
    """Where a project stands (domain: candidate to monitoring)."""

    CANDIDATE = "candidate"
    SELECTED = "selected"
    ANALYSING = "analysing"
    STARTED = "started"
    COMPLETED = "completed"
    MONITORING = "monitoring"
    SUSPENDED = "suspended"
    DROPPED = "dropped"


STAGE_LABELS: Mapping[Stage, str] = {
    Stage.CANDIDATE: "候補",
    Stage.SELECTED: "選定",
    Stage.ANALYSING: "分析中",
    Stage.STARTED: "着手",
    Stage.COMPLETED: "完了",
    Stage.MONITORING: "効果の確認中",
    Stage.SUSPENDED: "中断",
    Stage.DROPPED: "取りやめ",
}

# from a stage to those that may follow; what leads backwards or out wants a reason
NEXT: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.CANDIDATE: (Stage.SELECTED, Stage.DROPPED),
    Stage.SELECTED: (Stage.ANALYSING, Stage.STARTED, Stage.SUSPENDED, Stage.DROPPED),
    Stage.ANALYSING: (Stage.STARTED, Stage.SUSPENDED, Stage.DROPPED),
    Stage.STARTED: (Stage.COMPLETED, Stage.SUSPENDED, Stage.DROPPED),
    Stage.COMPLETED: (Stage.MONITORING, Stage.STARTED),
    Stage.MONITORING: (Stage.STARTED,),
    Stage.SUSPENDED: (Stage.SELECTED, Stage.ANALYSING, Stage.STARTED, Stage.DROPPED),
    Stage.DROPPED: (Stage.CANDIDATE,),
}
WANTS_REASON = frozenset({Stage.SUSPENDED, Stage.DROPPED})
# うち完了: whatever is completed was started too
DONE = frozenset({Stage.COMPLETED, Stage.MONITORING})


def advance(stage: Stage, to: Stage, *, reason: str = "") -> Stage:
    """The stage that follows. Raises RuleViolation for a step the table does not have, and for one that
    leads out or back without a reason.
    """
    if to not in NEXT[stage]:
        raise RuleViolation(
            "bpr.stage",
            f"「{STAGE_LABELS[stage]}」から「{STAGE_LABELS[to]}」には進めません。"
            f"選べるのは、{'、'.join(f'「{STAGE_LABELS[one]}」' for one in NEXT[stage])}です。",
            field="stage",
        )
    back = to in WANTS_REASON or stage in (*DONE, Stage.SUSPENDED, Stage.DROPPED)
    if back and to is not Stage.MONITORING and not reason.strip():
        raise RuleViolation(
            "bpr.reason", f"「{STAGE_LABELS[to]}」にする理由を入力してください。", field="reason"
        )
    return to


@dataclass(frozen=True, slots=True)
class Work:
    """One step's work: minutes each time, times a year, people at once."""

    minutes: Decimal
    times: Decimal
    people: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        for name, label in (("minutes", "1回の時間（分）"), ("times", "年間の回数"), ("people", "人数")):
            if getattr(self, name) < 0:
                raise RuleViolation("bpr.negative", f"{label}は0以上の数にしてください。", field=name)

    @property
    def a_year(self) -> Decimal:
        """Minutes a year."""
        return self.minutes * self.times * self.people


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the work before and after; None where it is new, or gone."""

    name: str
    before: Work | None = None
    after: Work | None = None

    @property
    def saved(self) -> Decimal:
        """Minutes a year; negative where the new way takes longer."""
        return _a_year(self.before) - _a_year(self.after)


@dataclass(frozen=True, slots=True)
class Effect:
    """Minutes saved a year and how they come about: before − after − upkeep − exceptions."""

    before: Decimal
    after: Decimal
    upkeep: Decimal = Decimal(0)
    exceptions: Decimal = Decimal(0)

    @property
    def minutes(self) -> Decimal:
        return self.before - self.after - self.upkeep - self.exceptions

    @property
    def working(self) -> str:
        """The sum in words, in hours.

        >>> Effect(Decimal(6000), Decimal(1200), upkeep=Decimal(600)).working
        '見直し前100時間 − 見直し後20時間 − 維持管理10時間 ＝ 70時間'
        """
        parts = [("見直し前", self.before), ("見直し後", self.after)]
        parts += [("維持管理", self.upkeep)] if self.upkeep else []
        parts += [("例外の処理", self.exceptions)] if self.exceptions else []
        told = " − ".join(f"{label}{_plain(show_hours(minutes))}時間" for label, minutes in parts)
        return f"{told} ＝ {_plain(show_hours(self.minutes))}時間"


def annual_effect(
    steps: Iterable[Step], *, upkeep: Decimal = Decimal(0), exceptions: Decimal = Decimal(0)
) -> Effect:
    """What a whole year saves. `upkeep` (keeping a tool running) and `exceptions` (cases done by hand
    still) are minutes a year. The one-off work of building it is no part of it (`payback_months`).
    """
    listed = list(steps)
    return Effect(
        sum((_a_year(step.before) for step in listed), Decimal(0)),
        sum((_a_year(step.after) for step in listed), Decimal(0)),
        upkeep,
        exceptions,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """An annual effect in minutes, as it was found from a day on (expected, measured, measured again)."""

    from_day: date
    minutes: Decimal


@dataclass(frozen=True, slots=True)
class InUse:
    """When a new way has been in use, and what it was found to save.

    Whole months count. The month in which it began counts where it began on the first; the one in which it
    retired does not, so that no month counts twice. A finding holds from the month of its own day until that
    of the next; months before the first finding count for nothing.
    """

    began: date | None
    measured: Sequence[Measured] = field(default=())
    retired: date | None = None

    def months(self, fiscal_year: int) -> int:
        """Months of the fiscal year in which it was in use."""
        return len(self._months(fiscal_year))

    def counted_months(self, fiscal_year: int) -> int:
        """Those among them for which a finding holds."""
        return sum(months for months, _ in self._parts(fiscal_year))

    def minutes(self, fiscal_year: int) -> Decimal | None:
        """Minutes saved in the fiscal year, a twelfth of the annual effect a month; None where it was not
        in use, or nothing was measured. Exact to a hundredth of a minute.
        """
        parts = self._parts(fiscal_year)
        if not parts:
            return None
        whole = sum((minutes * months for months, minutes in parts), Decimal(0))
        return (whole / MONTHS).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def minutes_since(self, first_year: int, last_year: int) -> Decimal | None:
        """Minutes saved from the first fiscal year to the last, both included."""
        found = [m for year in range(first_year, last_year + 1) if (m := self.minutes(year)) is not None]
        return sum(found, Decimal(0)) if found else None

    def _months(self, fiscal_year: int) -> range:
        if self.began is None:
            return range(0)
        year = fiscal_year * MONTHS + 3  # April, counting months from January of year 0
        first = _month(self.began) + (self.began.day > 1)
        end = year + MONTHS if self.retired is None else min(year + MONTHS, _month(self.retired))
        return range(max(year, first), end)

    def _parts(self, fiscal_year: int) -> list[tuple[int, Decimal]]:
        """(months, annual minutes) of each finding that holds in the year."""
        used = self._months(fiscal_year)
        if not used or not self.measured:
            return []
        known = sorted(self.measured, key=lambda one: one.from_day)
        ends = [_month(later.from_day) for later in known[1:]] + [used.stop]
        parts = []
        for one, end in zip(known, ends, strict=True):
            months = min(end, used.stop) - max(_month(one.from_day), used.start)
            if months > 0:
                parts.append((months, one.minutes))
        return parts


def remeasure_days(began: date) -> tuple[date, ...]:
    """When the effect is to be measured again: 3 and 12 months after.

    >>> remeasure_days(date(2025, 11, 30))
    (datetime.date(2026, 2, 28), datetime.date(2026, 11, 30))
    """
    return tuple(_later(began, months) for months in REMEASURED_AFTER)


def payback_months(one_off: Decimal, annual: Decimal) -> tuple[int | None, str]:
    """Full months until the one-off work (or money) has come back, and why there is no such number.

    Both in one unit: minutes, or yen.

    >>> payback_months(Decimal(600), Decimal(2208))
    (4, '')
    """
    if annual <= 0:
        return None, "年間の効果が0以下のため、回収できません。"
    months = one_off * MONTHS / annual
    return int(months.to_integral_value("ROUND_CEILING")), ""


def people(minutes: Decimal, *, hours_of_a_person: Decimal = HOURS_OF_A_PERSON) -> Decimal:
    """Minutes a year as people (人役), to two places.

    >>> people(Decimal(16843 * 60))
    Decimal('9.06')
    """
    return (minutes / MINUTES / hours_of_a_person).quantize(Decimal("0.01"), ROUND_HALF_UP)


def yen(minutes: Decimal, *, hourly: Decimal) -> Decimal:
    """Minutes as money at the government's own hourly rate, in whole yen."""
    return (minutes / MINUTES * hourly).quantize(Decimal(1), ROUND_HALF_UP)


def show_hours(minutes: Decimal, places: int = 1) -> Decimal:
    """Minutes as hours, half up."""
    return (minutes / MINUTES).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Entry:
    """A project as the register counts it."""

    stage: Stage
    tools: frozenset[str] = frozenset()
    was_started: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """着手件数（うち完了件数） and the tools, which overlap: their numbers never add up to the projects."""

    started: int
    completed: int
    by_tool: Mapping[str, int]
    without_tool: int

    @property
    def tools_overlap(self) -> bool:
        """Whether to say 「重複して活用した業務有」: the numbers by tool do not fit the projects."""
        return sum(self.by_tool.values()) + self.without_tool > self.started


def register(entries: Collection[Entry]) -> Register:
    """What stands at the head of a register (青森県: 着手51件、うち完了42件)."""
    started = [one for one in entries if one.was_started or one.stage in (Stage.STARTED, *DONE)]
    by_tool: dict[str, int] = {}
    for one in started:
        for tool in sorted(one.tools):
            by_tool[tool] = by_tool.get(tool, 0) + 1
    return Register(
        started=len(started),
        completed=sum(one.stage in DONE for one in started),
        by_tool=by_tool,
        without_tool=sum(not one.tools for one in started),
    )


def equal_shares(minutes: Decimal, tools: Collection[str]) -> dict[str, Decimal]:
    """A project's minutes over its tools in equal parts that add up again: for reference only (参考)."""
    if not tools:
        return {}
    names = sorted(tools)
    part = (minutes / len(names)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    shares = dict.fromkeys(names[:-1], part)
    return {**shares, names[-1]: minutes - sum(shares.values(), Decimal(0))}


def fiscal_years(began: date | None, until: date) -> range:
    """The fiscal years from the first in use to that of a day; empty where it has not begun."""
    if began is None:
        return range(0)
    return range(fiscal_year_of(began), fiscal_year_of(until) + 1)


def _a_year(work: Work | None) -> Decimal:
    return work.a_year if work is not None else Decimal(0)


def _month(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _later(day: date, months: int) -> date:
    year, month = divmod(_month(day) + months, MONTHS)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(day.day, last))


def _plain(value: Decimal) -> str:
    whole = value.to_integral_value()
    return f"{whole:,f}" if value == whole else f"{value:,f}"
