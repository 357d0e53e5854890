"""From headings in reading order to a tree: depth by first appearance, and sections taken up again.

No style has a fixed rank (第3 › I › 1 is as good as I › 第1); the first document order decides. A heading met
again is the section met before: a running head, a list of what follows, or next year's plan under last
year's results.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kaikaku.core.text import fold
from kaikaku.readers.document import Notice
from kaikaku.readers.headings import Heading
from kaikaku.readers.outline import ItemRead
from kaikaku.readers.vocabulary import APPENDIX

_ALIKE = 0.75
_SAME_SIZE = 0.3  # points
# Used only to tell a restarted numbering from a nested one: what usually stands above what.
_USUAL = ("部", "編", "章", "第", "節", "I", "1", "(1)", "①", "ア", "a")


@dataclass(eq=False, slots=True)
class Node:
    """A section while it is being read."""

    heading: Heading
    parent: Node | None
    index: int
    children: list[Node] = field(default_factory=list)
    filled: bool = False
    ranks: list[str] | None = None
    resumed: list[int] = field(default_factory=list)
    text: list[tuple[str, int]] = field(default_factory=list)
    items: list[ItemRead] = field(default_factory=list)
    number: str | None = None
    key: tuple[str, str] = ("", "")

    @property
    def style(self) -> str:
        return self.heading.style

    @property
    def depth(self) -> int:
        return 1 if self.parent is None else self.parent.depth + 1

    @property
    def scoped(self) -> bool:
        """Whether numbering below it ranks by itself (an appendix)."""
        return self.ranks is not None


class Nester:
    """Takes headings one by one and keeps the tree and the open path.

    With `levels` a heading's own level (Word, HTML) decides; where it has none, its numbering does.
    """

    def __init__(self, *, levels: bool) -> None:
        self.nodes: list[Node] = []
        self.notices: list[Notice] = []
        self.path: list[Node] = []
        # numbering styles met so far, and whether one of that style had no level of its own
        self.styles: dict[str, bool] = {}
        self._levels = levels
        self._ranks: list[str] = []
        self._by_key: dict[tuple[str, str], list[Node]] = defaultdict(list)
        self._by_number: dict[str, list[Node]] = defaultdict(list)
        self._part_start: int | None = None
        self._last_resumed = -1

    @property
    def current(self) -> Node | None:
        return self.path[-1] if self.path else None

    def close_all(self, *, again: bool = False) -> None:
        """End every open section; `again` when a part begins that may take earlier sections up again."""
        self.path = []
        if again and self.nodes:
            self._part_start = len(self.nodes)
            self._last_resumed = -1

    def open(self, heading: Heading) -> Node:
        """The section a heading begins or goes on with."""
        key = _key(heading)
        repeated = next((node for node in reversed(self.path) if node.key == key), None)
        if repeated is not None and heading.style != "label":
            return self._repeat(repeated, heading)
        parent = self._parent(heading)
        # the same words without a number (現状, 取組内容) head one section after another
        again = heading.numbered or (heading.style == "plain" and self._part_start is not None)
        known = self._by_key.get(key, []) if again else []
        same = next((node for node in known if node.parent is parent), None)
        if same is None and heading.numbered:
            same = self._elsewhere(heading, known, parent)
        return self._add(heading, parent) if same is None else self._resume(same, heading)

    def _repeat(self, node: Node, heading: Heading) -> Node:
        """A heading of the open path printed again is a running head: nothing closes."""
        if not heading.numbered:
            return self._resume(node, heading)
        node.resumed.append(heading.line)
        return node

    def _resume(self, node: Node, heading: Heading) -> Node:
        node.resumed.append(heading.line)
        if self._part_start is not None:
            self._last_resumed = node.index
        self.path = [*above(node), node]
        return node

    def _add(self, heading: Heading, parent: Node | None) -> Node:
        node = Node(heading, parent, len(self.nodes), number=heading.number, key=_key(heading))
        self.styles[node.style] = self.styles.get(node.style, False) or heading.level is None
        if heading.numbered:
            self._rank(node)
        if APPENDIX.fullmatch(heading.title):
            node.ranks = []
        self.nodes.append(node)
        self._by_key[node.key].append(node)
        self._by_number[fold(node.number or "")].append(node)
        if parent is not None:
            parent.children.append(node)
        self.path = [*above(node), node]
        return node

    def _rank(self, node: Node) -> None:
        """Give a style its rank where it first appears: just below the section it appears in."""
        ancestors = above(node)
        scope = next((n.ranks for n in reversed(ancestors) if n.ranks is not None), self._ranks)
        if node.style not in scope:
            upper = next((n.style for n in reversed(ancestors) if n.style in scope), None)
            scope.insert(0 if upper is None else scope.index(upper) + 1, node.style)

    def _parent(self, heading: Heading) -> Node | None:
        if self._levels and heading.level is not None:
            levels = ((node, node.heading.level) for node in reversed(self.path))
            return next((node for node, level in levels if level is not None and level < heading.level), None)
        if not heading.numbered:
            return self._parent_of_plain(heading)
        self._leave_appendix(heading)
        return self._parent_by_style(heading)

    def _parent_of_plain(self, heading: Heading) -> Node | None:
        """The deepest open section with a number, or for a label also one without, that is no smaller in
        print.
        """
        if APPENDIX.fullmatch(heading.title):
            return None
        for node in self.path:
            if node.style == heading.style == "plain" and not node.scoped and _same_size(node, heading):
                return node.parent
        for node in reversed(self.path):
            beside = node.style == "label" or (
                node.style == "plain" and heading.style == "plain" and not node.scoped
            )
            smaller = heading.size and node.heading.size and heading.size > node.heading.size + _SAME_SIZE
            if not beside and not smaller:
                return node
        return None

    def _leave_appendix(self, heading: Heading) -> None:
        """Close an appendix at the heading that goes on with the numbering outside it."""
        for position, node in enumerate(self.path):
            if not node.scoped:
                continue
            within = any(n.style == heading.style and _follows(heading, n) for n in self.path[position + 1 :])
            last = node if node.style == heading.style else _last_of(self.nodes, heading.style, before=node)
            if not within and last is not None and _follows(heading, last):
                self.path = self.path[:position]
                return

    def _parent_by_style(self, heading: Heading) -> Node | None:
        floor = max((place for place, node in enumerate(self.path) if node.scoped), default=-1)
        for position in range(len(self.path) - 1, floor, -1):
            node = self.path[position]
            if node.style == heading.style:
                return self._restart_parent(heading, node, self.path[position + 1 :]) or node.parent
        scope = self.path[floor].ranks if floor >= 0 else self._ranks
        ranks = {style: rank for rank, style in enumerate(scope or [])}
        own = ranks.get(heading.style, len(ranks))
        for position in range(len(self.path) - 1, floor, -1):
            if ranks.get(self.path[position].style, len(ranks)) < own:
                return self._below(position, heading)
        return self.path[floor] if floor >= 0 else self._restarted_plain(heading)

    def _below(self, position: int, heading: Heading) -> Node:
        """The numbered section at a place of the path, or the unnumbered one under it that a first
        number opens.
        """
        node = self.path[position]
        under = self.path[position + 1] if position + 1 < len(self.path) else None
        if under is None or under.heading.numbered or heading.order not in (1, None):
            return node
        return node if any(child.style == heading.style for child in node.children) else under

    def _restarted_plain(self, heading: Heading) -> Node | None:
        """The open section without number under which a top numbering begins anew."""
        plain = next((node for node in reversed(self.path) if node.style == "plain"), None)
        last = _last_of(self.nodes, heading.style, before=plain) if plain is not None else None
        if last is None or heading.order is None or last.heading.order is None:
            return None
        return plain if heading.order <= last.heading.order else None

    def _restart_parent(self, heading: Heading, node: Node, deeper: Sequence[Node]) -> Node | None:
        """Where a numbering starts again below the section that carries it; None where it goes on."""
        if (
            heading.order is None
            or node.heading.order is None
            or heading.order > node.heading.order
            or not deeper
        ):
            return None
        last = deeper[-1]
        if heading.order != 1:
            return None
        if not last.heading.numbered:
            return last if last.filled else None
        return last if _usual(last.style) < _usual(heading.style) else None

    def _elsewhere(self, heading: Heading, known: Sequence[Node], parent: Node | None) -> Node | None:
        """The section under another parent that a heading goes on with, or None where it is a new one.

        Only in a later part of the document that repeats the structure without its upper headings: there
        number
        and title decide, in order, never the number alone.
        """
        if self._part_start is None or (parent is not None and parent.index >= self._part_start):
            return None
        old = [node for node in known if node.index < self._part_start]
        later = [node for node in old if node.index > self._last_resumed]
        if old:
            return (later or old)[0]
        alike = self._alike(heading)
        if alike is None and parent is not None:
            message = (
                f"{heading.line}行目の見出し「{heading.title}」は前の部分にないため、「{parent.heading.title}」の新しい項目としました。"
                "置き場所を確かめてください。"
            )
            self.notices.append(Notice("section_new_in_part", message, heading.line))
        return alike

    def _alike(self, heading: Heading) -> Node | None:
        """A later section of the same number and nearly the same words; told with a warning."""
        best: tuple[float, Node] | None = None
        for node in self._by_number.get(fold(heading.number or ""), []):
            if node.index <= self._last_resumed or node.style != heading.style:
                continue
            ratio = SequenceMatcher(None, fold(node.heading.title), fold(heading.title)).ratio()
            if ratio >= _ALIKE and (best is None or ratio > best[0]):
                best = (ratio, node)
        if best is None:
            return None
        old = best[1].heading
        self.notices.append(
            Notice(
                "section_matched_by_likeness",
                f"{heading.line}行目の見出し「{heading.title}」は、{old.line}行目の「{old.title}」の続きとみなしました。"
                "別の項目であれば直してください。",
                heading.line,
            )
        )
        return best[1]


def above(node: Node) -> list[Node]:
    """The sections a node stands in, outermost first."""
    found: list[Node] = []
    upper = node.parent
    while upper is not None:
        found.append(upper)
        upper = upper.parent
    return found[::-1]


def _key(heading: Heading) -> tuple[str, str]:
    return fold(heading.number or ""), fold(heading.title)


def _same_size(node: Node, heading: Heading) -> bool:
    one, other = node.heading.size, heading.size
    return one is None or other is None or abs(one - other) <= _SAME_SIZE


def _follows(heading: Heading, node: Node) -> bool:
    return (
        heading.order is not None
        and node.heading.order is not None
        and heading.order == node.heading.order + 1
    )


def _last_of(nodes: Sequence[Node], style: str, *, before: Node) -> Node | None:
    """The last section of a style outside an appendix, opened before `before`."""
    return next((node for node in reversed(nodes[: before.index]) if node.style == style), None)


def _usual(style: str) -> int:
    return next((place for place, mark in enumerate(_USUAL) if mark in style), len(_USUAL))
