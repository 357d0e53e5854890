"""Metrics: what an app can count for an indicator, and the one way to find and measure them.

An app that keeps records has a module `metrics` beside its queries. It may define either or both of

    METRICS: tuple[Metric, ...]                             what it always offers
    metrics_for(organisation) -> Iterable[Metric]           what depends on the government's own data

and nothing else: reporting finds it through the app registry, so that an app switched off is missed by
nobody. A whole one, of an app that keeps training sessions::

    # kaikaku/training/metrics.py
    from kaikaku.core.indicators import Accumulation
    from kaikaku.reporting.measuring import Measured, Metric, Option, Records, RecordRef, insiders, uncounted
    from kaikaku.training import queries
    from kaikaku.ui.search import address_of

    def _themes(organisation):
        return [(theme.code, theme.name) for theme in queries.themes(organisation)]

    def _attendance(organisation, fiscal_year, options):
        since = queries.first_year(organisation)
        if none := uncounted(fiscal_year, "人", on=today(), since=since, what="研修"):
            return none
        held = queries.sessions_held(organisation, fiscal_year, theme=options.get("theme", ""))
        return Measured(
            value=Decimal(queries.attendance(held)),
            unit="人",
            records=Records.of_query(held, _record, light=_parts),
            computed_from="開催済みの研修の参加者数の合計",
        )

    def _record(session):
        return RecordRef(
            key=f"session:{session.pk}",
            label=session.title,
            url=address_of("training:session").format(session.pk),
            contribution=Decimal(session.attended),
        )

    def _parts(sessions):
        rows = sessions.values_list("pk", "attended")
        return ((f"session:{pk}", Decimal(attended)) for pk, attended in rows)

    METRICS = (
        Metric(
            code="training.attendance",
            name="研修の参加者数",
            definition="その年度に開いた研修の参加者の延べ人数です。中止した研修は数えません。",
            unit="人",
            accumulation=Accumulation.FLOW,
            measure=_attendance,
            visible=insiders,
            options=(Option("theme", "分野", _themes),),
        ),
    )

What a metric promises:

- `measure` reads only the records of the organisation it is given, asks a constant number of queries however
  many records there are, and returns the exact value: the engine rounds it once, to the indicator's places.
- A year in which nobody counted is None with the reason in a sentence, not 0; 0 is 0 counted (`uncounted`).
- `RecordRef.key` is the same record's forever (never a position in a list), for values are compared by it.
- Where there may be many records, `light` gives keys and contributions alone: a page then compares 20,000 of
  them without reading their names. Addresses come of `address_of(…)`, once, and not of `reverse` for each.
- Contributions add up to the value where that makes sense (sums, counts); else they are None or say each
  record's part (1 and 0 in a share), and `computed_from` says how the value comes of them.
- `visible` says which of these records a person may see; what it leaves out is shown to them as a number
  only. It must be right for keys of records that are gone, too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from django.apps import apps

from kaikaku.core.eras import days_of_fiscal_year, show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import Accumulation
from kaikaku.org.access import INSIDERS, allowed
from kaikaku.org.roles import Role
from kaikaku.ui.collecting import module_of

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from kaikaku.org.models import Organisation, User

Row = TypeVar("Row", bound="Model")
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RecordRef:
    """One record behind a value.

    `key` names it within its metric for good; `label` and `url` are for those who may see it;
    `contribution` is its part of the value, in the metric's unit, None where it has no number of its own.
    """

    key: str
    label: str
    url: str
    contribution: Decimal | None = None
    note: str = ""


Parts = Iterable[tuple[str, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Records:
    """The records behind a value, read only when they are asked for, and only as far as they are asked for.

    `read(start, stop)` gives those from `start` up to `stop` (None: to the end), always in the same order.
    `light()` gives every key with its contribution and nothing else, by which values are compared;
    `find(keys)` those records. Without them `read` does both, which for 20,000 records takes seconds.
    """

    count: int = 0
    read: Callable[[int, int | None], Iterable[RecordRef]] = field(default=lambda start, stop: ())
    light: Callable[[], Parts] | None = None
    find: Callable[[Collection[str]], Iterable[RecordRef]] | None = None

    @classmethod
    def of(cls, found: Sequence[RecordRef]) -> Records:
        """Records that are at hand already."""
        return cls(len(found), lambda start, stop: found[start:stop])

    @classmethod
    def of_query(
        cls,
        rows: QuerySet[Row],
        make: Callable[[Row], RecordRef],
        *,
        light: Callable[[QuerySet[Row]], Parts] | None = None,
        count: int | None = None,
    ) -> Records:
        """The rows of a query, which must be ordered; counted now unless `count` is known.

        `light` gives their keys and contributions by `values_list`; every key must then end in a colon and
        the row's primary key, by which the few that changed are found again::

            light=lambda rows: ((f"project:{pk}", hours) for pk, hours in rows.values_list("pk", "hours"))
        """
        known = rows.count() if count is None else count

        def read(start: int, stop: int | None) -> Iterator[RecordRef]:
            return (make(row) for row in rows[start:stop].iterator(2000))

        if light is None:
            return cls(known, read)
        return cls(
            known,
            read,
            lambda: light(rows),
            lambda keys: (
                make(row) for row in rows.filter(pk__in=[int(key.rsplit(":", 1)[1]) for key in keys])
            ),
        )

    def page(self, start: int, stop: int) -> list[RecordRef]:
        """A stretch of them."""
        return list(self.read(start, stop))

    def parts(self) -> list[tuple[str, Decimal | None]]:
        """Every key with its contribution, as cheaply as the metric can."""
        return list(self.light()) if self.light else [(one.key, one.contribution) for one in self]

    def some(self, keys: Collection[str]) -> dict[str, RecordRef]:
        """Those records, by key; one that is gone is left out."""
        if not keys:
            return {}
        wanted = set(keys)
        found = self.find(wanted) if self.find else iter(self)
        return {one.key: one for one in found if one.key in wanted}

    def __iter__(self) -> Iterator[RecordRef]:
        return iter(self.read(0, None))


@dataclass(frozen=True, slots=True)
class Measured:
    """What a metric says of a year. `value` is exact and in `unit`; None has its reason as a sentence.

    `computed_from` says in words what it was counted from (「受理した調書8件 ÷ 求めた調書10件」).
    `cumulative_from` is the first fiscal year of a running total; it is None for all else.
    """

    value: Decimal | None
    unit: str
    records: Records = field(default_factory=Records)
    computed_from: str = ""
    reason: str = ""
    cumulative_from: int | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.reason):
            raise ValueError("a value, or the reason why there is none")

    @classmethod
    def unknown(cls, unit: str, reason: str, *, records: Records | None = None) -> Measured:
        """No value, and why, as a sentence."""
        return cls(None, unit, records or Records(), reason=reason)

    @classmethod
    def share(cls, part: int, whole: int, *, records: Records, words: str, nothing: str) -> Measured:
        """A percentage, exact; `words` say what of what, `nothing` why there is none where the whole is 0."""
        if whole == 0:
            return cls.unknown("%", nothing, records=records)
        said = f"{words}：{part:,} ÷ {whole:,}"
        return cls(Decimal(part) * 100 / Decimal(whole), "%", records, said)


Measure = Callable[["Organisation", int, Mapping[str, str]], Measured]
Visible = Callable[["User", Collection[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that narrows a metric (by tool, by department): `key` in what `measure` is given.

    `choices` are (code, words) for a government. Without `required`, no choice means all, shown as `blank`.
    """

    key: str
    label: str
    choices: Callable[[Organisation], Choices]
    required: bool = False
    blank: str = "すべて"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """Something that an app counts for every fiscal year.

    `code` is the app's label, a dot and a name; it never changes its meaning. `unit` is a base unit (時間,
    not 千時間). `decimals` is where the value is rounded if the indicator does not say. `visible` gives the
    keys of records that a person may see: `insiders`, or `held_by(Role.…)`, or the app's own.
    """

    code: str
    name: str
    definition: str
    unit: str
    accumulation: Accumulation
    measure: Measure
    visible: Visible
    options: tuple[Option, ...] = ()
    decimals: int = 0

    @property
    def app(self) -> str:
        """The label of the app that offers it."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class OfferedBy:
    """An app with what it offers to a government."""

    label: str
    name: str
    metrics: tuple[Metric, ...]


def has_begun(fiscal_year: int, on: date) -> bool:
    """Whether a year can have records yet; of one to come nothing is known, not even 0."""
    return days_of_fiscal_year(fiscal_year)[0] <= on


def uncounted(
    fiscal_year: int, unit: str, *, on: date, since: int | None = None, what: str = ""
) -> Measured | None:
    """Why nobody counted in a year: it has not begun, or its records (`what`) begin later, in `since`.

    None where it was counted: then no record means 0. Without any record (`since` None) no year was.
    """
    if not has_begun(fiscal_year, on):
        return Measured.unknown(unit, f"{show_fiscal_year(fiscal_year)}は、まだ始まっていません。")
    if since is None:
        return Measured.unknown(unit, f"{what}の記録がまだありません。")
    if fiscal_year < since:
        return Measured.unknown(unit, f"{what}の記録は、{show_fiscal_year(since)}からです。")
    return None


def insiders(user: User, keys: Collection[str]) -> Collection[str]:
    """`visible` of records that everyone who works here may see."""
    return keys if allowed(user, *INSIDERS) else ()


def held_by(*roles: Role) -> Visible:
    """`visible` of records that only these roles may see."""

    def visible(user: User, keys: Collection[str]) -> Collection[str]:
        return keys if allowed(user, *roles) else ()

    return visible


def offered(organisation: Organisation) -> list[OfferedBy]:
    """The metrics of the installed apps, from the lowest app up; apps without any are left out."""
    found = []
    for config in apps.get_app_configs():
        metrics = tuple(_metrics_of(config.name, organisation))
        if metrics:
            found.append(OfferedBy(config.label, str(config.verbose_name), metrics))
    return found


def metric_of(code: str, organisation: Organisation) -> Metric | None:
    """The metric of that code; None where its app is switched off or offers it no more."""
    label = code.partition(".")[0]
    if not apps.is_installed(f"kaikaku.{label}"):
        return None
    metrics = _metrics_of(f"kaikaku.{label}", organisation)
    return next((metric for metric in metrics if metric.code == code), None)


def why_missing(code: str, *, app_name: str, name: str) -> str:
    """Why there is no such metric: the names are those it had when it was bound."""
    if not apps.is_installed(f"kaikaku.{code.partition('.')[0]}"):
        return f"アプリ「{app_name}」を使っていません。"
    return f"「{app_name}」の「{name}」は、もう計算できません。"


def measure(
    metric: Metric, *, organisation: Organisation, fiscal_year: int, options: Mapping[str, str]
) -> Measured:
    """What a metric says of a year; a refusal of its app is a value that is not known, with the reason.

    Options that the metric does not have (any more) and blank ones are left out.
    """
    known = {option.key for option in metric.options}
    chosen = {key: value for key, value in options.items() if key in known and value}
    try:
        found = metric.measure(organisation, fiscal_year, chosen)
    except RuleViolation as refused:
        return Measured.unknown(metric.unit, refused.message)
    if found.unit != metric.unit:
        raise ValueError(f"{metric.code} promises {metric.unit} and gives {found.unit}")
    return found


def words_of(metric: Metric, options: Mapping[str, str], organisation: Organisation) -> list[tuple[str, str]]:
    """The options of a binding as they are read: (label, choice)."""
    found = []
    for option in metric.options:
        chosen = options.get(option.key, "")
        words = dict(option.choices(organisation)) if chosen else {}
        found.append((option.label, words.get(chosen, chosen) if chosen else option.blank))
    return found


def _metrics_of(app: str, organisation: Organisation) -> Iterator[Metric]:
    module = module_of(app, "metrics")
    if module is None:
        return
    yield from getattr(module, "METRICS", ())
    if hasattr(module, "metrics_for"):
        yield from module.metrics_for(organisation)
