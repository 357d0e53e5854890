"""What every chart of ours is made of: scales, ticks, text that finds its place, safe strings."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import escape

# one font list for screen and paper; typst and browsers take the first they have
FONTS = "BIZ UDPGothic, Noto Sans JP, Hiragino Sans, Yu Gothic UI, Meiryo, sans-serif"
FONT_SIZE = 14
_ONE = Decimal(1)
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """A vertical axis: values from `low` to `high` onto pixels from `bottom` up to `top`."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    top: float
    bottom: float

    def y(self, value: Decimal) -> float:
        """The pixel of `value`, to a tenth."""
        part = float((value - self.low) / (self.high - self.low))
        return round(self.bottom - part * (self.bottom - self.top), 1)


@dataclass(frozen=True, slots=True)
class Magnitude:
    """The unit in which an axis is written: 7560000000円 is read as 75.6 in 億円."""

    divisor: Decimal
    label: str

    def show(self, value: Decimal) -> str:
        """The value in this unit, at most two decimals, minus as △ as the field writes it."""
        scaled = value / self.divisor
        places = 0 if scaled == scaled.to_integral_value() else 1 if abs(scaled * 10 % 1) == 0 else 2
        words = f"{abs(scaled):,.{places}f}"
        return f"△{words}" if scaled < 0 else words


def magnitude_for(values: Iterable[Decimal], unit: str) -> Magnitude:
    """億 from a hundred million, 万 from a hundred thousand (money: ten thousand), else the unit itself."""
    largest = max((abs(v) for v in values), default=Decimal(0))
    if largest >= 10**8:
        return Magnitude(Decimal(10**8), f"億{unit}")
    if largest >= (10**4 if unit == "円" else 10**5):
        return Magnitude(Decimal(10**4), f"万{unit}")
    return Magnitude(_ONE, unit)


def nice_step(span: Decimal, count: int) -> Decimal:
    """The round step (1, 2, 2.5, 5 times a power of ten) that cuts `span` into about `count` parts."""
    if span <= 0:
        return _ONE
    raw = span / count
    power = _ONE.scaleb(raw.adjusted())
    return next(step * power for step in _STEPS if step * power >= raw)


def scale_for(values: Sequence[Decimal], *, unit: str, top: float, bottom: float) -> Scale:
    """An axis with three to five round ticks; from zero where that costs less than half of the height."""
    low, high = min(values), max(values)
    if unit in ("%", "％") and low >= 0 and high <= 100 and (high - low > 40 or low < 30):
        low, high = Decimal(0), Decimal(100) if high > 50 else high
    elif 0 <= low <= high * Decimal("0.6"):
        low = Decimal(0)
    elif high <= 0 and high >= low * Decimal("0.6"):
        high = Decimal(0)
    if low == high:
        low, high = low - max(_ONE, abs(low) / 20), high + max(_ONE, abs(high) / 20)
    step = nice_step(high - low, 4)
    first, last = (
        (low / step).to_integral_value("ROUND_FLOOR"),
        (high / step).to_integral_value("ROUND_CEILING"),
    )
    ticks = tuple(step * n for n in range(int(first), int(last) + 1))
    return Scale(ticks[0], ticks[-1], ticks, top, bottom)


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Width in pixels, near enough to keep labels apart: a wide character is one em, a narrow one 0.6."""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else size * 0.6 for c in text)


def shorten(text: str, width: float, size: float = FONT_SIZE) -> str:
    """`text` cut with … so that it fits into `width` pixels."""
    if text_width(text, size) <= width:
        return text
    kept, left = [], width - size
    for char in text:
        left -= text_width(char, size)
        if left < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Labels:
    """Places texts beside points so that none covers another; what finds no room is left to the table.

    `taken` are texts and markers, `texts` the texts alone: one that must be written may lie over a marker.
    """

    left: float
    right: float
    top: float
    bottom: float
    taken: list[Box] = field(default_factory=list)
    texts: list[Box] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def keep_clear(self, x: float, y: float, radius: float = 5) -> None:
        """A marker stands here."""
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def put(self, text: str, x: float, y: float, *, kind: str, must: bool = False) -> None:
        """Write `text` near (x, y): above, below, beside; one that `must` be written goes as near
        as no other text stands.
        """
        width = text_width(text)
        centre = min(max(x - width / 2, self.left), self.right - width)
        first: tuple[float, float] = (centre, y - 10)
        places = (
            first,
            (centre, y + 21),
            (x + 9, y + 5),
            (x - width - 9, y + 5),
            (x + 2, y - 24),
            (centre, y + 36),
        )
        for at_x, at_y in places:
            box = _box(at_x, at_y, width)
            if self._free(box, self.taken):
                return self._write(text, at_x, at_y, kind, box)
        if must:
            self._write_nearest(text, centre, first[1], kind, width)
        return None

    def _write_nearest(self, text: str, x: float, y: float, kind: str, width: float) -> None:
        """Above or below the place wanted, as near as no other text is covered; there if all is full."""
        wanted = min(max(y, self.top + FONT_SIZE), self.bottom - 3)
        steps = (way * step for step in range(0, int(self.bottom - self.top), 4) for way in (-1, 1))
        places = (wanted + step for step in steps)
        free = (at for at in places if self._free(_box(x, at, width), self.texts))
        at_y = next(free, wanted)
        self._write(text, x, at_y, kind, _box(x, at_y, width))

    def _free(self, box: Box, taken: list[Box]) -> bool:
        x0, y0, x1, y1 = box
        if x0 < self.left - 2 or x1 > self.right + 2 or y0 < self.top or y1 > self.bottom:
            return False
        return all(x1 <= a or x0 >= c or y1 <= b or y0 >= d for a, b, c, d in taken)

    def _write(self, text: str, x: float, y: float, kind: str, box: Box) -> None:
        self.taken.append(box)
        self.texts.append(box)
        self.parts.append(label(text, x, y, kind=kind))


def _box(x: float, y: float, width: float) -> Box:
    """The room of a text whose baseline begins at (x, y), with a little air around it."""
    return (x - 2, y - FONT_SIZE + 2, x + width + 2, y + 3)


# fill colours of words that stand beside a line of the same colour; the class lets a page's tokens override
INK = {"actual": "#0017c1", "target": "#a33a00", "baseline": "#595959", "quiet": "#595959", "ink": "#1a1a1a"}


def label(
    text: str, x: float, y: float, *, kind: str, anchor: str = "start", bold: bool | None = None
) -> str:
    """A text with a white rim, legible where it crosses a line."""
    heavy = kind == "actual" if bold is None else bold
    weight = ' font-weight="700"' if heavy else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    rim = ' stroke="#fff" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"'
    place = f'x="{x:.1f}" y="{y:.1f}"{where}'
    return f'<text class="on-{kind}" {place} fill="{INK[kind]}"{weight}{rim}>{escape(text)}</text>'


def svg(*, name: str, words: str, width: int, height: int, body: Iterable[str], kind: str) -> str:
    """The frame: `name` is the title and `words` the description that a screen reader speaks.

    The ids come from the content, so that the same chart is the same bytes wherever it is printed.
    """
    key = f"{kind}{zlib.crc32(f'{name}|{words}'.encode()):08x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{kind}" role="img" lang="ja"'
        f' aria-labelledby="{key}t {key}d" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' font-family="{FONTS}" font-size="{FONT_SIZE}" font-variant-numeric="tabular-nums">'
        f'<title id="{key}t">{escape(name)}</title><desc id="{key}d">{escape(words)}</desc>'
        f"{''.join(body)}</svg>"
    )
