"""The words of a Word paragraph, run by run: what is deleted, hidden or only an instruction left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from kaikaku.readers.document import Span
from kaikaku.readers.word_numbering import symbol
from kaikaku.readers.word_styles import Styles, W, toggle, value_of, whole

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_LEFT_OUT: Final = frozenset(
    W + name for name in ("del", "moveFrom", "rt", "pPr", "rPr", "instrText", "delText", "sdtPr", "rubyPr")
)
_BOXES: Final = frozenset({W + "txbxContent"})


@dataclass(slots=True)
class Words:
    """What a paragraph holds: its lines (each of spans), the text boxes anchored in it, and its size."""

    lines: list[list[Span]] = field(default_factory=lambda: [[]])
    boxes: list[Any] = field(default_factory=list)
    size: float | None = None


@dataclass(slots=True)
class Notes:
    """Numbers the notes of a file in the order they are referred to."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def mark(self, kind: str, note: str) -> str:
        """The mark printed in the text, in the form plans use: 注1)."""
        prefix = "注" if kind == "footnote" else "文末注"
        return f"{prefix}{self.numbers.setdefault((kind, note), self._next(kind))})"

    def _next(self, kind: str) -> int:
        return sum(1 for known, _ in self.numbers if known == kind) + 1


def words_of(paragraph: Any, *, styles: Styles, style_id: str | None, notes: Notes) -> Words:
    """The visible words of a paragraph, in order. Insertions under review are in, deletions are out."""
    words = Words()
    for run, element in _pieces(paragraph):
        tag = element.tag
        if tag in _BOXES:
            words.boxes.append(element)
            continue
        if tag in (W + "footnoteReference", W + "endnoteReference"):
            kind = "footnote" if tag == W + "footnoteReference" else "endnote"
            text: str | None = notes.mark(kind, element.get(W + "id") or "")
        else:
            text = _text_of(element)
        if text is None:
            continue
        properties = run.find(W + "rPr") if run is not None else None
        if toggle(properties, "vanish"):
            continue
        run_style = value_of(properties, "rStyle")
        bold = styles.bold(properties, run_style, style_id)
        if text.strip() and words.size is None:
            words.size = styles.size(properties, run_style, style_id)
        first, *rest = text.split("\n")
        words.lines[-1].append(Span(first, bold))
        words.lines += [[Span(line, bold)] for line in rest]
    return words


def _pieces(paragraph: Any) -> Iterator[tuple[Any, Any]]:
    """The leaves of a paragraph that may be seen, each with its run; text boxes are not entered."""
    stack: list[tuple[Any, Iterator[Any]]] = [(None, iter(paragraph))]
    while stack:
        run, children = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
        elif not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
            continue
        elif element.tag == _MC + "AlternateContent":
            chosen = element.find(_MC + "Choice")
            chosen = chosen if chosen is not None else element.find(_MC + "Fallback")
            if chosen is not None:
                stack.append((run, iter(chosen)))
        elif element.tag in _BOXES or not len(element):
            yield run, element
        else:
            stack.append((element if element.tag == W + "r" else run, iter(element)))


def _text_of(element: Any) -> str | None:
    tag = element.tag
    if tag in (W + "t", _MATH_TEXT):
        return element.text or ""
    if tag == W + "tab":
        return "\t"
    if tag in (W + "br", W + "cr"):
        return "\n" if element.get(W + "type") in (None, "textWrapping") else ""
    if tag == W + "noBreakHyphen":
        return "-"
    if tag == W + "sym":
        try:
            return symbol(int(element.get(W + "char") or "", 16), element.get(W + "font") or "")
        except ValueError:
            return None
    return None


def indent_of(sources: list[Any], body_size: float) -> float:
    """Where the first line begins, in widths of the body's characters; the first source that says so decides.

    Widths are in twentieths of a point, or in hundredths of a character, which then win.
    """
    left = _first_number(sources, ("leftChars", "startChars"))
    base = (
        left / 100 if left is not None else (_first_number(sources, ("left", "start")) or 0) / 20 / body_size
    )
    hanging = _first_number(sources, ("hangingChars",))
    if hanging is not None:
        return round(base - hanging / 100, 2)
    first = _first_number(sources, ("firstLineChars",))
    if first is not None:
        return round(base + first / 100, 2)
    offset = (_first_number(sources, ("firstLine",)) or 0) - (_first_number(sources, ("hanging",)) or 0)
    return round(base + offset / 20 / body_size, 2)


def _first_number(sources: list[Any], names: tuple[str, ...]) -> int | None:
    for source in sources:
        for name in names:
            number = whole(value_of(source, "ind", name))
            if number is not None:
                return number
    return None
