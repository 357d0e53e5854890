"""CSV and TSV: the delimiter told conservatively, titles and notes around the table kept as lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from kaikaku.readers import limits
from kaikaku.readers.building import Builder
from kaikaku.readers.document import Document, Place
from kaikaku.readers.encoding import decode
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.grid import GridCell, blocks_of

_SAMPLE_LINES: Final = 200
_LINE: Final = re.compile(r"[^\r\n]+")


class _PhysicalLines:
    """Rows stand on the lines of the file."""

    def __init__(self, numbers: list[int]) -> None:
        self._numbers = numbers

    def new(self, cell: GridCell) -> Place:
        return Place(self._numbers[cell.row])

    def beside(self, cell: GridCell, first: Place) -> Place:
        return first


def read_csv(data: bytes, *, name: str, tabs: bool = False) -> Document:
    """Read a CSV file, or with `tabs` a TSV file; `place.line` is the physical line a row begins on.

    Rows of one filled cell above and below the table are lines (titles, unit, notes), empty rows part tables.
    Raises Unreadable where a quotation mark is never closed.
    """
    decoded = decode(data, name=name)
    builder = Builder(name)
    if decoded.broken:
        message = (
            f"読み取れない文字が{decoded.broken}か所あり、「�」で示しました。元のファイルを確かめてください。"
        )
        builder.notice("broken_characters", message)
    check_lines(decoded.text, name=name)
    delimiter = "\t" if tabs else delimiter_of(decoded.text)
    numbers: list[int] = []
    cells: list[GridCell] = []
    for number, row in _rows(decoded.text, delimiter, name):
        for column, value in enumerate(row):
            text = value.strip().replace("\r\n", "\n").replace("\r", "\n")
            if text:
                builder.count_cells(1)
                cells.append(GridCell(len(numbers), column, text))
        numbers.append(number)
    builder.count_cells(-len(cells))
    builder.extend(blocks_of(cells, places=_PhysicalLines(numbers), side_by_side=False))
    builder.properties.update(encoding=decoded.encoding, delimiter=delimiter)
    return builder.document("text/tab-separated-values" if delimiter == "\t" else "text/csv")


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the physical line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
            limits.check_count(reader.line_num, limits.MAX_LINES, name=name, what="行", unit="行")
    except csv.Error as error:
        raise Unreadable(
            "bad_csv",
            f'「{name}」の{begins}行目から先を表として読み取れません。引用符（"）の閉じ忘れがないか、'
            "引用符で囲んだ値のすぐ後ろに余分な文字がないかを確かめてください。",
            name=name,
            line=begins,
        ) from error


def check_lines(text: str, *, name: str) -> None:
    """Refuse a line that is too long to be parted."""
    longest = max((match.end() - match.start() for match in _LINE.finditer(text)), default=0)
    limits.check_count(longest, limits.MAX_LINE_CHARACTERS, name=name, what="1行の文字", unit="字")


def delimiter_of(text: str) -> str:
    """The comma, unless another sign cuts the first rows into equal parts and the comma does not."""
    sample = "\n".join(match.group() for match in islice(_LINE.finditer(text), _SAMPLE_LINES))
    scores = {sign: _evenness(sample, sign) for sign in (",", "\t", ";")}
    best = max(scores, key=lambda sign: scores[sign])
    return best if scores[best] > 1.5 * scores[","] else ","


def _evenness(sample: str, sign: str) -> float:
    """The share of filled rows that have the commonest number of columns, where that is more than one."""
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign) if any(row)]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return count / len(rows) if width > 1 else 0.0
