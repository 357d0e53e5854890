"""What became of each item between editions (加除修正): proposed by likeness, decided by people.

Printed numbers are never identity: 宮城県 renumbers its sixteen initiatives every year (domain.md §2). A
proposal rests on titles and, where given, texts; whoever decides sees the word diff and writes the reason.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from kaikaku.core.assignment import best_pairs
from kaikaku.core.errors import RuleViolation
from kaikaku.core.text import fold


class Kind(StrEnum):
    """What became of an item between two editions."""

    CARRIED = "carried"
    REVISED = "revised"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    ADDED = "added"
    ENDED = "ended"


class Ending(StrEnum):
    """Why an item ended; a reason in words goes with it."""

    SOLVED = "solved"
    ABSORBED = "absorbed"
    ABANDONED = "abandoned"


KIND_LABELS: dict[Kind, str] = {
    Kind.CARRIED: "継続",
    Kind.REVISED: "見直し",
    Kind.RENAMED: "名称変更",
    Kind.MOVED: "移動",
    Kind.MERGED: "統合",
    Kind.SPLIT: "分割",
    Kind.ADDED: "新規",
    Kind.ENDED: "終了",
}
ENDING_LABELS: dict[Ending, str] = {
    Ending.SOLVED: "課題の解決",
    Ending.ABSORBED: "他の取組への吸収",
    Ending.ABANDONED: "取りやめ",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as it is matched: title, the title of the section above (not its number), and the text if
    known."""

    title: str
    parent: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link to be decided by a person: positions in the old and new list, None where there is no other side.

    `score` is the likeness of the titles from 0 to 1; `sure` says whether it is high enough to accept in
    bulk.
    """

    kind: Kind
    old: int | None
    new: int | None
    score: float
    diff: tuple[tuple[str, str], ...]
    sure: bool

    @property
    def label(self) -> str:
        return KIND_LABELS[self.kind]


# Below WEAK two titles share no more than words of the trade (推進, 充実); from SURE on only wording
# differs. Set on 宮城県's R7 and R8 editions, where the lowest true pair reaches 0.35 and the highest false
# one 0.22.
# A left-over joins a merger or split from JOINS on; it can have no pairs of characters to itself.
WEAK, JOINS, SURE = 0.28, 0.4, 0.6


def propose(old: Sequence[Entry | str], new: Sequence[Entry | str]) -> list[Proposal]:
    """What became of the `old` items in the `new` edition, in the order of the new one, ended items last.

    One-to-one pairs are those that make the total likeness greatest. An item left over that resembles a
    paired one at least as `JOINS` is proposed as part of a merger or a split; otherwise it is added or
    ended.
    """
    olds, news = [_entry(o) for o in old], [_entry(n) for n in new]
    scores = similarities([o.title for o in olds], [n.title for n in news])
    weights = [[_weight(scores[i][j], o, n) for j, n in enumerate(news)] for i, o in enumerate(olds)]
    pairs = dict(best_pairs(weights))
    pairs = {i: j for i, j in pairs.items() if scores[i][j] >= WEAK}
    mergers = _joined(set(range(len(olds))) - set(pairs), pairs.values(), scores)
    columns = [list(column) for column in zip(*scores, strict=True)]
    splits = _joined(set(range(len(news))) - set(pairs.values()), pairs, columns)
    links = [_pair(olds, news, i, j, scores[i][j]) for i, j in pairs.items()]
    links = [_regroup(p, set(mergers.values()), set(splits.values())) for p in links]
    links += [_link(Kind.MERGED, olds, news, i, j, scores[i][j]) for i, j in mergers.items()]
    links += [_link(Kind.SPLIT, olds, news, i, j, scores[i][j]) for j, i in splits.items()]
    links += [
        Proposal(Kind.ADDED, None, j, 0.0, (("+", n.title),), False)
        for j, n in enumerate(news)
        if j not in splits and j not in pairs.values()
    ]
    links += [
        Proposal(Kind.ENDED, i, None, 0.0, (("-", o.title),), False)
        for i, o in enumerate(olds)
        if i not in mergers and i not in pairs
    ]
    last = len(news)
    return sorted(links, key=lambda p: (last if p.new is None else p.new, -1 if p.old is None else p.old))


def check_decision(kind: Kind, *, reason: str, ending: Ending | None = None) -> None:
    """Refuse a decision without its reason: everything but 継続 needs one, and an ended item says how it
    ended."""
    if kind is Kind.ENDED and ending is None:
        raise RuleViolation(
            "lineage.ending",
            "終了とした取組は、課題の解決・他の取組への吸収・取りやめのいずれかを選んでください。",
            field="ending",
        )
    if kind is not Kind.CARRIED and not reason.strip():
        raise RuleViolation(
            "lineage.reason",
            f"「{KIND_LABELS[kind]}」とした理由を入力してください。次の版の加除修正一覧に載ります。",
            field="reason",
        )


def similarities(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """Likeness of every old title to every new one, 0 to 1, from three signs.

    Common runs of characters; shared pairs of characters, which count by how rare they are among all the
    titles, so that 「の推進」 says little and 「指定管理」 much; and pairs of kanji, katakana or letters
    that stand in these two titles only, which is how a person sees that 「補助金…のオンライン化」 became
    「補助金…のアウトソーシング」.
    """
    olds, news = [fold(t) for t in old], [fold(t) for t in new]
    bags = [_bigrams(t) for t in (*olds, *news)]
    spread = Counter(gram for bag in bags for gram in bag)
    rarity = {gram: math.log((1 + len(bags)) / count) for gram, count in spread.items()}
    sums = [sum(rarity[g] * n for g, n in bag.items()) for bag in bags]
    rows = []
    for i, one in enumerate(olds):
        row = []
        for j, other in enumerate(news, len(olds)):
            common = bags[i] & bags[j]
            whole = sums[i] + sums[j]
            dice = 2 * sum(rarity[g] * n for g, n in common.items()) / whole if whole else 0.0
            runs = SequenceMatcher(None, one, other, autojunk=False).ratio()
            own = sum(spread[g] == 2 and _CONTENT.fullmatch(g) is not None for g in common)
            row.append(1.0 if one == other else 0.4 * runs + 0.35 * dice + 0.25 * min(own / 3, 1.0))
        rows.append(row)
    return rows


_CONTENT = re.compile(r"[一-鿿㐀-䶿々ァ-ヺーa-z0-9]+")


def _entry(item: Entry | str) -> Entry:
    return Entry(item) if isinstance(item, str) else item


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1)) if len(text) > 1 else Counter([text])


def _weight(score: float, old: Entry, new: Entry) -> float:
    # staying under the same heading decides between equals, and never against a better title
    return score + (0.05 if old.parent and fold(old.parent) == fold(new.parent) else 0.0)


def _joined(left: set[int], paired: Iterable[int], scores: list[list[float]]) -> dict[int, int]:
    """Which of the paired items each left-over one resembles most, if it does so at all."""
    candidates = list(paired)
    found: dict[int, int] = {}
    for i in sorted(left):
        best = max(candidates, key=lambda j: scores[i][j], default=None)
        if best is not None and scores[i][best] >= JOINS:
            found[i] = best
    return found


def _pair(olds: Sequence[Entry], news: Sequence[Entry], i: int, j: int, score: float) -> Proposal:
    old, new = olds[i], news[j]
    same_title = fold(old.title) == fold(new.title)
    texts_known = bool(old.text and new.text)
    same_text = fold(old.text) == fold(new.text)
    if same_title and texts_known and not same_text:
        kind = Kind.REVISED
    elif same_title:
        kind = Kind.CARRIED if fold(old.parent) == fold(new.parent) else Kind.MOVED
    elif texts_known and same_text:
        kind = Kind.RENAMED
    else:
        kind = Kind.REVISED
    return _link(kind, olds, news, i, j, score)


def _link(kind: Kind, olds: Sequence[Entry], news: Sequence[Entry], i: int, j: int, score: float) -> Proposal:
    diff = tuple(word_diff(olds[i].title, news[j].title))
    return Proposal(kind, i, j, round(score, 3), diff, score >= SURE)


def _regroup(proposal: Proposal, merged_into: set[int], split_from: set[int]) -> Proposal:
    """A pair that others join becomes part of the merger or the split itself."""
    if proposal.new in merged_into:
        kind = Kind.MERGED
    elif proposal.old in split_from:
        kind = Kind.SPLIT
    else:
        return proposal
    return Proposal(kind, proposal.old, proposal.new, proposal.score, proposal.diff, proposal.sure)


_CHUNK = re.compile(
    r"[一-鿿㐀-䶿々〆]+|[ァ-ヺー]+|[ぁ-ゖ]+|[0-9０-９.,，．]+|[A-Za-zＡ-Ｚａ-ｚ]+|\s+|.",
    re.DOTALL,
)


def word_diff(a: str, b: str) -> list[tuple[str, str]]:
    """What changed from `a` to `b`, as ("=", kept), ("-", struck), ("+", new), in reading order.

    Words are runs of one script (漢字, カタカナ, ひらがな, 数字, 英字), which keeps a diff readable; within
    a changed run of kanji a common beginning or end is kept. Joining = and − gives `a`, joining = and +
    gives `b`.

    >>> word_diff("電子契約の導入・推進", "電子契約の定着と利用拡大")[0]
    ('=', '電子契約の')
    """
    left, right = _CHUNK.findall(a), _CHUNK.findall(b)
    parts: list[tuple[str, str]] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if op == "equal":
            parts.append(("=", "".join(left[i1:i2])))
        else:
            parts += _replaced("".join(left[i1:i2]), "".join(right[j1:j2]))
    return _joined_up(parts)


def _replaced(old: str, new: str) -> list[tuple[str, str]]:
    head = _outside_number(old, new, _common(old, new))
    left, right = old[head:][::-1], new[head:][::-1]
    tail = _outside_number(left, right, _common(left, right))
    struck, added = old[head : len(old) - tail], new[head : len(new) - tail]
    return [("=", old[:head]), ("-", struck), ("+", added), ("=", old[len(old) - tail :])]


_DIGITS = frozenset("0123456789０１２３４５６７８９.,，．")


def _outside_number(a: str, b: str, length: int) -> int:
    """The common beginning cut back to where no number is torn: 2,400 → 2,800 changes as a whole."""
    while (
        length
        and a[length - 1] in _DIGITS
        and (a[length : length + 1] in _DIGITS or b[length : length + 1] in _DIGITS)
    ):
        length -= 1
    return length


def _common(a: str, b: str) -> int:
    """Length of the common beginning; a single shared character is chance, unless it is all of one side."""
    length = 0
    while length < min(len(a), len(b)) and a[length] == b[length]:
        length += 1
    return length if length > 1 or length == min(len(a), len(b)) else 0


def _joined_up(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = []
    for op, text in parts:
        if not text:
            continue
        if result and result[-1][0] == op:
            result[-1] = (op, result[-1][1] + text)
        else:
            result.append((op, text))
    return result
