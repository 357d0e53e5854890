"""A workbook as it comes back → its rows, found by header and code wherever they stand now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kaikaku.core.errors import RuleViolation
from kaikaku.core.text import fold
from kaikaku.readers.machine_readability.book import Area, Book, Datum, Holds, Sheet, runs_of
from kaikaku.reporting.workbooks.values import number_of, plain_number, said
from kaikaku.writers.workbook_form import KEYS, TEXT_COLUMNS, Column, figure_columns

Choices = Mapping[str, Sequence[tuple[str, str]]]
FIGURE, TEXT = "figure", "text"
HEADER_WITHIN: Final = 10  # rows in which the header is looked for
CODES: Final = ("round", "sheet", "version", "row")
TOLD_AT_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Told:
    """Something the person must know: the sentence, where, and whether it stops what it belongs to."""

    message: str
    place: str = ""
    stops: bool = False

    def as_json(self) -> dict[str, object]:
        return {"message": self.message, "place": self.place, "stops": self.stops}


@dataclass(frozen=True, slots=True)
class CellRead:
    """What a cell says; `problem` why it cannot be taken, `note` how it was understood."""

    said: str
    place: str
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row with anything in it: its codes as they stand, and its cells by column."""

    kind: str
    place: str
    cells: Mapping[str, CellRead]

    def code(self, name: str) -> str:
        return self.cells[name].said if name in self.cells else ""

    @property
    def typed(self) -> tuple[CellRead, ...]:
        """The cells that are for the section to fill in."""
        names = {column.key for column in columns_of(self.kind) if column.typed}
        return tuple(cell for name, cell in self.cells.items() if name in names)


@dataclass(frozen=True, slots=True)
class BookRead:
    """All rows of the data sheets, and what is told of the workbook as a whole."""

    rows: tuple[RowRead, ...]
    told: tuple[Told, ...] = ()


@dataclass(slots=True)
class _Found:
    """A data sheet: where its header stands and which column holds what."""

    sheet: Sheet
    kind: str
    header: int
    columns: dict[str, int] = field(default_factory=dict)


def columns_of(kind: str, years: Sequence[int] = ()) -> tuple[Column, ...]:
    """The columns of a kind of row."""
    return figure_columns(years) if kind == FIGURE else TEXT_COLUMNS


def read_workbook(book: Book, *, years: Sequence[int], choices: Choices) -> BookRead:
    """The rows of the workbook. Raises RuleViolation where it is not ours or a column to be read is gone."""
    found = [one for sheet in book.sheets if (one := _find(sheet, years)) is not None]
    if not found:
        raise RuleViolation(
            "workbook.not_ours",
            f"「{book.name}」に、調書の様式のシートが見つかりません。1行目の見出しに「行キー」などがあるか確かめてください。"
            "この画面で受け取った様式に記入して、取り込んでください。",
            field="file",
        )
    rows: list[RowRead] = []
    told: list[Told] = []
    for one in found:
        _must_have_its_columns(one, years)
        rows.extend(_rows(one, years, choices))
        told.extend(_about(one))
    return BookRead(tuple(rows), tuple(told))


def round_keys(book: Book) -> list[str]:
    """The keys of rounds that stand in the workbook, the most frequent first; empty for any other book."""
    title = fold(next(column.title for column in KEYS if column.key == "round"))
    found: Counter[str] = Counter()
    for sheet in book.sheets:
        heads = [
            at for at, datum in sheet.cells.items() if at[0] < HEADER_WITHIN and fold(datum.text) == title
        ]
        for row, column in heads[:1]:
            found.update(d.text for at, d in sheet.cells.items() if at[1] == column and at[0] > row)
    return [key for key, _ in found.most_common()]


def _find(sheet: Sheet, years: Sequence[int]) -> _Found | None:
    """The header is the first row that holds most of the codes' titles."""
    by_row: dict[int, dict[str, list[int]]] = {}
    for (row, column), datum in sheet.cells.items():
        if row < HEADER_WITHIN:
            by_row.setdefault(row, {}).setdefault(fold(datum.text), []).append(column)
    codes = {fold(column.title) for column in KEYS if column.key in CODES}
    for row, titles in sorted(by_row.items()):
        if len(codes & titles.keys()) >= 2:
            kind = max((FIGURE, TEXT), key=lambda kind: _fits(kind, years, titles))
            return _Found(sheet, kind, row, _columns(columns_of(kind, years), titles, sheet))
    return None


def _fits(kind: str, years: Sequence[int], titles: Mapping[str, list[int]]) -> int:
    return sum(fold(column.title) in titles for column in columns_of(kind, years))


def _columns(columns: Sequence[Column], titles: Mapping[str, list[int]], sheet: Sheet) -> dict[str, int]:
    found = {}
    for column in columns:
        places = titles.get(fold(column.title), [])
        if len(places) > 1 and (column.typed or column.key in CODES):
            raise RuleViolation(
                "workbook.column_twice",
                f"シート「{sheet.name}」に、見出しが「{column.title}」の列が{len(places)}つあります。"
                "1つだけにしてから、もう一度取り込んでください。",
                field="file",
            )
        if places:
            found[column.key] = places[0]
    return found


def _must_have_its_columns(found: _Found, years: Sequence[int]) -> None:
    columns = columns_of(found.kind, years)
    missing = [c for c in columns if (c.typed or c.key in CODES) and c.key not in found.columns]
    if not missing:
        return
    known = {fold(column.title) for column in columns}
    header = ((place, datum) for place, datum in found.sheet.cells.items() if place[0] == found.header)
    strange = [
        f"「{d.text}」（{found.sheet.name_of(*at)}）" for at, d in sorted(header) if fold(d.text) not in known
    ]
    hint = (
        f"見出しが{'、'.join(strange[:5])}に変わっていないか確かめ、"
        if strange
        else "列を消していないか確かめ、"
    )
    titles = "、".join(f"「{column.title}」" for column in missing)
    raise RuleViolation(
        "workbook.column_missing",
        f"シート「{found.sheet.name}」に{titles}の列が見つかりません。{hint}元の見出しに戻してから、"
        "もう一度取り込んでください。",
        field="file",
    )


def _rows(found: _Found, years: Sequence[int], choices: Choices) -> Iterator[RowRead]:
    by_row: dict[int, dict[int, Datum]] = {}
    for (row, at), datum in found.sheet.cells.items():
        if row > found.header:
            by_row.setdefault(row, {})[at] = datum
    merged = [area for area in found.sheet.merges if area.bottom > found.header]
    columns = [(c, found.columns[c.key]) for c in columns_of(found.kind, years) if c.key in found.columns]
    for row, data in sorted(by_row.items()):
        cells = {}
        for column, at in columns:
            place = f"{found.sheet.name} {found.sheet.name_of(row, at)}"
            cells[column.key] = _cell(data.get(at), column, place, _area(merged, (row, at)), choices)
        yield RowRead(found.kind, f"{found.sheet.name} {row + 1}行目", cells)


def _area(merged: Sequence[Area], at: tuple[int, int]) -> Area | None:
    return next((area for area in merged if area.holds(*at)), None)


def _cell(datum: Datum | None, column: Column, place: str, area: Area | None, choices: Choices) -> CellRead:
    if area is not None and column.typed:
        return CellRead("", place, problem="セルが結合されています。結合を解除し、行ごとに記入してください。")
    if datum is None or (not datum.raw.strip() and not datum.formula):
        return CellRead("", place)
    read = _content(datum, column, place)
    if read.problem or not column.choices:
        return read
    return _chosen(read, column, choices)


def _content(datum: Datum, column: Column, place: str) -> CellRead:
    """What the cell holds, by its kind and by what its column wants."""
    if datum.formula and not datum.raw.strip():
        return CellRead(
            "",
            place,
            problem="数式の計算結果が保存されていません。Excelで開いて上書き保存するか、値を直接入力してください。",
        )
    note = f"数式が入っています。計算結果の「{datum.text}」を取り込みます。" if datum.formula else ""
    if datum.holds is Holds.OTHER and datum.text.startswith("#"):
        return CellRead(
            "", place, problem=f"セルが「{datum.text}」というエラーです。値を入力し直してください。"
        )
    wants_number = column.key == "text" and column.title == "実績値"
    if datum.holds is Holds.DATE and wants_number:
        return CellRead(
            said(datum.text),
            place,
            problem=f"日付（{datum.text}）になっています。セルの表示形式を「標準」に戻し、数値を入力し直してください。",
        )
    if datum.holds is Holds.NUMBER:
        number = number_of(datum.text)
        if number is not None:
            shown = f"{plain_number(number.scaleb(2))}%" if datum.percent else plain_number(number)
            return CellRead(shown, place, note=note)
    if datum.holds is Holds.OTHER and datum.text in ("0", "1"):
        return CellRead("TRUE" if datum.text == "1" else "FALSE", place, note=note)
    return CellRead(said(datum.raw), place, note=note)


def _chosen(read: CellRead, column: Column, choices: Choices) -> CellRead:
    """The code of a chosen word; the code itself and the word without its brackets will do as well."""
    wanted = {fold(read.said), fold(read.said.partition("（")[0])}
    words = choices.get(column.choices, ())
    for code, label in words:
        if wanted & {fold(code), fold(label), fold(label.partition("（")[0])}:
            return CellRead(code, read.place, note=read.note)
    labels = "、".join(label for _, label in words if label)
    return CellRead(
        read.said,
        read.place,
        problem=f"「{read.said}」は「{column.title}」の一覧にありません。{labels}のどれかを選んでください。",
    )


def _about(found: _Found) -> Iterator[Told]:
    """What is told of a sheet: nothing of it stops the import."""
    sheet = found.sheet
    if not sheet.visible:
        yield Told("シートが非表示になっていますが、読み取りました。", str(sheet.name))
    if found.header:
        yield Told(f"見出しが{found.header + 1}行目にあるとみて、その下を読み取りました。", str(sheet.name))
    filled = {row for row, _ in sheet.cells if row > found.header}
    hidden = filled & {row for first, end in sheet.hiding.rows for row in range(first, end)}
    for first, last in runs_of(hidden)[:TOLD_AT_MOST]:
        yield Told("非表示の行ですが、読み取りました。", f"{sheet.name} {sheet.name_rows(first, last)}")
    columns = {place: key for key, place in found.columns.items()}
    out_of_sight = {c for first, end in sheet.hiding.columns for c in range(first, min(end, 16_384))}
    for place in sorted(out_of_sight & columns.keys()):
        yield Told("非表示の列ですが、読み取りました。", f"{sheet.name} {sheet.name_columns(place, place)}")
    untyped = [a for a in sheet.merges if not _over_typed(a, found)]
    for area in untyped[:TOLD_AT_MOST]:
        ends = (sheet.name_of(area.top, area.left), sheet.name_of(area.bottom - 1, area.right - 1))
        name = f"{sheet.name} {'～'.join(ends)}"
        yield Told("セルが結合されています。記入する欄ではないため、取り込みに影響しません。", name)


def _over_typed(area: Area, found: _Found) -> bool:
    typed = {c.key for c in columns_of(found.kind) if c.typed}
    places = {place for key, place in found.columns.items() if key in typed}
    return any(area.left <= place < area.right for place in places)
