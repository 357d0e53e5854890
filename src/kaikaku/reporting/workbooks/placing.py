"""Rows → what each section's sheet is asked to change, held against the workbook as it was handed out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.reporting.workbooks.reading import FIGURE, BookRead, CellRead, RowRead, Told, columns_of
from kaikaku.reporting.workbooks.values import same_cell
from kaikaku.writers.workbook_form import COMPUTED_COLUMNS

# {"typed": {column: said}, "fixed": {column: said}}
RowContents = Mapping[str, Mapping[str, str]]
# {"figures": {code: …}, "texts": {code: …}}
Contents = Mapping[str, Mapping[str, RowContents]]
KIND_NAMES = {FIGURE: "figures", "text": "texts"}


@dataclass(frozen=True, slots=True)
class Known:
    """A sheet of the round as the rules need it: whose, and the names and units of its rows by code.

    `handed` are the contents of the workbooks that were made of it, by version. `computed` are the codes of
    figures that come from records, `never_public` those of texts that are not published.
    """

    key: str
    department: str
    figures: Mapping[str, tuple[str, str]]
    texts: Mapping[str, str]
    handed: Mapping[int, Contents]
    computed: frozenset[str] = frozenset()
    never_public: frozenset[str] = frozenset()

    def has(self, row: RowRead) -> bool:
        return row.code("row") in (self.figures if row.kind == FIGURE else self.texts)

    def name_of(self, kind: str, code: str) -> str:
        return self.figures[code][0] if kind == FIGURE else self.texts[code]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that says something else than when it was handed out."""

    kind: str
    row: str
    field: str
    base: str
    mine: str
    place: str
    note: str = ""

    def as_json(self) -> dict[str, str]:
        names = ("kind", "row", "field", "base", "mine", "place", "note")
        return {name: getattr(self, name) for name in names}

    @property
    def key(self) -> str:
        """What names the cell within its sheet."""
        return f"{self.kind}-{self.row}-{self.field}"


@dataclass(slots=True)
class Part:
    """What the workbook says of one sheet."""

    known: Known
    changes: list[Change] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    rows: int = 0
    versions: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Placed:
    """The parts by the key of their sheet, and what is told of rows that belong to none."""

    parts: dict[str, Part]
    told: tuple[Told, ...]


def place_rows(
    read: BookRead, *, round_key: str, known: Mapping[str, Known], others: Collection[str] = ()
) -> Placed:
    """Find the sheet of every row, and what has changed in it.

    `others` are the keys of sheets of the round that this person does not bring in. Raises RuleViolation
    where no row is of this round.
    """
    _must_be_of(round_key, read)
    parts: dict[str, Part] = {}
    told: list[Told] = list(read.told)
    seen: dict[tuple[str, str, str], RowRead] = {}
    left_out = 0
    for row in read.rows:
        sheet = known.get(row.code("sheet"))
        if sheet is None and row.code("sheet") in others:
            left_out += 1
        elif not (row.code("row") and row.code("sheet")):
            told.extend(_without_code(row))
        elif sheet is None:
            told.append(
                Told(
                    f"調書キー「{row.code('sheet')}」は、この照会の調書のものではありません。この行は取り込みません。",
                    row.place,
                )
            )
        else:
            part = parts.setdefault(sheet.key, Part(sheet))
            _take(part, row, round_key, seen)
    if left_out:
        told.append(Told(f"ほかの所属の行が{left_out:,}行あります。この調書の行だけを読み取りました。"))
    for part in parts.values():
        part.told.extend(_missing(part, seen))
    return Placed(parts, tuple(told))


def _must_be_of(round_key: str, read: BookRead) -> None:
    keys = {row.code("round") for row in read.rows if row.code("round")}
    if round_key in keys:
        return
    own, foreign = round_key.partition("/")[0], sorted(keys)
    if foreign and all(key.partition("/")[0] != own for key in foreign):
        raise RuleViolation(
            "workbook.other_organisation",
            f"この様式は、ほかの団体のものです（照会キー「{foreign[0]}」）。この照会の画面で様式を受け取り、"
            "記入して取り込んでください。",
            field="file",
        )
    said = f"別の照会のものです（照会キー「{foreign[0]}」）" if foreign else "照会キーがどの行にもありません"
    raise RuleViolation(
        "workbook.other_round",
        f"この様式は、{said}。この照会の画面で様式を受け取り直し、記入した内容を写して取り込んでください。",
        field="file",
    )


def _without_code(row: RowRead) -> Iterator[Told]:
    if any(cell.said or cell.problem for cell in row.cells.values()):
        yield Told(
            "行キーか調書キーがない行です。行を足しても取り込めません。様式にある行に記入するか、"
            "指標を加えることを事務局に相談してください。",
            row.place,
        )


def _take(part: Part, row: RowRead, round_key: str, seen: dict[tuple[str, str, str], RowRead]) -> None:
    known, code = part.known, row.code("row")
    if row.code("round") != round_key:
        part.told.append(
            Told(
                f"照会キーが「{row.code('round')}」に変わっています。別の照会の様式から写した行は、記入する欄だけを写し直してください。",
                row.place,
                stops=True,
            )
        )
        return
    if not known.has(row):
        part.told.append(
            Told(
                f"行キー「{code}」は、「{known.department}」の調書にありません。行キーを元に戻すか、様式を受け取り直してください。",
                row.place,
                stops=True,
            )
        )
        return
    before = seen.setdefault((known.key, row.kind, code), row)
    if before is not row:
        part.told.append(_twice(before, row))
        return
    handed = known.handed.get(_version(row))
    if handed is None:
        part.told.append(
            Told(
                f"調書の版「{row.code('version')}」の様式は、この調書から作られていません。調書の版を元に戻すか、様式を受け取り直してください。",
                row.place,
                stops=True,
            )
        )
        return
    part.rows += 1
    part.versions.add(_version(row))
    _compare(part, row, handed.get(KIND_NAMES[row.kind], {}).get(code, {}))


def _version(row: RowRead) -> int:
    text = row.code("version").lower().removeprefix("v")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def _twice(first: RowRead, again: RowRead) -> Told:
    alike = [cell.said for cell in first.typed] == [cell.said for cell in again.typed]
    if alike:
        return Told(f"{first.place}と同じ行キーの、同じ内容の行です。1回だけ取り込みます。", again.place)
    return Told(
        f"{first.place}と同じ行キーですが、内容が違います。どちらか1行だけにしてください。",
        again.place,
        stops=True,
    )


def _compare(part: Part, row: RowRead, handed: RowContents) -> None:
    known, code = part.known, row.code("row")
    unit = known.figures[code][1] if row.kind == FIGURE else ""
    typed, fixed = handed.get("typed", {}), handed.get("fixed", {})
    for column in columns_of(row.kind):
        cell = row.cells.get(column.key)
        if cell is None or not column.typed:
            continue
        base = typed.get(column.key, "")
        mine = _settled(cell, column.key, base)
        if cell.problem:
            part.told.append(Told(cell.problem, cell.place, stops=True))
        elif not same_cell(base, mine, unit=unit if (row.kind, column.key) == (FIGURE, "text") else None):
            shut = _not_typed(known, row.kind, code, column.key)
            if shut:
                part.told.append(Told(f"{shut}この欄の変更は取り込みません。", cell.place))
            else:
                part.changes.append(Change(row.kind, code, column.key, base, mine, cell.place, cell.note))
    part.told.extend(_locked(row, fixed))


def _settled(cell: CellRead, field: str, base: str) -> str:
    """An emptied choice that has no empty one stays as it was."""
    return base if not cell.said and field in ("status", "public") else cell.said


def _not_typed(known: Known, kind: str, code: str, field: str) -> str:
    """Why a cell that may be typed in other rows is not for typing in this one; "" where it is."""
    if kind == FIGURE and code in known.computed and field in COMPUTED_COLUMNS:
        return "この指標の値は、記録から自動で計算されます。"
    never = kind != FIGURE and field == "public" and code in known.never_public
    return "この記入欄は公表されません。" if never else ""


def _locked(row: RowRead, fixed: Mapping[str, str]) -> Iterator[Told]:
    """Cells that are not for typing and say something else than was handed out: told and left."""
    for name, base in fixed.items():
        cell = row.cells.get(name)
        if cell is not None and cell.said != base:
            said = f"「{cell.said}」" if cell.said else "空欄"
            yield Told(
                f"記入する欄ではないセルが、「{base}」から{said}に変わっています。変更は取り込みません。",
                cell.place,
            )


def _missing(part: Part, seen: Mapping[tuple[str, str, str], RowRead]) -> Iterable[Told]:
    known = part.known
    asked = [(FIGURE, code) for code in known.figures] + [("text", code) for code in known.texts]
    gone = [(kind, code) for kind, code in asked if (known.key, kind, code) not in seen]
    if gone:
        names = "、".join(f"「{known.name_of(kind, code)}」" for kind, code in gone[:5])
        more = f"など{len(gone)}行" if len(gone) > 5 else ""
        yield Told(f"{names}{more}の行がファイルにありません。これらの欄は変わりません。")


def changes_from_json(found: Iterable[Mapping[str, Any]]) -> list[Change]:
    return [Change(**change) for change in found]
