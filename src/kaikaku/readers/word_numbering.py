"""The numbers Word prints before paragraphs: counted again, because a file keeps only their rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from kaikaku.readers.numbering import ordinal
from kaikaku.readers.word_styles import W, toggle, value_of, whole

_PLACEHOLDER = re.compile(r"%([1-9])")
_SYMBOL_FONTS: Final = ("symbol", "wingdings", "webdings")
_SYMBOLS: Final = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xB2: "✧", 0xB7: "•", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xFC: "✓",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its format, the text around the number, where it starts and restarts."""

    style: str = "decimal"
    text: str = "%1."
    start: int = 1
    restarts_after: int | None = None
    legal: bool = False
    paragraph: Any = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is printed before a paragraph; `bullet` for a sign that counts nothing."""

    text: str
    bullet: bool
    paragraph: Any = None


@dataclass(slots=True)
class Numbering:
    """The lists of a file and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by abstract list
    lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, list_id: str, level: int) -> Mark | None:
        """Count one paragraph of a list and give its mark; None for a list the file does not define."""
        found = self.lists.get(list_id)
        if found is None or list_id == "0":
            return None
        abstract, own, starts = found
        levels = self.levels.get(abstract, {}) | own
        rule = levels.get(level)
        if rule is None:
            return None
        counts = self._counts.setdefault(abstract, {})
        if level in starts and (list_id, level) not in self._begun:
            counts[level] = starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else rule.start
        self._begun.add((list_id, level))
        for deeper in [deep for deep in counts if deep > level]:
            after = levels[deeper].restarts_after if deeper in levels else None
            if after is None or (after and level < after):
                del counts[deeper]
        if rule.style == "bullet":
            return Mark(rule.text, True, rule.paragraph)
        return Mark(self._text(rule, levels, counts), False, rule.paragraph)

    @staticmethod
    def _text(rule: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            level = levels.get(at, Level())
            style = "decimal" if rule.legal else level.style
            return ordinal(counts.get(at, level.start), style)

        return _PLACEHOLDER.sub(number, rule.text)


def symbol(code: int, font: str) -> str:
    """A sign of a symbol font as a character everybody has; nothing where there is none.

    >>> symbol(0xF06C, "Wingdings"), symbol(0x30FB, "ＭＳ 明朝")
    ('●', '・')
    """
    private = 0xF000 <= code <= 0xF0FF
    if private or any(name in font.lower() for name in _SYMBOL_FONTS):
        return _SYMBOLS.get(code & 0xFF, "")
    return chr(code) if code < 0xD800 or 0xF900 <= code < 0x110000 else ""


def read_numbering(root: Any) -> Numbering:
    """The lists from the tree of numbering.xml."""
    numbering = Numbering()
    if root is None:
        return numbering
    linked: dict[str, str] = {}
    for abstract in root.iter(W + "abstractNum"):
        key = abstract.get(W + "abstractNumId") or ""
        numbering.levels[key] = _levels(abstract)
        name = value_of(abstract, "styleLink")
        if name:
            linked[name] = key
    for abstract in root.iter(W + "abstractNum"):
        name = value_of(abstract, "numStyleLink")
        if name in linked:
            numbering.levels[abstract.get(W + "abstractNumId") or ""] = numbering.levels[linked[name]]
    for element in root.iter(W + "num"):
        own: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for override in element.iter(W + "lvlOverride"):
            level = whole(override.get(W + "ilvl")) or 0
            own |= _levels(override)
            start = whole(value_of(override, "startOverride"))
            if start is not None:
                starts[level] = start
        key = value_of(element, "abstractNumId") or ""
        numbering.lists[element.get(W + "numId") or ""] = (key, own, starts)
    return numbering


def _levels(parent: Any) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in parent.iterchildren(W + "lvl"):
        style = value_of(element, "numFmt") or "decimal"
        text = value_of(element, "lvlText") or ""
        if style == "bullet":
            font = value_of(element.find(W + "rPr"), "rFonts", "ascii") or ""
            text = "".join(symbol(ord(character), font) for character in text)
        start = whole(value_of(element, "start"))
        levels[whole(element.get(W + "ilvl")) or 0] = Level(
            style=style,
            text=text,
            start=1 if start is None else start,
            restarts_after=whole(value_of(element, "lvlRestart")),
            legal=bool(toggle(element, "isLgl")),
            paragraph=element.find(W + "pPr"),
        )
    return levels
