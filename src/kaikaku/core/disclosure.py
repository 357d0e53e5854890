"""Disclosure control of survey tables: no small group can be read off or worked out (domain.md §5).

Cells hold numbers of RESPONDENTS. Published totals tie cells together: a row and its sum, an office and its
sections. `suppress` takes any set of such ties, so that one function serves tables, organisation trees and
both at once.

>>> sections = Tie("部", ("A課", "B課", "C課"))
>>> sorted(suppress({"部": 45, "A課": 4, "B課": 12, "C課": 29}, [sections]).hidden)
['A課', 'B課']
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from kaikaku.core.errors import RuleViolation
from kaikaku.core.linear import determined

Key = TypeVar("Key", bound=Hashable)

DEFAULT_K = 10
FLOOR_K = 5
HIDDEN = "x"


@dataclass(frozen=True, slots=True)
class Tie(Generic[Key]):
    """The cell `total` is the sum of the cells `parts`, and readers know it."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Suppression(Generic[Key]):
    """What must not be shown: `primary` for being small, `complementary` to keep those from being worked
    out."""

    primary: frozenset[Key]
    complementary: frozenset[Key]

    @property
    def hidden(self) -> frozenset[Key]:
        return self.primary | self.complementary


def check_k(k: int) -> int:
    """The smallest group that is shown: 10 unless decided otherwise, never below 5 (domain.md §5)."""
    if k < FLOOR_K:
        raise RuleViolation(
            "disclosure.k",
            f"表示する最小の回答者数は{FLOOR_K}人以上にしてください（標準は{DEFAULT_K}人です）。",
            field="k",
        )
    return k


def suppress(
    counts: Mapping[Key, int],
    ties: Iterable[Tie[Key]] = (),
    *,
    k: int = DEFAULT_K,
    small: Collection[Key] = (),
) -> Suppression[Key]:
    """Which cells to hide.

    Primary: fewer than `k` respondents (0 too: "nobody of them answered" is about them), and the cells named
    in `small`, which few people stand behind although they count more (ten ideas of one). Complementary,
    until nothing changes: in every tie whose total is shown, hidden parts must be two or more and add to at
    least `k`, else the next smallest part is hidden, or the total where no part is left; and no hidden cell
    may follow from all the shown ones together (solved exactly, across rows, columns and levels). Raises
    RuleViolation for `k` below 5, negative counts, unknown cells, and totals that are not the sum of their
    parts: control of figures that do not add up would protect nothing.
    """
    check_k(k)
    ties = tuple(ties)
    _check(counts, ties)
    order = {key: i for i, key in enumerate(counts)}
    few = frozenset(small)
    primary = frozenset(key for key, n in counts.items() if n < k or key in few)
    hidden = set(primary)
    while True:
        again = _next_by_tie(counts, ties, hidden, order, k)
        if again is None:
            again = _next_by_algebra(counts, ties, hidden, order)
        if again is None:
            return Suppression(primary, frozenset(hidden) - primary)
        hidden.add(again)


def suppress_few(
    counts: Mapping[Key, int],
    ties: Iterable[Tie[Key]],
    *,
    people: Mapping[Key, Collection[Hashable]],
    k: int = DEFAULT_K,
) -> frozenset[Key]:
    """As `suppress`, of cells that count what people did rather than people: ten ideas may be of one.

    `people` says who stands behind a cell. Hidden are cells with fewer than `k` of them, and more until
    behind the hidden parts of every shown sum stand `k` different people.
    """
    ties = tuple(ties)
    order = {key: i for i, key in enumerate(counts)}
    small = {key for key in counts if len(set(people.get(key, ()))) < k}
    while True:
        hidden = suppress(counts, ties, k=k, small=small).hidden
        more = next(
            (key for tie in ties if (key := _of_too_few(tie, counts, hidden, people, order, k))), None
        )
        if more is None:
            return hidden
        small.add(more)


def _of_too_few(
    tie: Tie[Key],
    counts: Mapping[Key, int],
    hidden: Collection[Key],
    people: Mapping[Key, Collection[Hashable]],
    order: Mapping[Key, int],
    k: int,
) -> Key | None:
    """The next part to hide where too few people stand behind the hidden parts of a shown sum."""
    parts = [part for part in tie.parts if part in hidden]
    if tie.total in hidden or not parts:
        return None
    if len({one for part in parts for one in people.get(part, ())}) >= k:
        return None
    more = _smallest(counts, tie.parts, set(hidden), order)
    return tie.total if more is None else more


def _next_by_tie(
    counts: Mapping[Key, int], ties: Sequence[Tie[Key]], hidden: set[Key], order: Mapping[Key, int], k: int
) -> Key | None:
    """The next cell to hide for a tie that gives a small cell or a small group away.

    None if all ties hold.
    """
    for tie in ties:
        parts = [part for part in tie.parts if part in hidden]
        if tie.total in hidden:
            # all parts shown would just be added up again
            if tie.parts and not parts:
                return _smallest(counts, tie.parts, hidden, order)
            continue
        if parts and (len(parts) == 1 or sum(counts[part] for part in parts) < k):
            more = _smallest(counts, tie.parts, hidden, order)
            return tie.total if more is None else more
    return None


def _next_by_algebra(
    counts: Mapping[Key, int], ties: Sequence[Tie[Key]], hidden: set[Key], order: Mapping[Key, int]
) -> Key | None:
    """The smallest shown cell tied to a hidden one that follows from the shown cells.

    None if none follows.
    """
    unknown = sorted(hidden, key=order.__getitem__)
    column = {key: i for i, key in enumerate(unknown)}
    rows = []
    for tie in ties:
        row = [0] * len(unknown)
        for key, sign in [(tie.total, -1), *((part, 1) for part in tie.parts)]:
            if key in column:
                row[column[key]] += sign
        rows.append(row)
    given_away = {unknown[i] for i in determined(rows)}
    if not given_away:
        return None
    near = [tie for tie in ties if given_away & {tie.total, *tie.parts}]
    parts = [part for tie in near for part in tie.parts]
    more = _smallest(counts, parts, hidden, order)
    if more is None:
        more = _smallest(counts, [tie.total for tie in near], hidden, order)
    if more is None:
        more = _smallest(counts, list(counts), hidden, order)
    return more


def _smallest(
    counts: Mapping[Key, int], keys: Iterable[Key], hidden: set[Key], order: Mapping[Key, int]
) -> Key | None:
    shown = [key for key in keys if key not in hidden]
    return min(shown, key=lambda key: (counts[key], order[key]), default=None)


def _check(counts: Mapping[Key, int], ties: Sequence[Tie[Key]]) -> None:
    for key, n in counts.items():
        if n < 0:
            raise RuleViolation(
                "disclosure.negative", f"「{key}」の回答者数が負の数（{n}）です。集計を確かめてください。"
            )
    for tie in ties:
        for key in (tie.total, *tie.parts):
            if key not in counts:
                raise RuleViolation(
                    "disclosure.unknown", f"「{key}」の回答者数がありません。集計にこの区分を加えてください。"
                )
        added = sum(counts[part] for part in tie.parts)
        if tie.parts and added != counts[tie.total]:
            raise RuleViolation(
                "disclosure.sum",
                f"「{tie.total}」の回答者数（{counts[tie.total]}）が内訳の合計（{added}）と一致しません。"
                "集計を確かめてください。",
            )


def table_ties(
    rows: Sequence[str], columns: Sequence[str], *, total: str = "計"
) -> list[Tie[tuple[str, str]]]:
    """The ties of a two-way table with margins; cells are (row, column), margins carry the name `total`."""
    ties = [Tie((row, total), tuple((row, column) for column in columns)) for row in (*rows, total)]
    ties += [Tie((total, column), tuple((row, column) for row in rows)) for column in (*columns, total)]
    return ties


def tree_ties(children: Mapping[Key, Sequence[Key]]) -> list[Tie[Key]]:
    """The ties of an organisation tree of any depth: each unit is the sum of the units below it."""
    return [Tie(parent, tuple(parts)) for parent, parts in children.items() if parts]


def shown_respondents(n: int, *, step: int = 5) -> int:
    """The number of respondents as shown outside the survey team: rounded to the nearest 5, halves up."""
    return (2 * n + step) // (2 * step) * step


def shown_share(favourable: int, n: int) -> str:
    """A favourable share in percent to 0.1; from 95 and to 5 only 「95%以上」 and 「5%以下」.

    A full or empty cell would tell how every single member answered (attribute disclosure, domain.md §5 (4)).
    Raises RuleViolation for a share of nobody.
    """
    if n <= 0 or not 0 <= favourable <= n:
        raise RuleViolation(
            "disclosure.share",
            f"回答者{n}人のうち{favourable}人という割合は計算できません。集計を確かめてください。",
        )
    if favourable * 100 >= 95 * n:
        return "95%以上"
    if favourable * 100 <= 5 * n:
        return "5%以下"
    share = Decimal(favourable * 100) / Decimal(n)
    return f"{share.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def shows_distribution(n: int) -> bool:
    """Whether the answers' distribution may be shown.

    Below 20 only mean and favourable share (domain.md §5 (4)).
    """
    return n >= 20


def cut_allowed(counts: Mapping[Key, int], *, cut: Key, parents: Iterable[Key], k: int = DEFAULT_K) -> bool:
    """Whether a cut can be shown beside published parents: the rest of each is nobody or at least `k` (§5
    (3))."""
    check_k(k)
    rests = [counts[parent] - counts[cut] for parent in parents]
    return counts[cut] >= k and all(rest == 0 or rest >= k for rest in rests)
