"""The recogniser: a Document in, an Outline out (DESIGN.md "Contracts").

Nothing here knows any one document. Vocabularies and numbering styles decide (vocabulary.py, core.outline);
what the text alone cannot settle becomes a warning, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kaikaku.core.text import fold
from kaikaku.readers.assemble import Assembled, FoundTable, assemble
from kaikaku.readers.document import Document, Line, Notice
from kaikaku.readers.facts import facts_of, schedule_of
from kaikaku.readers.identity import Identity, identify
from kaikaku.readers.indicators import indicators_of
from kaikaku.readers.items import words_of
from kaikaku.readers.labelled import labelled_rows
from kaikaku.readers.nesting import Node, above
from kaikaku.readers.outline import IndicatorRead, ItemRead, Outline, SectionRead, TableRead
from kaikaku.readers.settling import Frame, settle
from kaikaku.readers.summary import grade_table, summaries_of
from kaikaku.readers.tables import Columns, columns_of, table_read
from kaikaku.readers.tidy import tidy
from kaikaku.readers.titles import read_front

# numbering that lists as often as it heads
_LIST_STYLES = {"circled", "kana", "(kana)", "kana)", "latin", "latin)", "(latin)", "circled-kana"}
_ERA = re.compile("令和|平成|昭和")


def read_plan(document: Document) -> Outline:
    """Read the sections, items, indicators, tables and notes of a plan or report.

    Never raises on what a document says; what is doubtful is in `warnings`, each with its line.
    """
    tidied = tidy(document)
    front = read_front(tidied)
    found = assemble(tidied, front)
    kept = _kept(found)
    _settle_lines(found.nester.nodes, found.tables)
    index = {id(node): position for position, node in enumerate(kept)}
    sections = tuple(_section(node, index) for node in kept)
    _raise_repeated_tables(found.tables)
    era = _era(document)
    tables = [_table(table, index, era=era) for table in found.tables]
    identity = identify(tidied, front, found=found, tables=[columns for _, columns in tables])
    reads = tuple(read for read, _ in tables)
    indicators, doubts = _indicators(tables, sections, identity)
    outline = Outline(
        title=front.title,
        organisation=identity.organisation,
        fiscal_year=identity.fiscal_year,
        period=identity.period,
        sections=sections,
        indicators=indicators,
        tables=reads,
        footnotes=tuple(found.notes),
        warnings=tuple(_in_order([*document.notices, *identity.notices, *found.nester.notices, *doubts])),
        subtitle=front.subtitle,
        published=front.published.iso() if front.published else None,
        organisation_code=identity.code,
        facts=facts_of(sections, preamble=found.preamble),
        schedule=schedule_of(reads, sections),
        preamble=tuple(text for text, _ in found.preamble),
        preamble_items=tuple(found.preamble_items),
    )
    return summaries_of(outline)


def _kept(found: Assembled) -> list[Node]:
    """The sections of the outline. A heading without number over nothing is a line of text, not a section."""
    standing = {id(table.node) for table in found.tables}
    kept: list[Node] = []
    dropped = _demote_lists(found.nester.nodes, found.tables)
    for node in reversed(found.nester.nodes):
        if id(node) in dropped:
            continue
        children = [child for child in node.children if id(child) not in dropped]
        empty = not node.text and not node.items and not children and id(node) not in standing
        if empty and not node.heading.numbered and node.heading.level is None:
            dropped.add(id(node))
            words = (node.heading.title, node.heading.line)
            (found.preamble if node.parent is None else node.parent.text).append(words)
        else:
            kept.append(node)
    for lines in [found.preamble, *(node.text for node in kept)]:
        lines.sort(key=lambda line: line[1])
    return _in_tree_order({id(node): node for node in kept}, found.nester.nodes)


def _demote_lists(nodes: Sequence[Node], tables: Sequence[FoundTable]) -> set[int]:
    """Turn a run of lines ① ② ③ with nothing under any of them into items: a list, not sections."""
    standing = {id(table.node) for table in tables}
    demoted: set[int] = set()
    for parent in nodes:
        for style in {child.style for child in parent.children} & _LIST_STYLES:
            run = [child for child in parent.children if child.style == style]
            bare = all(not (n.text or n.items or n.children or n.resumed or id(n) in standing) for n in run)
            if len(run) < 2 or not bare or any(child.heading.apart for child in run[1:]):
                continue
            for child in run:
                text = f"{child.number} {child.heading.title}"
                parent.items.append(
                    ItemRead(text, child.heading.line, number=child.number, marks=child.heading.marks)
                )
            parent.children = [child for child in parent.children if child.style != style]
            demoted |= {id(child) for child in run}
    return demoted


def _in_tree_order(kept: dict[int, Node], nodes: Sequence[Node]) -> list[Node]:
    """Each section before those under it, as a reader of the running text meets them.

    A list may have announced them in another order; only the tree is the document's own.
    """
    ordered: list[Node] = []
    waiting = [node for node in reversed(nodes) if node.parent is None]
    while waiting:
        node = waiting.pop()
        if id(node) in kept:
            ordered.append(node)
        waiting += reversed(node.children)
    return ordered


def _settle_lines(nodes: Sequence[Node], tables: Sequence[FoundTable]) -> None:
    """Let a section that a list announced begin where its text does: at the last of its headings before
    that.
    """
    first: dict[int, int] = {}
    for table in tables:
        if table.node is not None:
            first[id(table.node)] = min(first.get(id(table.node), table.grid.line), table.grid.line)
    for node in reversed(nodes):
        lines = [line for _, line in node.text] + [item.line for item in _own_items(node)]
        lines += [child.heading.line for child in node.children]
        begins = min([*lines, first.get(id(node), min(lines, default=0))], default=0)
        headings = [line for line in node.resumed if line <= begins]
        if headings and max(headings) > node.heading.line:
            node.heading = replace(node.heading, line=max(headings))


def _section(node: Node, index: dict[int, int]) -> SectionRead:
    return SectionRead(
        title=node.heading.title,
        line=node.heading.line,
        depth=node.depth,
        number=node.number,
        subtitle=node.heading.subtitle,
        parent=None if node.parent is None else index[id(node.parent)],
        text=tuple(text for text, _ in node.text),
        text_lines=tuple(line for _, line in node.text),
        items=_own_items(node),
        marks=node.heading.marks,
        resumed_at=tuple(node.resumed),
    )


def _own_items(node: Node) -> tuple[ItemRead, ...]:
    """The items less those that only announce the sections below (a list of what follows)."""
    below = {fold(child.heading.title) for child in node.children}
    return tuple(item for item in node.items if not below or words_of(item) not in below)


def _raise_repeated_tables(tables: Sequence[FoundTable]) -> None:
    """Give a table that every chapter has once, after its last section, to the chapter.

    Yamagata closes each 第N with 【主な目標指標】; by order alone it would belong to the last section of
    each.
    """
    by_caption: dict[str, list[FoundTable]] = {}
    for table in tables:
        if table.caption and table.node is not None:
            by_caption.setdefault(fold(table.caption), []).append(table)
    for same in by_caption.values():
        chapter = _chapter_of_each(same) if len(same) > 1 else None
        if chapter is not None:
            for table, node in zip(same, chapter, strict=True):
                table.node = node


def _chapter_of_each(tables: Sequence[FoundTable]) -> list[Node] | None:
    """The shallowest sections of one depth that hold one of the tables each, in their last part; else
    None.
    """
    lines = [[*above(table.node), table.node] for table in tables if table.node is not None]
    for depth in range(min(len(line) for line in lines) - 1):
        chapters = [line[depth] for line in lines]
        distinct = len({id(chapter) for chapter in chapters}) == len(chapters)
        last = all(_is_last(line[depth:]) and len(line[depth].children) > 1 for line in lines)
        if distinct and last:
            return [node for node in chapters if node is not None]
        if distinct:
            return None
    return None


def _is_last(line: Sequence[Node | None]) -> bool:
    return all(upper is not None and upper.children[-1] is lower for upper, lower in pairwise(line))


def _table(table: FoundTable, index: dict[int, int], *, era: str | None) -> tuple[TableRead, Columns]:
    columns = columns_of(table.grid.table, unit=table.unit, caption=table.caption, era=era)
    section = None if table.node is None else index.get(id(table.node))
    return table_read(columns, section=section, line=table.grid.line), columns


def _indicators(
    tables: Sequence[tuple[TableRead, Columns]], sections: Sequence[SectionRead], identity: Identity
) -> tuple[tuple[IndicatorRead, ...], list[Notice]]:
    indicators: list[IndicatorRead] = []
    doubts: list[Notice] = []
    for table, columns in tables:
        if grade_table(table) is not None:
            continue
        heading = None if table.section is None else sections[table.section].title
        found, notices = indicators_of(table, columns, Frame(identity.fiscal_year, identity.kind, heading))
        indicators += found
        doubts += notices
    frame = Frame(identity.fiscal_year, identity.kind)
    indicators += [settle(row, frame=frame, notices=doubts) for row in labelled_rows(sections)]
    return tuple(sorted(indicators, key=lambda one: one.line)), doubts


def _era(document: Document) -> str | None:
    """The one era the document speaks of, or None where there are two or none."""
    eras = {
        era
        for block in document.blocks
        for text in ([block.text] if isinstance(block, Line) else [cell.text for cell in block.cells])
        for era in _ERA.findall(text)
    }
    return eras.pop() if len(eras) == 1 else None


def _in_order(notices: Sequence[Notice]) -> list[Notice]:
    unique = dict.fromkeys(notices)
    return sorted(unique, key=lambda notice: (notice.line is None, notice.line or 0))
