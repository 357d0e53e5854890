"""Before anything is printed: do the prose, the lists and the tables of a dataset agree?

A paper that says 49 above a table that adds up to 48 is worse than none. Each finding says what disagrees,
where, and what to do; a publication with findings is not printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kaikaku.core.shares import share
from kaikaku.writers.dataset import EditionDataset, NamedList, Tally, TallyRow

NUMBER = r"(\d[\d,]*)"
COUNT_AND_SHARE = re.compile(rf"{NUMBER}\s*指標\s*[（(]\s*(\d+(?:\.\d+)?)\s*[%％]\s*[）)]")
WHOLE = ("全体", "計", "合計")


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement, as a sentence; `where` names the place in the paper."""

    code: str
    where: str
    message: str


def check(dataset: EditionDataset) -> list[Finding]:
    """Every disagreement found; an empty list means the dataset may be printed."""
    found = list(duplicates(dataset))
    for tally in dataset.tallies:
        found += check_rows(tally)
        found += check_whole(tally)
        found += check_at_least(tally)
        if tally.computed:
            found += check_grades(dataset, tally)
    latest = max(dataset.tallies, key=lambda t: t.fiscal_year, default=None)
    if latest:
        for named in dataset.lists:
            found += check_list(dataset, latest, named)
        found += check_prose(dataset, latest)
    return found


def name_of(tally: Tally) -> str:
    return f"{tally.fiscal_year}年度の集計表"


def check_rows(tally: Tally) -> Iterator[Finding]:
    for row in tally.rows:
        if len(row.counts) != len(tally.columns):
            yield Finding("row_width", name_of(tally), f"「{row.label}」の列の数が見出しと違います。")
        elif sum(row.counts) != row.total:
            yield Finding(
                "row_total",
                name_of(tally),
                f"「{row.label}」の件数の合計は{sum(row.counts)}ですが、指標数は{row.total}です。"
                "件数を確かめてください。",
            )
        yield from check_shares(tally, row)


def check_shares(tally: Tally, row: TallyRow) -> Iterator[Finding]:
    """Shares may be closed in any way, but none strays from the exact one by a whole printed digit."""
    if not row.shares or not row.total:
        return
    for column, count, printed in zip(tally.columns, row.counts, row.shares, strict=False):
        exact = Decimal(100 * count) / row.total
        if abs(printed - exact) >= Decimal("0.1"):
            yield Finding(
                "share",
                name_of(tally),
                f"「{row.label}」の{column}は{row.total}のうち{count}で{exact:.1f}%ですが、{printed}%とあります。",
            )


def check_whole(tally: Tally) -> Iterator[Finding]:
    whole = next((row for row in tally.rows if row.section is None and row.label in WHOLE), None)
    parts = [row for row in tally.rows if row is not whole]
    if whole is None or not parts or tally.computed:
        # computed wholes count a cross-listed indicator once, and may be below the sum of their parts
        return
    for place, column in enumerate(tally.columns):
        added = sum(row.counts[place] for row in parts if place < len(row.counts))
        if place < len(whole.counts) and added != whole.counts[place]:
            yield Finding(
                "whole",
                name_of(tally),
                f"{column}の合計は{added}ですが、「{whole.label}」は{whole.counts[place]}です。"
                "どちらかを直してください。",
            )


def whole_of(tally: Tally) -> TallyRow | None:
    return next((row for row in tally.rows if row.section is None), None)


def check_at_least(tally: Tally) -> Iterator[Finding]:
    whole = whole_of(tally)
    if whole is None or tally.at_least is None or tally.at_least_count is None:
        return
    place = next((i for i, name in enumerate(tally.columns) if same_band(name, tally.at_least)), None)
    if place is None:
        return
    added = sum(whole.counts[: place + 1])
    if added != tally.at_least_count:
        message = f"「{tally.at_least}」以上は表では{added}ですが、文章では{tally.at_least_count}です。"
        yield Finding("at_least", name_of(tally), message)
    if tally.at_least_share is not None and whole.total:
        exact = share(tally.at_least_count, whole.total)
        if abs(exact - tally.at_least_share) >= Decimal("0.1"):
            told = f"{whole.total}のうち{tally.at_least_count}は{exact}%ですが、"
            yield Finding("at_least_share", name_of(tally), f"{told}{tally.at_least_share}%とあります。")


def same_band(one: str, other: str) -> bool:
    """Whether 「B」, 「概ね達成」 and 「概ね達成【B】」 name one band; 達成 is not 概ね達成."""
    names = [{name, *re.split(r"[【】]", name)} - {""} for name in (one, other)]
    return bool(names[0] & names[1])


def check_grades(dataset: EditionDataset, tally: Tally) -> Iterator[Finding]:
    """A computed table counts the grades of the indicators it is printed beside."""
    whole = whole_of(tally)
    grades = [
        result.grade
        for indicator in dataset.indicators
        for result in indicator.results
        if result.fiscal_year == tally.fiscal_year and result.grade
    ]
    if whole is None or not grades:
        return
    counted = Counter(grades)
    for column, count in zip(tally.columns, whole.counts, strict=False):
        if column in counted and counted[column] != count:
            message = (
                f"{column}の指標は{counted[column]}ありますが、集計表では{count}です。集計し直してください。"
            )
            yield Finding("grades", name_of(tally), message)


def check_list(dataset: EditionDataset, tally: Tally, named: NamedList) -> Iterator[Finding]:
    """5 names under 「達成度がDとなる見込みの指標」 must be 5 in column D."""
    whole = whole_of(tally)
    bands = dataset.scheme.bands if dataset.scheme else ()
    band = next(
        (b for b in bands if band_in_title(b.code, b.label, named.title, measurable=b.measurable)), None
    )
    if whole is None or band is None:
        return
    columns = [i for i, column in enumerate(tally.columns) if column in (band.code, band.label, band.name)]
    listed = sum(indicators_in(marked.name) for marked in named.names)
    if columns and whole.counts[columns[0]] != listed:
        yield Finding(
            "list",
            named.title,
            f"一覧には{listed}指標ありますが、集計表の{band.name}は{whole.counts[columns[0]]}です。"
            "一覧か集計表を直してください。",
        )


def indicators_in(name: str) -> int:
    """How many indicators one line names: 「満足度（入院）（外来）」 is two (岩手県 R2)."""
    tail = re.search(r"(?:[（(][^（()）]*[)）]\s*)+[＊*]?$", name)
    return max(1, len(re.findall(r"[（(]", tail[0]))) if tail else 1


def band_in_title(code: str, label: str, title: str, *, measurable: bool) -> bool:
    if not measurable:
        return label in title or "測定" in title
    return bool(re.search(rf"達成度が\s*{re.escape(code)}", title)) or f"【{code}】" in title


def check_prose(dataset: EditionDataset, tally: Tally) -> Iterator[Finding]:
    """A 「49指標（86.0%）」 in the summary must be a share of the table's total."""
    whole = whole_of(tally)
    if whole is None or not whole.total:
        return
    for text in dataset.summary:
        for count, printed in COUNT_AND_SHARE.findall(text):
            exact = share(int(count.replace(",", "")), whole.total)
            if abs(exact - Decimal(printed)) >= Decimal("0.1"):
                message = (
                    f"「{count}指標（{printed}%）」とありますが、{whole.total}のうち{count}は{exact}%です。"
                )
                yield Finding("prose", "要約", message)


def duplicates(dataset: EditionDataset) -> Iterator[Finding]:
    for kind, ids in (
        ("取組", [s.id for s in dataset.sections]),
        ("指標", [i.id for i in dataset.indicators]),
    ):
        for name, times in Counter(ids).items():
            if times > 1:
                yield Finding("duplicate", kind, f"{kind}の識別番号「{name}」が{times}回あります。")
