"""From glyphs to lines: runs on one baseline, rows, and the order in which a page is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kaikaku.readers.building import joined
from kaikaku.readers.document import Span
from kaikaku.readers.pdf_page import Glyph

_RUN_ENDS: Final = 1.6  # of the size: a wider gap begins another run
_BLANK_BETWEEN: Final = 0.4  # of the size, between Japanese characters, which justified setting spreads
_BLANK_MIXED: Final = 0.29  # a quarter is put between Japanese and Latin characters in setting
_BLANK_LATIN: Final = 0.18
_COLUMN_ROWS: Final = 5
_STACKED: Final = 4  # glyphs one below the other make vertical writing


@dataclass(slots=True)
class Run:
    """Glyphs on one baseline with no wide gap between them."""

    glyphs: list[Glyph]
    x0: float
    y0: float
    x1: float
    y1: float
    upright: bool = True

    @classmethod
    def of(cls, glyphs: list[Glyph], *, upright: bool = True) -> Run:
        return cls(
            glyphs,
            min(glyph.x0 for glyph in glyphs),
            min(glyph.y0 for glyph in glyphs),
            max(glyph.x1 for glyph in glyphs),
            max(glyph.y1 for glyph in glyphs),
            upright,
        )

    @property
    def size(self) -> float:
        """The size most of its characters have."""
        counts: dict[float, int] = {}
        for glyph in self.glyphs:
            counts[glyph.size] = counts.get(glyph.size, 0) + 1
        return max(counts, key=lambda size: counts[size])

    @property
    def order(self) -> int:
        return self.glyphs[0].order

    def spans(self) -> tuple[Span, ...]:
        spans: list[Span] = []
        for before, glyph in zip([None, *self.glyphs], self.glyphs, strict=False):
            if before is not None and (glyph.after_blank or (self.upright and _parted(before, glyph))):
                spans.append(Span(" ", before.bold))
            spans.append(Span(glyph.text, glyph.bold))
        return joined(spans)

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans())


def _parted(before: Glyph, glyph: Glyph) -> bool:
    latin = before.text.isascii() + glyph.text.isascii()
    least = (_BLANK_BETWEEN, _BLANK_MIXED, _BLANK_LATIN)[latin]
    return glyph.x0 - before.x1 > max(glyph.size, before.size) * least


def level(one: Run | Glyph, other: Run | Glyph) -> bool:
    """Whether the two stand on one line: they share half the height of the lower."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared >= 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """The glyphs in runs, in the order the file prints them."""
    gathered: list[list[Glyph]] = []
    for glyph in glyphs:
        last = gathered[-1][-1] if gathered else None
        size = max(glyph.size, last.size) if last else glyph.size
        # The letters of a ligature share one box, so a glyph may begin where the one before it began.
        on = last and level(last, glyph) and last.x0 - 0.1 * size <= glyph.x0 <= last.x1 + _RUN_ENDS * size
        if on:
            gathered[-1].append(glyph)
        else:
            gathered.append([glyph])
    return [Run.of(sorted(group, key=lambda g: (g.x0, g.order))) for group in gathered]


def with_vertical(runs: list[Run]) -> list[Run]:
    """The runs with glyphs stacked one below the other joined: vertical writing."""
    result: list[Run] = []
    stack: list[Run] = []
    for run in [*runs, None]:
        if run is not None and len(run.glyphs) == 1 and (not stack or _below(stack[-1], run)):
            stack.append(run)
            continue
        if len(stack) >= _STACKED:
            result.append(Run.of([member.glyphs[0] for member in stack], upright=False))
        else:
            result += stack
        stack = []
        if run is not None and len(run.glyphs) == 1:
            stack = [run]
        elif run is not None:
            result.append(run)
    return result


def _below(upper: Run, lower: Run) -> bool:
    size = upper.glyphs[0].size
    middle = abs((upper.x0 + upper.x1) - (lower.x0 + lower.x1)) / 2
    return (
        middle <= 0.25 * size
        and -0.4 * size <= upper.y0 - lower.y1 <= 0.6 * size
        and lower.text != upper.text
    )


def turned_runs(glyphs: Iterable[Glyph]) -> list[Run]:
    """Glyphs that lie on their side, in runs by the order of the file."""
    gathered: list[list[Glyph]] = []
    for glyph in glyphs:
        last = gathered[-1][-1] if gathered else None
        near = last is not None and max(
            abs(glyph.middle[0] - last.middle[0]), abs(glyph.middle[1] - last.middle[1])
        ) <= 2.2 * max(glyph.size, last.size)
        if near:
            gathered[-1].append(glyph)
        else:
            gathered.append([glyph])
    return [Run.of(group, upright=False) for group in gathered]


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs by rows, top to bottom and left to right, whatever order the file prints them in."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-(run.y0 + run.y1), run.x0)):
        home = next((row for row in reversed(rows[-3:]) if level(row[0], run)), None)
        if home is None:
            rows.append([run])
        else:
            home.append(run)
    return [sorted(row, key=lambda run: run.x0) for row in rows]


def merged_rows(runs: list[Run]) -> list[Run]:
    """Runs that follow one another in the file and stand on one line, made one: a label and its words."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        apart = last and (run.x0 >= last.x1 - 1 or run.x1 <= last.x0 + 1)
        if last and apart and last.upright and run.upright and level(last, run):
            first, second = (last, run) if last.x0 <= run.x0 else (run, last)
            second.glyphs[0].after_blank = True
            result[-1] = Run.of([*first.glyphs, *second.glyphs])
        else:
            result.append(run)
    return result


def gutter(runs: list[Run], width: float) -> float | None:
    """Where a page of two columns of prose is parted; None for any other page.

    Two columns are believed where at least five rows have words on both sides of a free strip in the middle
    third, few runs cross it, and both sides are filled as prose is and a table's columns are not.
    """
    upright = [run for run in runs if run.upright]
    for position in (0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62):
        middle = width * position
        left = [run for run in upright if run.x1 <= middle]
        right = [run for run in upright if run.x0 >= middle]
        crossing = len(upright) - len(left) - len(right)
        if min(len(left), len(right)) < _COLUMN_ROWS or crossing * 4 > len(left) + len(right):
            continue
        shared = sum(
            any(run.x1 <= middle for run in row) and any(run.x0 >= middle for run in row)
            for row in rows_of(upright)
        )
        if shared >= _COLUMN_ROWS and _is_prose(left) and _is_prose(right):
            return middle
    return None


def _is_prose(runs: list[Run]) -> bool:
    start, end = min(run.x0 for run in runs), max(run.x1 for run in runs)
    filled = [run for run in runs if run.x1 - run.x0 >= 0.75 * (end - start)]
    return end - start >= 12 * runs[0].size and len(filled) * 2 >= len(runs)


def in_columns(runs: list[Run], middle: float) -> list[Run]:
    """The runs of a page of two columns: between runs across the page, the left column, then the right."""
    result: list[Run] = []
    left: list[Run] = []
    right: list[Run] = []
    for run in (run for row in rows_of(runs) for run in row):
        if run.x1 <= middle:
            left.append(run)
        elif run.x0 >= middle:
            right.append(run)
        else:
            result += [*left, *right, run]
            left, right = [], []
    return [*result, *left, *right]
