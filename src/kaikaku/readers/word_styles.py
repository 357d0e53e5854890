"""The styles of a Word file: what a paragraph or a run inherits (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADING_NAME: Final = re.compile(r"(?:heading|見出し)\s*([1-9])", re.IGNORECASE)
_OFF: Final = frozenset({"0", "false", "off"})
_BODY_SIZE: Final = 10.5  # points; Word's own default in Japanese


def make_transitional(root: Any) -> Any:
    """The tree with strict namespaces turned to the common ones, so that one set of names does for both."""
    if f"{{{_STRICT}}}" not in root.tag:
        return root
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(f"{{{_STRICT}}}"):
            element.tag = W + element.tag.rpartition("}")[2]
        for key, value in list(element.attrib.items()):
            if key.startswith(f"{{{_STRICT}}}"):
                element.set(W + key.rpartition("}")[2], value)
    return root


def value_of(element: Any, name: str, attribute: str = "val") -> str | None:
    """An attribute of a child; None where the child or the attribute is missing."""
    if element is None:
        return None
    found = element.find(W + name)
    return found.get(W + attribute) if found is not None else None


def toggle(element: Any, name: str) -> bool | None:
    """A switch such as <w:b/>: on, off, or None where nothing is said."""
    if element is None:
        return None
    found = element.find(W + name)
    return None if found is None else (found.get(W + "val") or "1").lower() not in _OFF


def whole(text: str | None) -> int | None:
    """The integer an attribute holds; None for anything else."""
    try:
        return int(float(text)) if text is not None else None
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class Style:
    """What one style itself says; its bases are asked by `Styles.chain`."""

    name: str
    base: str | None
    paragraph: Any = None
    run: Any = None


@dataclass(slots=True)
class Styles:
    """All styles of a file."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str | None = None
    default_size: float = _BODY_SIZE

    def chain(self, style_id: str | None) -> Iterator[Style]:
        """The style and the styles it is based on, nearest first."""
        seen: set[str] = set()
        while style_id is not None and style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            yield self.by_id[style_id]
            style_id = self.by_id[style_id].base

    def heading(self, style_id: str | None, properties: Any) -> int | None:
        """The outline level (1 to 9) of a paragraph: its own, its style's, or the one in its style's name."""
        for source in [properties, *(style.paragraph for style in self.chain(style_id))]:
            level = whole(value_of(source, "outlineLvl"))
            if level is not None:
                return level + 1 if 0 <= level <= 8 else None
        for style in self.chain(style_id):
            match = _HEADING_NAME.fullmatch(style.name.strip())
            if match:
                return int(match.group(1))
        return None

    def is_title(self, style_id: str | None) -> bool:
        return any(style.name.strip().lower() in ("title", "表題") for style in self.chain(style_id))

    def bold(self, run: Any, run_style: str | None, paragraph_style: str | None) -> bool:
        said = [toggle(run, "b")]
        said += [toggle(style.run, "b") for style in self.chain(run_style)]
        said += [toggle(style.run, "b") for style in self.chain(paragraph_style)]
        return next((answer for answer in said if answer is not None), False)

    def size(self, run: Any, run_style: str | None, paragraph_style: str | None) -> float:
        """The size in points; the files count in half points."""
        sources = [
            run,
            *(s.run for s in self.chain(run_style)),
            *(s.run for s in self.chain(paragraph_style)),
        ]
        for source in sources:
            half_points = whole(value_of(source, "sz"))
            if half_points:
                return half_points / 2
        return self.default_size


def read_styles(root: Any) -> Styles:
    """The styles from the tree of styles.xml; Word's own defaults where there is none."""
    styles = Styles()
    if root is None:
        return styles
    half_points = whole(value_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), "sz"))
    styles.default_size = half_points / 2 if half_points else _BODY_SIZE
    for element in root.iter(W + "style"):
        style_id = element.get(W + "styleId")
        if not style_id:
            continue
        name = value_of(element, "name") or ""
        paragraph, run = element.find(W + "pPr"), element.find(W + "rPr")
        styles.by_id[style_id] = Style(name, value_of(element, "basedOn"), paragraph, run)
        if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
            styles.default_paragraph = style_id
    return styles
