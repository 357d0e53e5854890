"""Web pages: headings, paragraphs, lists and tables, without the page's own furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kaikaku.readers import limits
from kaikaku.readers.building import Builder, joined, line_of
from kaikaku.readers.document import Document, Span
from kaikaku.readers.encoding import decode
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.html_tables import is_data_table, table_from
from kaikaku.readers.numbering import ordinal

_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_MAX_DEPTH: Final = 1000

_UNSEEN = frozenset({
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "object", "iframe",
    "svg", "canvas", "select", "option", "datalist", "button", "input", "textarea", "audio", "video",
    "map", "dialog", "rt", "rp",
})  # fmt: skip  # rt and rp: the reading printed above a word
_FURNITURE_TAGS = frozenset({"nav", "search"})
_FURNITURE_ROLES = frozenset({"navigation", "search", "banner", "contentinfo", "menu", "menubar"})
_AROUND_MAIN = frozenset({"header", "footer", "aside"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th", "dt"})
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLE_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_STYLE_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _State:
    """What an element inherits: the style of its words and its place in headings and lists."""

    bold: bool = False
    heading: int | None = None
    lists: int = 0
    verbatim: bool = False
    indent: float = 0.0


@dataclass(slots=True)
class _Pending:
    """The line being gathered, until a block begins or ends."""

    spans: list[Span] = field(default_factory=list)
    state: _State = _State()
    marker: str = ""
    bullet: bool = False


def read_html(data: bytes, *, name: str) -> Document:
    """Read a web page; `place.line` counts the lines as read, since a page has none of its own.

    Left out, with a notice: navigation, search and, where the page marks its main part, the header and footer
    around it. Scripts and form controls are no text. An ordered list's numbers are put before its items as a
    browser puts them.
    """
    limits.check_bytes(len(data), limits.MAX_HTML_BYTES, name=name)
    limits.check_tags(data.count(b"<"), name=name)
    declared = _META_CHARSET.search(data[:4096]) or _XML_ENCODING.search(data[:200])
    decoded = decode(data, name=name, declared=declared.group(1).decode("ascii") if declared else None)
    root = _parse(decoded.text)
    builder = Builder(name)
    if root is not None:
        title = root.find(".//title")
        if title is not None and _squeezed(title.text or ""):
            builder.properties["title"] = _squeezed(title.text or "")
        _Walker(builder, has_main=root.find(".//main") is not None).walk(root)
    if not builder.blocks:
        raise Unreadable(
            "no_text",
            f"「{name}」には読み取れる文字がありません。ブラウザーで開いて内容を確かめ、"
            "本文を含むページを保存し直してから、もう一度指定してください。",
            name=name,
        )
    builder.properties["encoding"] = decoded.encoding
    return builder.document("text/html")


def _parse(text: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    clean = _XML_DECLARATION.sub("", text).replace("\0", "")
    try:
        return html.document_fromstring(clean.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError:  # a page with no element at all
        return None


def _squeezed(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


class _Walker:
    """Walks the page without recursion, because a page may be nested as deep as its author liked."""

    def __init__(self, builder: Builder, *, has_main: bool) -> None:
        self._builder = builder
        self._has_main = has_main
        self._pending = _Pending()
        self._left_out = 0
        self._numbers: dict[Any, int] = {}

    def walk(self, root: Any) -> None:
        stack: list[tuple[Any, _State, Iterator[Any]]] = []
        self._enter(root, _State(), stack)
        while stack:
            element, state, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._leave(element)
                if stack and element.tail:
                    self._text(element.tail, stack[-1][1])
            elif not self._enter(child, state, stack) and child.tail:
                self._text(child.tail, state)
        self._flush()
        if self._left_out:
            message = f"メニューや検索欄など、本文でない部分（{self._left_out}か所）は読み取っていません。"
            self._builder.notice("furniture_left_out", message)

    def _enter(self, element: Any, state: _State, stack: list[tuple[Any, _State, Iterator[Any]]]) -> bool:
        """Go into an element; False where it is taken whole or left out."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _UNSEEN or _is_hidden(element):
            return False
        if self._is_furniture(element, tag, stack):
            self._left_out += bool("".join(element.itertext()).strip())
            return False
        if tag in ("br", "hr"):
            self._flush()
            return False
        if tag == "img":
            self._text(element.get("alt") or "", state)
            return False
        if tag == "table" and is_data_table(element):
            self._flush()
            self._builder.add(table_from(element, place=self._builder.next_place))
            return False
        if tag in _BLOCKS:
            self._flush()
        if len(stack) >= _MAX_DEPTH:
            self._text(" ".join(element.itertext()), state)
            return False
        inner = self._inner(element, tag, state)
        stack.append((element, inner, iter(element)))
        if element.text:
            self._text(element.text, inner)
        return True

    def _inner(self, element: Any, tag: str, state: _State) -> _State:
        if tag in _BOLD or _STYLE_BOLD.search(element.get("style") or ""):
            state = replace(state, bold=True)
        if tag[0] == "h" and tag[1:].isdigit():
            return replace(state, heading=int(tag[1]))
        if tag in ("ul", "ol", "menu"):
            return replace(state, lists=state.lists + 1)
        if tag == "li":
            self._pending.marker, self._pending.bullet = self._item_marker(element), True
            return replace(state, indent=2.0 * max(0, state.lists - 1))
        if tag in ("dd", "blockquote"):
            return replace(state, indent=state.indent + 2.0)
        if tag == "pre":
            return replace(state, verbatim=True)
        return state

    def _is_furniture(self, element: Any, tag: str, stack: list[tuple[Any, _State, Iterator[Any]]]) -> bool:
        if tag in _FURNITURE_TAGS or (element.get("role") or "").strip().lower() in _FURNITURE_ROLES:
            return tag != "body"
        if not (self._has_main and tag in _AROUND_MAIN):
            return False
        return not any(ancestor.tag in ("main", "article") for ancestor, _, _ in stack)

    def _leave(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        if element.tag == "li":
            self._pending.marker, self._pending.bullet = "", False
        elif element.tag == "ol":
            self._numbers.pop(element, None)

    def _item_marker(self, item: Any) -> str:
        """The number a browser prints before an item of an ordered list; nothing for other lists."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        number = _integer(item.get("value"), self._numbers.get(parent, _integer(parent.get("start"), 1)))
        self._numbers[parent] = number + 1
        return f"{ordinal(number, _LIST_TYPES.get(parent.get('type') or '', 'decimal'))}."

    def _text(self, text: str, state: _State) -> None:
        if state.verbatim:
            *whole, rest = text.split("\n")
            for line in whole:
                self._append(line, state)
                self._flush()
            self._append(rest, state)
            return
        self._append(_BLANKS.sub(" ", text), state)

    def _append(self, text: str, state: _State) -> None:
        pending = self._pending
        if not any(span.text.strip() for span in pending.spans):
            if not text.strip():
                return
            pending.state = state
        if pending.spans and pending.spans[-1].text.endswith(" "):
            text = text.lstrip(" ")
        pending.spans.append(Span(text, state.bold))

    def _flush(self) -> None:
        pending = self._pending
        if not any(span.text.strip() for span in pending.spans):
            pending.spans.clear()
            return
        spans = list(joined(pending.spans))
        if pending.marker:
            spans.insert(0, Span(f"{pending.marker} ", spans[0].bold))
        line = line_of(
            spans,
            self._builder.next_place(),
            indent=pending.state.indent,
            heading=pending.state.heading,
            bullet=pending.bullet and not pending.marker,
        )
        self._builder.add(line)
        self._pending = _Pending()


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_STYLE_HIDDEN.search(element.get("style") or ""))


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise
