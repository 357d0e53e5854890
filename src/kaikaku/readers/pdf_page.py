"""One page of a PDF as it lies on paper: glyphs with their boxes and styles, and the lines ruled on it.

Everything is turned into the page as it is looked at (rotation undone, origin at the lower left, points).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from kaikaku.readers import limits

_BOLD_NAME = re.compile(
    r"bold|heavy|black|demi|extrab|-eb\b|[-_]w[6-9]\b|ultra|[a-z]ub$|-ub\b", re.IGNORECASE
)
_FORCE_BOLD: Final = 1 << 18  # PDF 32000-1, table 123
_FILL_AND_STROKE: Final = 2
_THIN: Final = 2.5  # points; a filled box no thicker is a ruled line
_SHORTEST_RULE: Final = 4.0
_MOST_OBJECTS: Final = 20_000  # beyond, a page is a map or a drawing
_DEEPEST_FORM: Final = 6
_SAME_PLACE: Final = 0.15  # of the size; a glyph printed twice so near is bold
_MOST_COMPARED: Final = 500_000
_NOT_TEXT: Final = frozenset({0x0, 0xA, 0xD, 0xFFFE, 0xFFFF, 0xFEFF, 0xAD})


Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Glyph:
    """One printed character and the box it takes, in points from the lower left."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    order: int
    after_blank: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: `at` its height (horizontal) or its distance from the left (vertical)."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """What a page holds; `turned` glyphs do not stand upright, `unknown` counts those without a character."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    quarter: int  # how often the writing is turned by 90 degrees, counterclockwise


@dataclass(frozen=True, slots=True)
class _Paper:
    """Turns the file's coordinates into those of the page as looked at."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int  # clockwise

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarter == 1:
            return y - self.bottom, self.right - x
        if self.quarter == 2:
            return self.right - x, self.top - y
        if self.quarter == 3:
            return self.top - y, x - self.left
        return x - self.left, y - self.bottom

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def page_content(page: Any, *, name: str) -> PageContent:
    """The glyphs and rules of an opened pypdfium2 page."""
    quarter = (page.get_rotation() // 90) % 4
    left, bottom, right, top = page.get_bbox()
    paper = _Paper(left, bottom, right, top, quarter)
    width, height = page.get_size()
    content = PageContent(width, height)
    _take_glyphs(page, paper, content, name)
    if content.glyphs:
        _take_rules(page, paper, content)
    return content


def _take_glyphs(page: Any, paper: _Paper, content: PageContent, name: str) -> None:
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        limits.check_count(count, limits.MAX_PAGE_CHARACTERS, name=name, what="1ページの文字", unit="字")
        handle = text_page.raw
        styles: dict[int, _Style] = {}
        printed: dict[tuple[str, int, int], Glyph] = {}
        box = pdfium.FS_RECTF()
        blank = False
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(handle, index)
            if code in _NOT_TEXT or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
                content.unknown += code not in (0xA, 0xD, 0xAD, 0xFEFF)
                continue
            character = chr(code)
            if character.isspace() or code < 0x20:
                blank = blank or not pdfium.FPDFText_IsGenerated(handle, index)
                continue
            if not pdfium.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
                continue
            style = _style_of(handle, index, styles, paper)
            x0, y0, x1, y1 = paper.box(box.left, box.bottom, box.right, box.top)
            glyph = Glyph(character, x0, y0, x1, y1, style.size, style.bold, index, after_blank=blank)
            blank = False
            if not _printed_before(glyph, printed):
                (content.turned if style.quarter else content.glyphs).append(glyph)
    finally:
        text_page.close()


def _printed_before(glyph: Glyph, printed: dict[tuple[str, int, int], Glyph]) -> bool:
    """Whether the same character already stands there: print twice, slightly off, is how some make bold."""
    step = max(glyph.size, 1.0) * _SAME_PLACE
    column, row = math.floor(glyph.x0 / step), math.floor(glyph.y0 / step)
    for key in ((glyph.text, column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
        other = printed.get(key)
        if other and abs(other.x0 - glyph.x0) < step and abs(other.y0 - glyph.y0) < step:
            other.bold = True
            return True
    printed[glyph.text, column, row] = glyph
    return False


def _style_of(handle: Any, index: int, styles: dict[int, _Style], paper: _Paper) -> _Style:
    """The style of a character: asked once for each text object, because that is what a style belongs to."""
    import pypdfium2.raw as pdfium

    owner = pdfium.FPDFText_GetTextObject(handle, index)
    key = ctypes.cast(owner, ctypes.c_void_p).value or 0
    if key in styles:
        return styles[key]
    matrix = pdfium.FS_MATRIX()
    size, quarter = float(pdfium.FPDFText_GetFontSize(handle, index)), 0
    if pdfium.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        scale = math.hypot(matrix.c, matrix.d)
        size *= scale if scale else 1.0
        quarter = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    bold = False
    if owner:
        font = pdfium.FPDFTextObj_GetFont(owner)
        bold = pdfium.FPDFTextObj_GetTextRenderMode(owner) == _FILL_AND_STROKE
        bold = bold or (bool(font) and _is_bold(font))
    style = _Style(round(abs(size), 2) or 1.0, bold, (quarter - paper.quarter) % 4)
    if key:
        styles[key] = style
    return style


def _is_bold(font: Any) -> bool:
    """By the flag or the name; pdfium's own weight, guessed from stems, calls some regular fonts bold."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFFont_GetFlags(font) & _FORCE_BOLD:
        return True
    buffer = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", errors="replace")
    return bool(_BOLD_NAME.search(name))


def _take_rules(page: Any, paper: _Paper, content: PageContent) -> None:
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    words: list[Box] = []
    for seen, (item, matrix) in enumerate(_objects(page.raw, _IDENTITY, 0)):
        if seen > _MOST_OBJECTS:
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += _rules_of(item, matrix, paper)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            words += _bounds_of(item, matrix, paper)
    content.rules = rules
    _embolden(content.glyphs, _printed_twice(words))


def _bounds_of(item: Any, matrix: Matrix, paper: _Paper) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    refs = [ctypes.byref(value) for value in (left, bottom, right, top)]
    if pdfium.FPDFPageObj_GetBounds(item, *refs):
        a, b, c, d, e, f = matrix
        x0, y0 = a * left.value + c * bottom.value + e, b * left.value + d * bottom.value + f
        x1, y1 = a * right.value + c * top.value + e, b * right.value + d * top.value + f
        yield paper.box(x0, y0, x1, y1)


def _printed_twice(words: list[Box]) -> list[Box]:
    """The boxes in which the same words are printed twice, slightly off; pdfium's text has them once."""
    seen: dict[tuple[int, int, int], Box] = {}
    twice: list[Box] = []
    for box in words:
        step = max(1.0, (box[3] - box[1]) * _SAME_PLACE)
        column, row = math.floor(box[0] / step), math.floor(box[1] / step)
        width = round((box[2] - box[0]) / step)
        near = ((column + x, row + y, width + w) for x in (-1, 0, 1) for y in (-1, 0, 1) for w in (-1, 0, 1))
        if width and any(key in seen for key in near):
            twice.append(box)
        seen[column, row, width] = box
    return twice


def _embolden(glyphs: list[Glyph], boxes: list[Box]) -> None:
    if len(glyphs) * len(boxes) > _MOST_COMPARED:
        return
    for x0, y0, x1, y1 in boxes:
        for glyph in glyphs:
            x, y = glyph.middle
            glyph.bold = glyph.bold or (x0 - 1 <= x <= x1 + 1 and y0 - 2 <= y <= y1 + 2)


_IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _objects(holder: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """The objects of a page, those inside form objects with the matrix they are drawn under."""
    import pypdfium2.raw as pdfium

    if depth:
        count, get = pdfium.FPDFFormObj_CountObjects(holder), pdfium.FPDFFormObj_GetObject
    else:
        count, get = pdfium.FPDFPage_CountObjects(holder), pdfium.FPDFPage_GetObject
    for index in range(max(0, count)):
        item = get(holder, index)
        if not item:
            continue
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST_FORM:
                yield from _objects(item, _multiplied(_matrix_of(item), matrix), depth + 1)
            continue
        yield item, matrix


def _matrix_of(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _multiplied(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _rules_of(path: Any, outer: Matrix, paper: _Paper) -> Iterator[Rule]:
    """The ruled lines of a path: its straight strokes, or its whole where it is filled and thin."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    matrix = _multiplied(_matrix_of(path), outer)
    for points in _outlines(path, matrix, paper):
        if stroke.value:
            pairs = pairwise(points)
            yield from (rule for (x0, y0), (x1, y1) in pairs if (rule := _rule(x0, y0, x1, y1, thick=1.0)))
        elif fill.value and points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            rule = _rule(min(xs), min(ys), max(xs), max(ys), thick=_THIN)
            if rule:
                yield rule


def _outlines(path: Any, matrix: Matrix, paper: _Paper) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; parts with curves have none."""
    import pypdfium2.raw as pdfium

    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(path), 4000)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = paper.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield points
            points = [point]
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:
            points = []
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    yield points


def _rule(x0: float, y0: float, x1: float, y1: float, *, thick: float) -> Rule | None:
    width, height = abs(x1 - x0), abs(y1 - y0)
    if height <= thick and width >= _SHORTEST_RULE and width > 2 * height:
        return Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    if width <= thick and height >= _SHORTEST_RULE and height > 2 * width:
        return Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
    return None
