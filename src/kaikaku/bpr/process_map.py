"""The steps of the work before and after, side by side, as one picture. Pure; its table stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from kaikaku.core.bpr import show_hours

WIDTH, BOX, LEFT, RIGHT, TOP = 760, 320, 8, 432, 40
ROW, GAP = 64, 24
# on a narrow screen a step is a name and two boxes, one below the other
NARROW, PAIR = BOX + 2 * LEFT, 34 + 2 * ROW + GAP + 24
LETTERS = 19  # full-width letters that fit into a box
INK, LINE, WASH, NEW, OLD = "#1a1a1a", "#666666", "#f2f2f2", "#e8f1fe", "#ffffff"


@dataclass(frozen=True, slots=True)
class MapStep:
    """A step as it is drawn: minutes a year and whose hands; None where it is not done."""

    name: str
    before: Decimal | None
    after: Decimal | None
    lane: str = ""
    lane_after: str = ""


def process_map(title: str, steps: Sequence[MapStep]) -> str:
    """The picture, side by side; "" without steps. What is gone or new has a dashed, empty box on the other
    side.
    """
    if not steps:
        return ""
    rows = (part for number, step in enumerate(steps) for part in _row(number, step, len(steps)))
    return _picture("process", title, steps, (WIDTH, TOP + len(steps) * (ROW + GAP)), [*_heads(), *rows])


def narrow_map(title: str, steps: Sequence[MapStep]) -> str:
    """The same for a narrow screen: each step's new way below its old one."""
    if not steps:
        return ""
    parts = (part for number, step in enumerate(steps) for part in _pair(number, step))
    return _picture("process-narrow", title, steps, (NARROW, len(steps) * PAIR), parts)


def _picture(
    name: str, title: str, steps: Sequence[MapStep], size: tuple[int, int], parts: Iterable[str]
) -> str:
    told = "　".join(_sentence(step) for step in steps)
    css = "process-map" if name == "process" else "process-map-narrow"
    return "".join(
        [
            f'<svg class="{css}" viewBox="0 0 {size[0]} {size[1]}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" xmlns="http://www.w3.org/2000/svg">',
            f'<title id="{name}-title">{escape(title)}の手順（見直し前と見直し後）</title>',
            f'<desc id="{name}-desc">{escape(told)}</desc>',
            *parts,
            "</svg>",
        ]
    )


def _pair(number: int, step: MapStep) -> Iterator[str]:
    """A step on a narrow screen: its name, what was, what is."""
    top = number * PAIR
    yield _text(NARROW / 2, top + 22, _short(f"{number + 1}　{step.name}"), size=16, bold=True)
    for y, when, minutes, lane, fill in (
        (top + 34, "見直し前", step.before, step.lane, OLD),
        (top + 34 + ROW + GAP, "見直し後", step.after, step.lane_after or step.lane, NEW),
    ):
        middle = NARROW / 2
        if minutes is None:
            gone = "（なくなった）" if fill == NEW else "（新しい手順）"
            yield _box(LEFT, y, "none", dashed=True)
            yield _text(middle, y + ROW / 2 + 5, f"{when}　{gone}", size=15, colour=LINE)
        else:
            yield _box(LEFT, y, fill)
            yield _text(middle, y + 27, f"{when}　年{show_hours(minutes):,f}時間", size=16, bold=True)
            yield _text(middle, y + 50, _short(lane or "担い手の記録なし"), size=14, colour="#333333")
    yield _arrow(NARROW / 2, top + 34 + ROW, top + 34 + ROW + GAP)


def _heads() -> Iterator[str]:
    for x, words in ((LEFT, "見直し前"), (RIGHT, "見直し後")):
        yield _text(x + BOX / 2, 24, words, size=16, bold=True)


def _row(number: int, step: MapStep, count: int) -> Iterator[str]:
    y = TOP + number * (ROW + GAP)
    for x, minutes, lane, fill in (
        (LEFT, step.before, step.lane, OLD),
        (RIGHT, step.after, step.lane_after or step.lane, NEW),
    ):
        if minutes is None:
            gone = "（なくなった）" if x == RIGHT else "（新しい手順）"
            yield _box(x, y, "none", dashed=True)
            yield _text(x + BOX / 2, y + ROW / 2 + 5, gone, size=14, colour=LINE)
        else:
            yield _box(x, y, fill)
            yield _text(x + BOX / 2, y + 27, _short(step.name), size=15, bold=True)
            below = "　".join(filter(None, (lane, f"年{show_hours(minutes):,f}時間")))
            yield _text(x + BOX / 2, y + 50, _short(below, LETTERS + 4), size=13, colour="#333333")
        if number < count - 1:
            yield _arrow(x + BOX / 2, y + ROW, y + ROW + GAP)
    yield _across(y + ROW / 2)


def _box(x: float, y: float, fill: str, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    place = f'x="{x:g}" y="{y:g}" width="{BOX}" height="{ROW}" rx="6"'
    return f'<rect {place} fill="{fill}" stroke="{LINE}"{dashes}/>'


def _arrow(x: float, top: float, bottom: float) -> str:
    return (
        f'<path d="M{x:g} {top:g}V{bottom - 6:g}" stroke="{LINE}" stroke-width="1.5" fill="none"/>'
        f'<path d="M{x - 5:g} {bottom - 8:g}L{x:g} {bottom - 1:g}L{x + 5:g} {bottom - 8:g}Z" fill="{LINE}"/>'
    )


def _across(y: float) -> str:
    first, last = LEFT + BOX + 12, RIGHT - 12
    return (
        f'<path d="M{first} {y:g}H{last - 8}" stroke="{LINE}" stroke-width="1.5" '
        'stroke-dasharray="2 4" fill="none"/>'
        f'<path d="M{last - 9} {y - 5:g}L{last} {y:g}L{last - 9} {y + 5:g}Z" fill="{LINE}"/>'
    )


def _text(x: float, y: float, words: str, *, size: int, bold: bool = False, colour: str = INK) -> str:
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x:g}" y="{y:g}" text-anchor="middle" font-size="{size}"'
    return f'<text {place} fill="{colour}"{weight}>{escape(words)}</text>'


def _short(words: str, letters: int = LETTERS) -> str:
    return words if len(words) <= letters else f"{words[: letters - 1]}…"


def _sentence(step: MapStep) -> str:
    before = "なし" if step.before is None else f"年{show_hours(step.before):,f}時間"
    after = "なし" if step.after is None else f"年{show_hours(step.after):,f}時間"
    return f"{step.name}：見直し前は{before}、見直し後は{after}。"
