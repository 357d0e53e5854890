"""The styles and shared strings of a workbook, as far as they decide what a cell shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from kaikaku.readers.archive import Archive
from kaikaku.readers.building import Builder, joined
from kaikaku.readers.document import Span
from kaikaku.readers.excel_format import BUILT_IN

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FALSE: Final = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell shows what it holds; `ruled` where a line is drawn around it."""

    number_format: str = "General"
    bold: bool = False
    size: float | None = None
    ruled: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class SharedString:
    """A text kept once for many cells; `spans` only where its characters differ in style."""

    text: str
    spans: tuple[Span, ...] = ()


def local(element: Any) -> str:
    """The element's name without its namespace, because strict and transitional files differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, name: str) -> Any:
    """The first child of that name, or None."""
    return next((part for part in element if local(part) == name), None)


def is_on(element: Any) -> bool:
    """Whether a toggle such as <b/> is there and not switched off."""
    return element is not None and (element.get("val") or "1").lower() not in _FALSE


def read_styles(archive: Archive, part: str | None) -> list[CellStyle]:
    """The cell styles by their index; an empty list where the workbook has none."""
    if part is None or not archive.has(part):
        return []
    root = archive.xml(part)
    sections = {local(section): section for section in root}
    formats = dict(BUILT_IN)
    for element in sections.get("numFmts", ()):
        formats[integer(element.get("numFmtId"), -1)] = element.get("formatCode") or "General"
    fonts = [_font(font) for font in sections.get("fonts", ()) if local(font) == "font"]
    borders = [_is_ruled(border) for border in sections.get("borders", ()) if local(border) == "border"]
    return [_style(xf, formats, fonts, borders) for xf in sections.get("cellXfs", ()) if local(xf) == "xf"]


def _style(
    xf: Any, formats: dict[int, str], fonts: list[tuple[bool, float | None]], borders: list[bool]
) -> CellStyle:
    font, border = integer(xf.get("fontId"), 0), integer(xf.get("borderId"), 0)
    bold, size = fonts[font] if 0 <= font < len(fonts) else (False, None)
    alignment = child(xf, "alignment")
    return CellStyle(
        number_format=formats.get(integer(xf.get("numFmtId"), 0), "General"),
        bold=bold,
        size=size,
        ruled=0 <= border < len(borders) and borders[border],
        indent=integer(alignment.get("indent"), 0) if alignment is not None else 0,
    )


def _font(font: Any) -> tuple[bool, float | None]:
    size = child(font, "sz")
    try:
        points = float(size.get("val")) if size is not None else None
    except (TypeError, ValueError):
        points = None
    return is_on(child(font, "b")), points


def _is_ruled(border: Any) -> bool:
    sides = [part for part in border if local(part) in ("left", "right", "top", "bottom", "start", "end")]
    return any((side.get("style") or "none") != "none" for side in sides)


def read_strings(archive: Archive, part: str | None, *, builder: Builder) -> list[SharedString]:
    """The shared strings by their index."""
    if part is None or not archive.has(part):
        return []
    strings: list[SharedString] = []
    for item in archive.elements(part, "{*}si"):
        strings.append(rich_text(item))
        builder.count_characters(len(strings[-1].text))
        builder.count_cells(1)
    builder.count_cells(-len(strings))
    return strings


def rich_text(item: Any) -> SharedString:
    """The words of a string item; the reading (furigana) Excel keeps beside them is left out."""
    spans: list[Span] = []
    for part in item:
        if local(part) == "t":
            spans.append(Span(_unescaped(part.text or "")))
        elif local(part) == "r":
            properties, text = child(part, "rPr"), child(part, "t")
            bold = properties is not None and is_on(child(properties, "b"))
            spans.append(Span(_unescaped(text.text or "") if text is not None else "", bold))
    whole = joined(spans)
    text = "".join(span.text for span in whole)
    return SharedString(text, whole if any(span.bold for span in whole) else ())


def _unescaped(text: str) -> str:
    """Excel writes what XML cannot hold as _x000D_, and an underscore that would look so as _x005F_ (ECMA-376
    part 1, 22.9.2.19).
    """
    if "_x" in text:
        text = _ESCAPED.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(match: re.Match[str]) -> str:
    """The character meant; one that no text holds is left out."""
    number = int(match[1], 16)
    is_text = number in (0x09, 0x0A, 0x0D) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return chr(number) if is_text else ""


def integer(text: str | None, otherwise: int) -> int:
    """The integer an attribute holds, or `otherwise`."""
    try:
        return int(text or "")
    except ValueError:
        return otherwise
