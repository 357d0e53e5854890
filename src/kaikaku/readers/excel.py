"""Excel workbooks (.xlsx): what each sheet shows, as tables and lines.

The parts are read directly and in one pass, because number formats, merged cells and what is hidden decide
what a person sees: of the libraries one gives values without formats and takes memory for the whole rectangle
of a sheet, the other is ten times slower and holds a workbook some fifty times its size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kaikaku.readers.archive import Archive
from kaikaku.readers.building import Builder, line_of
from kaikaku.readers.document import Document, Place, Span
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.excel_sheet import Sheet, Workbook, read_sheet, reference, visible_cells
from kaikaku.readers.excel_styles import child, integer, local, read_strings, read_styles
from kaikaku.readers.grid import GridCell, blocks_of

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATION_IDS: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",  # of strict files
)
_TOLD_AT_MOST: Final = 20  # of each kind of trouble in a sheet
_ERRORS: Final = {
    "#REF!": "参照先がない",
    "#DIV/0!": "0で割っている",
    "#VALUE!": "値の種類が違う",
    "#NAME?": "関数や名前がない",
    "#N/A": "値が見つからない",
    "#NUM!": "数値が正しくない",
    "#NULL!": "範囲が交わらない",
}


@dataclass(slots=True)
class _SheetPlaces:
    """Numbers the lines of a sheet on from those of the sheets before."""

    builder: Builder
    sheet: str

    def new(self, cell: GridCell) -> Place:
        return self.builder.next_place(sheet=self.sheet, cell=cell.name)

    def beside(self, cell: GridCell, first: Place) -> Place:
        return Place(first.line, sheet=self.sheet, cell=cell.name)


def read_excel(data: bytes, *, name: str) -> Document:
    """Read a workbook; a cell's text is what Excel shows in it, and formulas give their last result.

    Hidden sheets, rows and columns are left out and told in a notice: what was hidden before publishing was
    not meant to be read. Errors such as #REF! and formulas saved without a result are told cell by cell.
    """
    archive = Archive(data, name=name)
    builder = Builder(name)
    main = archive.main_part("xl/workbook.xml")
    root = archive.xml(main)
    targets = archive.targets(main)
    parts = dict(targets.values())
    workbook = Workbook(
        strings=read_strings(archive, parts.get("sharedStrings"), builder=builder),
        styles=read_styles(archive, parts.get("styles")),
        from_1904=_from_1904(root),
    )
    sheets = child(root, "sheets")
    for element in sheets if sheets is not None else ():
        title = element.get("name") or "（名前なし）"
        relation = next((element.get(key) for key in RELATION_IDS if element.get(key)), "")
        kind, part = targets.get(relation or "", ("", ""))
        if (element.get("state") or "visible") != "visible":
            builder.notice(
                "hidden_sheet",
                f"シート「{title}」は非表示のため読み取っていません。"
                "必要なときは再表示して保存し直してください。",
            )
        elif kind == "worksheet" and archive.has(part):
            _read_one(archive, part, title, workbook, builder)
    if not builder.blocks:
        raise Unreadable(
            "no_text",
            f"「{name}」の表示されているシートに、読み取れる文字がありません。"
            "Excelで開いて内容を確かめ、保存し直してから、もう一度指定してください。",
            name=name,
        )
    return builder.document(MEDIA_TYPE)


def _from_1904(root: Any) -> bool:
    properties = child(root, "workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def _read_one(archive: Archive, part: str, title: str, workbook: Workbook, builder: Builder) -> None:
    sheet = read_sheet(archive, part, workbook=workbook, builder=builder)
    cells, hidden = visible_cells(sheet)
    places = _SheetPlaces(builder, title)
    builder.extend(blocks_of(cells, places=places))
    for kind, target in archive.targets(part).values():
        if kind == "drawing" and archive.has(target):
            _read_text_boxes(archive, target, title, builder)
    _tell(sheet, hidden, title, builder)


def _read_text_boxes(archive: Archive, part: str, title: str, builder: Builder) -> None:
    """The words of text boxes and shapes laid over the sheet, after its cells."""
    for anchor in archive.xml(part):
        start = child(anchor, "from")
        at = {local(mark): integer(mark.text, 0) for mark in start} if start is not None else {}
        cell = reference(max(0, at.get("row", 0)), max(0, at.get("col", 0)))
        for paragraph in (element for element in anchor.iter() if local(element) == "p"):
            words = [element.text or "" for element in paragraph.iter() if local(element) == "t"]
            if "".join(words).strip():
                place = builder.next_place(sheet=title, cell=cell)
                builder.add(line_of([Span("".join(words))], place))


def _tell(sheet: Sheet, hidden: int, title: str, builder: Builder) -> None:
    if hidden:
        builder.notice(
            "hidden_cells",
            f"シート「{title}」の非表示の行や列にある{hidden}個のセルは読み取っていません。"
            "必要なときは再表示して保存し直してください。",
        )
    for cell, error in sheet.errors[:_TOLD_AT_MOST]:
        why = f"（{_ERRORS[error]}）" if error in _ERRORS else ""
        builder.notice(
            "cell_error",
            f"シート「{title}」のセル{cell}は「{error}」{why}というエラーです。元のブックの数式を直してください。",
        )
    if len(sheet.errors) > _TOLD_AT_MOST:
        rest = len(sheet.errors) - _TOLD_AT_MOST
        builder.notice("cell_error", f"シート「{title}」には、ほかに{rest}個のエラーのセルがあります。")
    if sheet.uncalculated:
        first, count = sheet.uncalculated[0], len(sheet.uncalculated)
        builder.notice(
            "not_calculated",
            f"シート「{title}」の{count}個のセル（{first}など）は、数式の計算結果が保存されていないため空欄として"
            "読み取りました。Excelで開いて上書き保存してから、もう一度指定してください。",
        )
