"""The list of changes (新旧対照表) as the page and its CSV show it: columns, filter by kind, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from kaikaku.plans import words
from kaikaku.plans.queries.changes import Change, Part
from kaikaku.ui.listing import Field, Listing, listing

ALL_ROWS = 2000  # a list that is printed has one page
SORTS = {"section": "見出し", "indicator": "指標"}


def _old(read: Callable[[Part], str]) -> Callable[[Change], str]:
    return lambda row: read(row.old) if row.old else ""


def _new(read: Callable[[Part], str]) -> Callable[[Change], str]:
    return lambda row: read(row.new) if row.new else ""


def _column(key: str, label: str, value: Callable[[Change], str], *, search: bool = False) -> Field[Change]:
    return Field[Change](key, label, value, sortable=False, search=search)


COLUMNS = (
    _column("kind", "変更の種類", lambda row: row.label),
    _column("sort", "区分", lambda row: SORTS[row.part.sort]),
    _column("old_number", "前の版の番号", _old(lambda part: part.number)),
    _column("old", "前の版", _old(lambda part: part.title), search=True),
    _column("old_text", "前の版の内容", _old(lambda part: part.text), search=True),
    _column("new_number", "次の版の番号", _new(lambda part: part.number)),
    _column("new", "次の版", _new(lambda part: part.title), search=True),
    _column("new_text", "次の版の内容", _new(lambda part: part.text), search=True),
    _column("outcome", "終了の種類", lambda row: row.outcome_label),
    _column("reason", "理由", lambda row: row.reason, search=True),
    _column("causes", "きっかけ", lambda row: "、".join(map(str, row.causes)), search=True),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """The rows that are seen, and what the filter offers: code, word and how many of each kind."""

    table: Listing[Change]
    kind: str
    kinds: tuple[tuple[str, str, int], ...]
    unlinked: int
    unexplained: int


def seen(request: HttpRequest, rows: Sequence[Change]) -> Seen:
    """The changes narrowed as the address asks (`kind`, `q`)."""
    kind = request.GET.get("kind", "")
    return Seen(
        table=listing(request, _of_kind(rows, kind), fields=COLUMNS, per_page=ALL_ROWS),
        kind=kind,
        kinds=_kinds(rows),
        unlinked=sum(not row.kind for row in rows),
        unexplained=sum(row.wants_reason for row in rows),
    )


def _of_kind(rows: Sequence[Change], kind: str) -> list[Change]:
    """Those of one kind; "changed" is all but 継続, "reason" those whose reason is not written."""
    if kind == "changed":
        return [row for row in rows if row.kind != "carried"]
    if kind == "reason":
        return [row for row in rows if row.wants_reason]
    if kind == "none":
        return [row for row in rows if not row.kind]
    return [row for row in rows if not kind or row.kind == kind]


def _kinds(rows: Sequence[Change]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(row.kind or "none" for row in rows)
    every = {**words.LINK_KINDS, "none": "未確認"}
    found = [(code, label, counts[code]) for code, label in every.items() if counts[code]]
    waiting = sum(row.wants_reason for row in rows)
    if waiting:
        found.append(("reason", "理由が未記入", waiting))
    changed = ("changed", "変更のあるもの", len(rows) - counts["carried"])
    return (("", "すべて", len(rows)), changed, *found)
