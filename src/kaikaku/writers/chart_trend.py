"""The trend of one indicator: baseline, targets, actuals over the fiscal years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from markupsafe import escape

from kaikaku.core.eras import show_fiscal_year
from kaikaku.writers.chart_parts import Labels, Magnitude, Scale, magnitude_for, scale_for, svg, text_width
from kaikaku.writers.dataset import Figure

WIDTH, HEIGHT = 480, 270
TOP, BOTTOM, RIGHT = 34, 238, 462
STATUS = {"projected": "見込", "preliminary": "速報"}
Point = tuple[float, float]


@lru_cache(maxsize=512)
def draw_trend(name: str, unit: str, figures: tuple[Figure, ...], expected_path: bool) -> str:
    """The chart, drawn once for the same content; "" where two points cannot be drawn."""
    drawn = [f for f in figures if f.value is not None and f.fiscal_year is not None]
    if len(drawn) < 2 or not any(f.role != "target" for f in drawn):
        return ""
    values = [v for f in drawn for v in (f.value, f.upper) if v is not None]
    size = magnitude_for(values, unit)
    scale = scale_for(values, unit=unit, top=TOP + 16, bottom=BOTTOM)
    years = _years(figures)
    left = 14 + max(text_width(size.show(t), 12) for t in scale.ticks)
    columns = _columns(years, left)
    labels = Labels(left + 2, WIDTH - 2, TOP - 14, BOTTOM - 2)
    trend = _Trend(drawn, columns, scale, size=size, labels=labels)
    body = [
        *_grid(scale, size, left),
        *_year_axis(years, columns),
        *trend.targets(left),
        *(trend.expected() if expected_path else ()),
        *trend.actuals(figures),
        *trend.baseline(),
    ]
    trend.write_labels()
    words = _describe(figures, size)
    return svg(
        name=f"{name}の推移",
        words=words,
        width=WIDTH,
        height=HEIGHT,
        body=[*body, *labels.parts],
        kind="trend",
    )


def _years(figures: Sequence[Figure]) -> range:
    known = [f.fiscal_year for f in figures if f.fiscal_year is not None]
    return range(min(known), max(known) + 1)


def _columns(years: range, left: float) -> dict[int, float]:
    """The pixel of each year; half a step of air on both sides."""
    step = (RIGHT - left) / len(years)
    return {fy: round(left + step * (n + 0.5), 1) for n, fy in enumerate(years)}


def _grid(scale: Scale, size: Magnitude, left: float) -> list[str]:
    parts = []
    for tick in scale.ticks:
        y, base = scale.y(tick), tick == (0 if scale.low < 0 else scale.low)
        colour, kind = ("#666666", "axis") if base else ("#e6e6e6", "grid")
        parts.append(f'<path class="{kind}" d="M{left:.1f} {y}H{RIGHT}" stroke="{colour}" stroke-width="1"/>')
        parts.append(
            f'<text class="on-quiet" x="{left - 7:.1f}" y="{y + 4:.1f}" font-size="12" fill="#595959"'
            f' text-anchor="end">{size.show(tick)}</text>'
        )
    cut = "" if scale.low <= 0 <= scale.high else "　※縦軸は0から始まりません"
    return [
        *parts,
        f'<text class="on-quiet" x="4" y="18" font-size="12" fill="#595959">{escape(size.label)}{cut}</text>',
    ]


def _year_axis(years: range, columns: dict[int, float]) -> list[str]:
    """Short era years (R3) below the axis; every second or third where they would touch, the last always."""
    step = (columns[years[-1]] - columns[years[0]]) / max(len(years) - 1, 1)
    every = 1 + int(30 // step) if step else 1
    chosen = [fy for fy in years if (years[-1] - fy) % every == 0]
    return [
        f'<text class="on-quiet" x="{columns[fy]}" y="{BOTTOM + 20}" font-size="13" fill="#333333"'
        f' text-anchor="middle">{show_fiscal_year(fy, style="short")}</text>'
        for fy in chosen
    ]


class _Trend:
    """The three series of a trend and their labels."""

    def __init__(
        self, drawn: list[Figure], columns: dict[int, float], scale: Scale, *, size: Magnitude, labels: Labels
    ) -> None:
        self._columns, self._scale, self._size, self._labels = columns, scale, size, labels
        self._of = {role: self._series(drawn, role) for role in ("baseline", "target", "actual")}
        for series in self._of.values():
            for _, (x, y) in series:
                labels.keep_clear(x, y)

    def _series(self, drawn: list[Figure], role: str) -> list[tuple[Figure, Point]]:
        mine = sorted((f for f in drawn if f.role == role), key=lambda f: f.fiscal_year or 0)
        return [(f, (self._columns[f.fiscal_year or 0], self._scale.y(f.value or Decimal(0)))) for f in mine]

    def targets(self, left: float) -> list[str]:
        """Targets joined; a lone one is a level across the chart, a range is a band."""
        series = self._of["target"]
        if not series:
            return []
        stroke = 'class="target" fill="none" stroke="#c74700" stroke-width="1.5"'
        if len(series) == 1:
            (_x, y) = series[0][1]
            line = f'<path {stroke} stroke-dasharray="2 3" d="M{left:.1f} {y}H{RIGHT}"/>'
        else:
            line = f'<path {stroke} d="{_path(point for _, point in series)}"/>'
        diamonds = [
            '<path class="target-mark" fill="#fff" stroke="#c74700" stroke-width="1.75"'
            f' d="M{x} {y - 5:.1f}l5 5-5 5-5-5Z"/>'
            for _, (x, y) in series
        ]
        return [*self._bands(series), line, *diamonds]

    def _bands(self, series: list[tuple[Figure, Point]]) -> list[str]:
        parts = []
        for figure, (x, y) in series:
            if figure.upper is not None:
                top = self._scale.y(figure.upper)
                parts.append(
                    f'<rect class="target-band" x="{x - 12:.1f}" y="{top}" width="24"'
                    f' height="{abs(y - top):.1f}"'
                    ' fill="#c74700" fill-opacity=".18"/>'
                )
        return parts

    def expected(self) -> list[str]:
        """The straight way from the baseline to the last target."""
        if not self._of["baseline"] or not self._of["target"]:
            return []
        ends = (self._of["baseline"][0][1], self._of["target"][-1][1])
        return [
            '<path class="expected" fill="none" stroke="#666666" stroke-dasharray="1 4" stroke-width="1.5"'
            f' d="{_path(ends)}"/>'
        ]

    def actuals(self, figures: Sequence[Figure]) -> list[str]:
        """Actuals joined over known years; towards a value that may still change the line is dashed."""
        known = {f.fiscal_year: (f, point) for f, point in self._of["actual"]}
        gaps = {f.fiscal_year for f in figures if f.role == "actual" and f.value is None}
        solid: list[str] = []
        dashed: list[str] = []
        before: Point | None = None
        for fy in sorted({*known, *gaps}, key=lambda year: year or 0):
            if fy not in known:
                before = None
                continue
            figure, point = known[fy]
            if before is not None:
                (dashed if figure.status in STATUS else solid).append(_path((before, point)))
            before = point
        stroke = 'class="actual" fill="none" stroke="#0017c1" stroke-width="2.5" stroke-linecap="round"'
        lines = [f'<path {stroke} d="{"".join(solid)}"/>'] if solid else []
        lines += [f'<path {stroke} stroke-dasharray="1 5" d="{"".join(dashed)}"/>'] if dashed else []
        holes = [
            _hole(self._columns[fy]) for fy in sorted(g for g in gaps if g is not None and g not in known)
        ]
        return [*lines, *(_dot(f, point) for f, point in self._of["actual"]), *holes]

    def baseline(self) -> list[str]:
        """The value everything is measured from: a grey square."""
        return [
            f'<rect class="baseline-mark" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"'
            ' fill="#666666"/>'
            for _, (x, y) in self._of["baseline"]
        ]

    def write_labels(self) -> None:
        """Name each series at its last point, then the other values as far as there is room."""
        for role, word in (("actual", "実績"), ("target", "目標"), ("baseline", "基準")):
            if self._of[role]:
                figure, (x, y) = self._of[role][-1]
                state = f"（{STATUS[figure.status]}）" if role == "actual" and figure.status in STATUS else ""
                self._labels.put(f"{word} {self._shown(figure)}{state}", x, y, kind=role, must=True)
        for role in ("actual", "target"):
            if role == "target" and len(self._of[role]) > 5:
                continue  # ten years of targets are read off the line; their numbers are in the table
            for figure, (x, y) in self._of[role][:-1]:
                self._labels.put(self._shown(figure), x, y, kind=role)

    def _shown(self, figure: Figure) -> str:
        low = self._size.show(figure.value or Decimal(0))
        return low if figure.upper is None else f"{low}～{self._size.show(figure.upper)}"


def _path(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _dot(figure: Figure, point: Point) -> str:
    fill = "#fff" if figure.status in STATUS else "#0017c1"
    kind = "actual-mark open" if figure.status in STATUS else "actual-mark"
    place = f'cx="{point[0]}" cy="{point[1]}" r="4.5"'
    return f'<circle class="{kind}" {place} fill="{fill}" stroke="#0017c1" stroke-width="2"/>'


def _hole(x: float) -> str:
    """A year that was due and has no value."""
    place = f'x="{x}" y="{BOTTOM - 7}" text-anchor="middle"'
    return f'<text class="on-quiet" {place} font-size="11" fill="#595959">値なし</text>'


def _describe(figures: Sequence[Figure], size: Magnitude) -> str:
    """What the picture shows, in sentences."""
    sentences = []
    for role, word in (("baseline", "基準値"), ("actual", "実績"), ("target", "目標")):
        told = [_told(f, size) for f in figures if f.role == role and f.fiscal_year is not None]
        if told:
            sentences.append(f"{word}は、{'、'.join(told)}。")
    return "".join(sentences)


def _told(figure: Figure, size: Magnitude) -> str:
    year = show_fiscal_year(figure.fiscal_year or 0, style="era")
    if figure.value is None:
        return f"{year} 値なし（{figure.reason or '理由の記載なし'}）"
    state = f"（{STATUS[figure.status]}）" if figure.status in STATUS else ""
    return f"{year} {size.show(figure.value)}{size.label}{state}"


@lru_cache(maxsize=512)
def draw_spark(figures: tuple[Figure, ...]) -> str:
    """The actuals as a line, the last one a dot; "" below two actuals."""
    drawn = [f for f in figures if f.value is not None and f.fiscal_year is not None]
    actual = sorted((f for f in drawn if f.role == "actual"), key=lambda f: f.fiscal_year or 0)
    if len(actual) < 2:
        return ""
    targets = [f for f in drawn if f.role == "target"]
    values = [f.value or Decimal(0) for f in (*actual, *targets)]
    low, high = min(values), max(values)
    scale = Scale(low, high if high > low else low + 1, (), 4, 24)
    years = range(actual[0].fiscal_year or 0, (actual[-1].fiscal_year or 0) + 1)
    columns = {fy: round(4 + 112 * n / max(len(years) - 1, 1), 1) for n, fy in enumerate(years)}
    points = [(columns[f.fiscal_year or 0], scale.y(f.value or Decimal(0))) for f in actual]
    level = ""
    if targets:
        y = scale.y(targets[-1].value or Decimal(0))
        level = f'<path class="target" d="M0 {y}H120" fill="none" stroke="#c74700" stroke-dasharray="2 3"/>'
    x, y = points[-1]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 28" width="120" height="28"'
        ' aria-hidden="true">'
        f'{level}<path class="line" d="{_path(points)}" fill="none" stroke="#0017c1" stroke-width="2"/>'
        f'<circle cx="{x}" cy="{y}" r="3" fill="#0017c1"/></svg>'
    )
