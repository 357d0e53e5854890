"""The fills and fonts of a workbook's cell styles, as far as people use them to say something."""

from __future__ import annotations

from typing import Any, Final

from kaikaku.readers.archive import Archive
from kaikaku.readers.excel_styles import child, integer, is_on, local
from kaikaku.readers.machine_readability.book import Look

_NO_FILL: Final = ("none", "")
_WHITE: Final = ("rgb:FFFFFFFF", "rgb:00FFFFFF", "indexed:9", "indexed:65", "theme:0")
_BLACK: Final = ("", "rgb:FF000000", "rgb:00000000", "indexed:8", "indexed:64", "theme:1", "auto:1")


def read_looks(archive: Archive, part: str | None) -> list[Look]:
    """The looks of the cell styles by their index."""
    if part is None or not archive.has(part):
        return []
    sections = {local(section): section for section in archive.xml(part)}
    fills = [_fill(fill) for fill in sections.get("fills", ()) if local(fill) == "fill"]
    fonts = [_font(font) for font in sections.get("fonts", ()) if local(font) == "font"]
    return [_look(xf, fills, fonts) for xf in sections.get("cellXfs", ()) if local(xf) == "xf"]


def _look(xf: Any, fills: list[str], fonts: list[tuple[str, bool, bool]]) -> Look:
    fill, font = integer(xf.get("fillId"), 0), integer(xf.get("fontId"), 0)
    colour, bold, struck = fonts[font] if 0 <= font < len(fonts) else ("", False, False)
    return Look(fills[fill] if 0 <= fill < len(fills) else "", colour, bold, struck)


def _fill(fill: Any) -> str:
    """The fill as one word; none and white are the same to the eye."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        return "gradient" if child(fill, "gradientFill") is not None else ""
    kind = pattern.get("patternType") or "none"
    if kind in _NO_FILL:
        return ""
    colour = _colour(child(pattern, "fgColor"))
    if kind == "solid":
        return "" if colour in _WHITE else colour or kind
    return f"{kind} {colour}"


def _font(font: Any) -> tuple[str, bool, bool]:
    colour = _colour(child(font, "color"))
    return "" if colour in _BLACK else colour, is_on(child(font, "b")), is_on(child(font, "strike"))


def _colour(element: Any) -> str:
    if element is None:
        return ""
    for key in ("rgb", "theme", "indexed", "auto"):
        if element.get(key) is not None:
            tint = element.get("tint")
            return f"{key}:{element.get(key)}" + (f"/{tint}" if tint and changes(tint) else "")
    return ""


def changes(tint: str) -> bool:
    """Whether a tint changes the colour at all."""
    return tint.strip("-0.") != ""
