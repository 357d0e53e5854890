"""The figures of one row settled into an indicator: which target, which actual, which direction, what to
ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kaikaku.core.indicators import Direction, infer_direction
from kaikaku.readers.document import Notice
from kaikaku.readers.outline import IndicatorRead, Role, ValueRead


@dataclass(frozen=True, slots=True)
class Frame:
    """What the document says around a table: its year, whether it reports or plans, the heading above."""

    fiscal_year: int | None = None
    kind: str | None = None
    heading: str | None = None


@dataclass(slots=True)
class Row:
    """One indicator while its figures are gathered; `named` is false where only its section can name it."""

    name: str
    line: int
    section: int | None
    group: str | None = None
    named: bool = True
    values: list[ValueRead] = field(default_factory=list)
    rate: str | None = None
    grade: str | None = None
    note: str | None = None
    unit: str | None = None

    def of(self, role: Role) -> list[ValueRead]:
        return [value for value in self.values if value.role == role]


def settle(row: Row, *, frame: Frame, notices: list[Notice]) -> IndicatorRead:
    """The indicator a row makes; what the row leaves open is added to `notices`."""
    actual = _latest(row.of("actual"), frame)
    if actual is None:
        forecast = _latest(row.of("forecast"), frame)
        actual = replace(forecast, role="actual") if forecast else None
    target = _target(row.of("target"), actual)
    baseline = next(iter(row.of("baseline")), None)
    unit = next((v.unit for v in (target, actual, baseline) if v is not None and v.unit), None)
    _check(row, notices)
    direction = _direction(row, baseline, target, notices)
    return IndicatorRead(
        name=row.name,
        line=row.line,
        section=row.section,
        raw_name=row.name,
        unit=unit,
        direction=direction,
        baseline=None if baseline is not None and baseline.reason == "dash" else baseline,
        target=target,
        actual=actual,
        printed_rate=row.rate,
        printed_grade=row.grade,
        values=tuple(row.values),
        group=row.group,
        note=row.note,
    )


def _latest(values: Sequence[ValueRead], frame: Frame) -> ValueRead | None:
    """The figure of the year the document reports on, else the last one that is there."""
    own = [v for v in values if v.fiscal_year is not None and v.fiscal_year == frame.fiscal_year]
    if own:
        return own[-1]
    known = [v for v in values if v.value is not None] or list(values)
    return max(known, key=lambda v: v.fiscal_year or 0, default=None)


def _target(targets: Sequence[ValueRead], actual: ValueRead | None) -> ValueRead | None:
    """The target of the actual's year where there is one, else the last."""
    if actual is not None and actual.fiscal_year is not None:
        same = [v for v in targets if v.fiscal_year == actual.fiscal_year]
        if same:
            return same[-1]
    return max(targets, key=lambda v: v.fiscal_year or 0, default=None)


def _check(row: Row, notices: list[Notice]) -> None:
    units = {v.unit for v in row.values if v.unit and v.value is not None}
    if len(units) > 1:
        listed = "・".join(sorted(units))
        message = f"「{row.name}」の値の単位が揃っていません（{listed}）。元の資料を確かめてください。"
        notices.append(Notice("unit_mismatch", message, row.line))
    if not row.named:
        message = f"指標の名前が書かれていないため、見出しの「{row.name}」を名前としました。"
        notices.append(Notice("indicator_name_from_heading", message, row.line))
    for value in row.values:
        if value.reason in ("several", "unreadable", "overflow"):
            message = (
                f"「{row.name}」の「{value.text}」を1つの数値として読み取れません。値を入力してください。"
            )
            notices.append(Notice("value_unclear", message, value.line))


def _direction(
    row: Row, baseline: ValueRead | None, target: ValueRead | None, notices: list[Notice]
) -> str | None:
    direction, why = infer_direction(
        target.text if target else "",
        baseline=baseline.value if baseline else None,
        target=target.value if target else None,
        name=row.name,
    )
    if direction is None and target is not None:
        notices.append(Notice("direction_unknown", f"「{row.name}」：{why}", row.line))
    elif direction is not None and direction is not Direction.UP:
        notices.append(Notice("direction_inferred", f"「{row.name}」：{why}", row.line))
    return direction.value if direction is not None else None
