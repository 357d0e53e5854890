"""A text as typed in a sheet, line by line, as a plan carries it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kaikaku.core.outline import read_marker


@dataclass(frozen=True, slots=True)
class Flow:
    """What becomes of a text on acceptance: the kind of its lines, and how many years ahead they stand."""

    kind: str
    years_ahead: int


# 山形県: 実績 of the year and 翌年度の計画 stand side by side in what is published
FLOWS: Mapping[str, Flow] = {"done": Flow("achievement", 0), "next_plan": Flow("plan", 1)}


@dataclass(frozen=True, slots=True)
class Told:
    """One line without its bullet; depth 1 is a main line, 2 its detail."""

    text: str
    depth: int


def lines_of(text: str) -> list[Told]:
    """The lines of a text: indented ones, and those with another bullet than the first, are details.

    >>> [(one.depth, one.text) for one in lines_of("○窓口を移した\\n　・12手続\\n※一部を除く")]
    [(1, '窓口を移した'), (2, '12手続'), (1, '※一部を除く')]
    """
    return list(_lines(text))


def signed(lines: Sequence[tuple[str, str]], *, owner: str) -> tuple[str, ...]:
    """Lines of the plan, given with their labels, each with whose it is where several departments plan in one
    section; a line without a label is the owner's.

    >>> signed([("", "窓口を移す"), ("医療局", "予約を移す")], owner="税務課")
    ('【税務課】窓口を移す', '【医療局】予約を移す')
    """
    own = owner if any(label for label, _ in lines) else ""
    return tuple(f"【{label or own}】{text}" if label or own else text for label, text in lines)


def _lines(text: str) -> Iterator[Told]:
    first = None
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            continue
        mark, deeper = read_marker(line), raw[0].isspace()
        if mark is not None and mark.is_bullet and mark.rest:
            first = first or mark.style
            deeper, line = deeper or mark.style != first, mark.rest
        yield Told(line, 2 if deeper and first is not None else 1)
