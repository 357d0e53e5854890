"""The review page as values: which rows, which lines of the document beside them, what may be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaikaku.core.lineage import word_diff
from kaikaku.core.quantities import show_quantity
from kaikaku.ingest import words
from kaikaku.ingest.payloads import FigurePayload, Payload, ResultPayload, from_json, main_field
from kaikaku.plans import words as plan_words

if TYPE_CHECKING:
    from kaikaku.ingest.models import Import, Proposal

# A page of the review ends at the next heading after this many rows, and at the latest at MOST.
ROWS, MOST = 100, 200
# A document of up to this many lines is shown whole; of a longer one the lines around what was read.
WHOLE, AROUND = 500, 4
LONGEST_DIFF = 400

LIVE = ("open", "corrected")
TABS: dict[str, str] = {
    "todo": "取り込むもの",
    "all": "すべて",
    "facts": "文中の数値",
    "dropped": "外したもの",
    "missing": "文書にないもの",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the row that stands: the field's name and the words kept, struck and added."""

    label: str
    diff: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as the page shows it; `context` rows only say where the ones below them stand."""

    proposal: Proposal
    payload: Payload
    depth: int
    context: bool
    chosen: bool
    changes: tuple[Change, ...]

    @property
    def key(self) -> int:
        return self.proposal.pk

    @property
    def kind(self) -> str:
        return self.proposal.kind

    @property
    def name(self) -> str:
        """What the thing is called or says, for those who do not see the row."""
        return str(
            self.proposal.payload.get(main_field(self.kind)) or self.proposal.payload.get("label") or ""
        )

    @property
    def kind_label(self) -> str:
        if isinstance(self.payload, FigurePayload):
            return plan_words.ROLES.get(self.payload.role, "値")
        return words.KINDS[self.proposal.kind]

    @property
    def may_choose(self) -> bool:
        """Whether the row has a box: all that may be accepted, left out or taken back."""
        return not self.context and self.proposal.decision != "accepted" and not self.is_missing

    @property
    def is_missing(self) -> bool:
        return self.proposal.difference == "missing"

    @property
    def pill(self) -> tuple[str, str]:
        """Word and kind of the state pill."""
        row = self.proposal
        if row.decision == "accepted":
            return "取り込み済み", "done"
        if row.decision == "dropped":
            return "外した", "closed"
        if row.difference == "changed":
            return "変更", "warn"
        if row.difference == "same":
            return "同じ", "closed"
        if row.difference == "missing":
            return "文書にない", "stop"
        return "新規", "active"

    @property
    def understood(self) -> str:
        """What a printed value was read as, where that says more than the print."""
        if not isinstance(self.payload, FigurePayload) or self.payload.value is None:
            return ""
        base = show_quantity(self.payload.quantity(), scale="base")
        return "" if base == self.payload.text else base


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the document; `rows` are the keys of what was read there, `gap` says lines are left out."""

    number: int
    text: str
    place: str
    rows: tuple[int, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page of the review, named by its first heading."""

    number: int
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Review:
    """One page of the review."""

    tab: str
    rows: tuple[Row, ...]
    lines: tuple[SourceLine, ...]
    pages: tuple[PageLink, ...]
    page: int

    @property
    def chosen(self) -> int:
        return sum(row.chosen for row in self.rows)


def review(imported: Import, proposals: Sequence[Proposal], *, tab: str, page: int) -> Review:
    """The page asked for; a page that is not there is the last."""
    tab = tab if tab in TABS else "todo"
    by_key = {row.pk: row for row in proposals}
    shown = [row for row in proposals if _SHOWN[tab](row)]
    keys = _with_context(shown, by_key)
    ordered = _as_tree([row for row in proposals if row.pk in keys])
    pages = _cut(ordered)
    page = max(1, min(page, len(pages)))
    wanted = {row.pk for row in shown}
    here = _with_upper(pages[page - 1], by_key) if pages else []
    rows = tuple(_row(row, by_key, context=row.pk not in wanted, tab=tab) for row in here)
    return Review(
        tab=tab,
        rows=rows,
        lines=tuple(_lines(imported, rows)),
        pages=tuple(
            PageLink(number, _label(part, number), number == page)
            for number, part in enumerate(pages, start=1)
        ),
        page=page,
    )


def place_of(proposals: Sequence[Proposal], key: int) -> tuple[str, int]:
    """The tab and page on which a row is; the first page of all where it is on none."""
    by_key = {row.pk: row for row in proposals}
    for tab in TABS:
        keys = _with_context([row for row in proposals if _SHOWN[tab](row)], by_key)
        if key in keys and _SHOWN[tab](by_key[key]):
            pages = _cut(_as_tree([row for row in proposals if row.pk in keys]))
            return tab, next(n for n, rows in enumerate(pages, start=1) if any(r.pk == key for r in rows))
    return "all", 1


def _todo(row: Proposal) -> bool:
    return row.decision in LIVE and row.difference in ("new", "changed") and row.kind != "fact"


_SHOWN: dict[str, Callable[[Proposal], bool]] = {
    "todo": _todo,
    "all": lambda row: row.kind != "fact",
    "facts": lambda row: row.kind == "fact",
    "dropped": lambda row: row.decision == "dropped",
    "missing": lambda row: row.difference == "missing",
}


def _above(row: Proposal, by_key: dict[int, Proposal]) -> list[Proposal]:
    found: list[Proposal] = []
    while row.parent_id is not None and row.parent_id in by_key:
        row = by_key[row.parent_id]
        found.append(row)
    return found[::-1]


def _with_context(rows: Iterable[Proposal], by_key: dict[int, Proposal]) -> set[int]:
    keys: set[int] = set()
    for row in rows:
        keys.add(row.pk)
        keys.update(upper.pk for upper in _above(row, by_key))
    return keys


def _as_tree(rows: Sequence[Proposal]) -> list[Proposal]:
    """Each row before what stands under it, in document order: what is missing comes last of its parent."""
    keys = {row.pk for row in rows}
    below: dict[int | None, list[Proposal]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in keys else None, []).append(row)
    found: list[Proposal] = []
    waiting = list(reversed(below.get(None, ())))
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting += reversed(below.get(row.pk, ()))
    return found


def _cut(rows: Sequence[Proposal]) -> list[list[Proposal]]:
    pages: list[list[Proposal]] = []
    for row in rows:
        full = pages and len(pages[-1]) >= ROWS and (row.kind == "section" or len(pages[-1]) >= MOST)
        if not pages or full:
            pages.append([])
        pages[-1].append(row)
    return pages


def _with_upper(rows: list[Proposal], by_key: dict[int, Proposal]) -> list[Proposal]:
    """A page with the headings above its first row, which stand on the page before."""
    return [*_above(rows[0], by_key), *rows]


def _label(rows: Sequence[Proposal], number: int) -> str:
    first = next((row for row in rows if row.kind == "section"), None)
    if first is None:
        return f"{number}ページ目"
    return f"{first.payload.get('number', '')} {first.payload.get('title', '')}".strip()[:30]


def _row(row: Proposal, by_key: dict[int, Proposal], *, context: bool, tab: str) -> Row:
    payload = from_json(row.kind, row.payload)
    depth = len(_above(row, by_key)) + int(row.payload.get("depth", 1)) - 1
    chosen = not context and tab != "facts" and _todo(row) and not row.problem
    return Row(row, payload, min(depth, 6), context, chosen, tuple(_change(change) for change in row.changes))


def _change(change: Sequence[Any]) -> Change:
    name, old, new = (str(part) for part in change)
    if len(old) + len(new) > LONGEST_DIFF:
        return Change(words.FIELDS.get(name, name), (("-", old[:LONGEST_DIFF]), ("+", new[:LONGEST_DIFF])))
    return Change(words.FIELDS.get(name, name), tuple(word_diff(old, new)))


def _lines_of(row: Row) -> set[int]:
    lines = {row.proposal.line} if row.proposal.line is not None else set()
    if isinstance(row.payload, ResultPayload):
        lines |= {line.line for line in row.payload.lines if line.line is not None}
    return lines


def _lines(imported: Import, rows: Sequence[Row]) -> Iterable[SourceLine]:
    texts, places = imported.document.text_lines, imported.document.places
    cited: dict[int, list[int]] = {}
    for row in rows:
        for line in _lines_of(row):
            cited.setdefault(line, []).append(row.key)
    if len(texts) <= WHOLE:
        numbers = list(range(1, len(texts) + 1))
    else:
        near = {line + step for line in cited for step in range(-AROUND, AROUND + 1)}
        numbers = sorted(number for number in near if 1 <= number <= len(texts))
    before, where = 0, ""
    for number in numbers:
        place = places[number - 1] if places else ""
        shown = place if place != where else ""
        yield SourceLine(number, texts[number - 1], shown, tuple(cited.get(number, ())), number != before + 1)
        before, where = number, place
