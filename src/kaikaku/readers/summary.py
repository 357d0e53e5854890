"""Published results by grade: the table of counts and shares, the rule told beside it, the indicators it
names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kaikaku.core.text import fold, is_dash, narrow
from kaikaku.readers.outline import (
    GradeLegend,
    GradeList,
    GradeSum,
    ItemRead,
    ListedIndicator,
    Outline,
    SectionRead,
    Summary,
    SummaryRow,
    TableRead,
)
from kaikaku.readers.tables import flat, is_total
from kaikaku.readers.vocabulary import header_role, is_grade

_CODED = re.compile(
    r"(?P<label>[^【\[(（]*?)\s*[【\[(（](?P<code>[A-ZＡ-Ｚ][+＋\-－*＊]?|[◎○△×●☆★])[】\])）]"
)
_CODE_FIRST = re.compile(
    r"(?P<code>[A-ZＡ-Ｚ][+＋\-－*＊]?|[◎○△×●☆★])\s*[【\[(（:：\s]\s*(?P<label>[^】\])）]{2,12}?)\s*[】\])）]?"
)
_COUNT = re.compile(
    r"(?P<count>\d[\d,]*)\s*[^\d\s(（%]{0,4}\s*(?:[(（]\s*(?P<share>\d+(?:\.\d+)?)\s*%?\s*[)）])?"
)
_SHARE = re.compile(r"[(（]?\s*(\d+(?:\.\d+)?)\s*%\s*[)）]?")
_UNMEASURED = re.compile(
    r"測定(?:不能|不可|できな|ができな)|(?:評価|判定|算定|把握)(?:不能|困難|不可|なし|対象外|でき|ができ)|未確定|未集計|未評価|該当なし|未測定|集計中|実績未確定"
)
_BAND = re.compile(
    r"[「『]?(?P<label>[^「」『』、,:：;；。()（）【】\s]{0,14}?)\s*[【\[(（]?(?P<code>[A-ZＡ-Ｚ][+*]?|[◎○△×●☆★])[】\])）]?[」』]?"
    r"\s*(?:[:：＝=…・]+|は、?)\s*(?:達成率|達成度|進捗率)?が?\s*(?P<range>[\d.]+\s*[%％]?\s*(?:以上|未満|超)(?:[、〜～~\s]*[\d.]+\s*[%％]?\s*(?:未満|以下))?)"
)
_WORDS = re.compile(
    r"(?<![^\s、，,（(「『／/])(?P<code>[A-ZＡ-Ｚ][+＋*]?|[◎○△×●☆★])\s*[:：＝=…]\s*(?P<label>[^\s、，,:：（(）)]{2,16})"
)
_LIST_TITLE = re.compile(
    r"(?:(?:達成度|評価|判定|評定|進捗)(?:が|は|・)?|^[【「『\s]*)[「『【]?(?P<grade>[A-EＡ-Ｅ]|遅れ|やや遅れ|未達成|非達成|△|×)[」』】]?\s*(?:評価|判定|ランク)?"
    r"(?:となる|となった|である|であった|の|と(?:見込|判定|評価))"
)
_PAIRS = re.compile(r"(?P<stem>.+?)(?P<parts>(?:（[^（）]{1,12}）){2,}|(?:\([^()]{1,12}\)){2,})")
_SUM = re.compile(
    r"(?:(?P<total>\d+)\s*(?:指標|項目|事業|施策)(?:のうち|中)[^。]*?)?[「『]?(?P<label>[^「」『』。、\d]{1,12}?)[」』]?\s*(?:【(?P<code>.)】)?\s*以上(?:の|となった|と評価された)?"
    r"\s*(?:指標|項目|事業|施策)?(?:は|が)、?\s*(?P<count>\d+)\s*(?:指標|項目|事業|施策|件)\s*[（(]\s*(?P<share>[\d.]+)\s*%\s*[)）]"
)
_LONGEST_SENTENCE = 1000
_CAUSE = re.compile(r"影響|要因|起因|理由|ため")


@dataclass(frozen=True, slots=True)
class _Grade:
    index: int
    label: str
    code: str | None

    @property
    def column(self) -> str:
        return self.code or self.label


def summaries_of(outline: Outline) -> Outline:
    """The outline with its results by grade read out of tables, text and lists."""
    legend = tuple(_legend(outline))
    lists = tuple(_lists(outline))
    sums = tuple(_sums(outline))
    tables = [summary for table in outline.tables if (summary := grade_table(table)) is not None]
    if not tables and (lists or sums):
        tables = [Summary((), (), (), lists[0].line if lists else sums[0].line)]
    summaries = []
    for position, summary in enumerate(tables):
        first = position == 0
        bands = _complete(legend, summary) if legend or summary.columns else ()
        summaries.append(
            replace(summary, legend=bands, lists=lists if first else (), sums=sums if first else ())
        )
    return replace(outline, summaries=tuple(summaries))


def grade_table(table: TableRead) -> Summary | None:
    """The table as counts by grade, or None where it is none: three or more columns headed by grades."""
    grades = [
        grade for index, header in enumerate(table.header) if (grade := _grade(index, header)) is not None
    ]
    if len(grades) < 3:
        return _standing(table)
    rows = []
    for cells, line in zip(table.rows, table.row_lines, strict=True):
        row = _row(cells, line, table.header, grades)
        if row is not None:
            rows.append(row)
    if not rows:
        return None
    columns = tuple(grade.column for grade in grades)
    return Summary(columns, tuple(grade.label for grade in grades), tuple(rows), table.line, table.section)


def _grade(index: int, header: str) -> _Grade | None:
    plain = flat(header).strip()
    match = _CODED.fullmatch(plain) or _CODE_FIRST.fullmatch(plain)
    if match:
        return _Grade(index, match["label"].strip(), narrow(match["code"]))
    if _UNMEASURED.search(plain) and len(plain) <= 12:
        return _Grade(index, plain, None)
    if is_grade(plain) and not plain.isdigit():
        single = len(fold(plain)) <= 2
        return _Grade(index, plain, fold(plain).upper() if single else None)
    return None


def _row(
    cells: Sequence[str], line: int, header: Sequence[str], grades: Sequence[_Grade]
) -> SummaryRow | None:
    counts: list[int | None] = []
    shares: list[str | None] = []
    for grade in grades:
        count, share = _count(cells[grade.index])
        counts.append(count)
        shares.append(share)
    if not any(count is not None for count in counts):
        return None
    taken = {grade.index for grade in grades}
    words = [
        flat(cell)
        for i, cell in enumerate(cells)
        if i not in taken and cell and not _COUNT.fullmatch(narrow(flat(cell)))
    ]
    words = list(dict.fromkeys(words))
    total = _total(cells, header, taken)
    label = words[0] if words else ""
    return SummaryRow(label, words[1] if len(words) > 1 else label, total, tuple(counts), tuple(shares), line)


def _count(cell: str) -> tuple[int | None, str | None]:
    plain = narrow(flat(cell)).strip()
    if is_dash(plain):
        return 0, None
    match = _COUNT.fullmatch(plain)
    return (int(match["count"].replace(",", "")), match["share"]) if match else (None, None)


def _total(cells: Sequence[str], header: Sequence[str], taken: set[int]) -> int | None:
    for index, title in enumerate(header):
        counted = header_role(title) in ("count", "total") or title.endswith("数") or is_total(title)
        if index not in taken and counted:
            count, _ = _count(cells[index])
            if count is not None:
                return count
    return None


def _standing(table: TableRead) -> Summary | None:
    """Grades down the first column, counts (and shares) beside them: one row, of the whole."""
    if len(table.header) < 2 or not any(
        header_role(header) in ("count", "total") or "数" in header for header in table.header
    ):
        return None
    grades: list[_Grade] = []
    counts: list[int | None] = []
    shares: list[str | None] = []
    total: int | None = None
    for cells in table.rows:
        found = [_count(cell) for cell in cells[1:]]
        count = next((value for value, _ in found if value is not None), None)
        if is_total(cells[0]):
            total = count
            continue
        grade = _grade(0, cells[0])
        if grade is None:
            return None
        share = next((s for _, s in found if s), None) or next(
            (m.group(1) for cell in cells[1:] if (m := _SHARE.fullmatch(narrow(flat(cell)).strip()))), None
        )
        grades.append(grade)
        counts.append(count)
        shares.append(share)
    if len(grades) < 3:
        return None
    row = SummaryRow("全体", "全体", total, tuple(counts), tuple(shares), table.line)
    columns = tuple(grade.column for grade in grades)
    return Summary(columns, tuple(grade.label for grade in grades), (row,), table.line, table.section)


def _texts(outline: Outline) -> Iterator[tuple[str, int]]:
    yield from ((text, 1) for text in outline.preamble)
    for section in outline.sections:
        yield from zip(section.text, section.text_lines, strict=True)
        yield from ((item.text, item.line) for item in section.items)
    yield from ((note.text, note.line) for note in outline.footnotes)


def _legend(outline: Outline) -> list[GradeLegend]:
    """The bands of the first line (or run of lines) that tells two or more."""
    for text, _ in _texts(outline):
        bands = [_band(match) for match in _BAND.finditer(text)]
        if len(bands) >= 2:
            return bands
    for text, _ in _texts(outline):
        words = [GradeLegend(narrow(m["code"]), m["label"]) for m in _WORDS.finditer(text)]
        if len(words) >= 2 and len({band.code for band in words}) == len(words):
            return words
    singles = [_band(match) for text, _ in _texts(outline) if (match := _BAND.match(text.strip()))]
    return singles if len(singles) >= 2 else []


def _band(match: re.Match[str]) -> GradeLegend:
    lower = re.match(r"([\d.]+)\s*%?\s*(?:以上|超)", narrow(match["range"]))
    return GradeLegend(
        narrow(match["code"]), match["label"].strip(), Decimal(lower.group(1)) if lower else None
    )


def _complete(legend: Sequence[GradeLegend], summary: Summary) -> tuple[GradeLegend, ...]:
    """The bands with the table's columns that stand outside the rule (測定不能)."""
    known = {band.code for band in legend}
    labels = dict(zip(summary.columns, summary.labels, strict=True))
    bands = [replace(band, label=band.label or labels.get(band.code or "", "")) for band in legend]
    for column, label in labels.items():
        if column == label and column not in known and _UNMEASURED.search(label):
            bands.append(GradeLegend(None, label, measurable=False))
    return tuple(bands)


def _lists(outline: Outline) -> Iterator[GradeList]:
    notes = {note.line: note.text for note in outline.footnotes}
    for section in outline.sections:
        grade = _listed_grade(section.title)
        if grade is not None and section.items:
            yield _grade_list(section.title, grade, section.items, section.line, notes)
            continue
        yield from _lists_of_items(section, notes)


def _lists_of_items(section: SectionRead, notes: dict[int, str]) -> Iterator[GradeList]:
    """Lists under an item of their own, as converters without bold leave them."""
    for position, item in enumerate(section.items):
        grade = _listed_grade(item.text) if re.match(r"[【＜<〈《\[「]", item.text) else None
        if grade is None:
            continue
        names = []
        for below in section.items[position + 1 :]:
            if below.depth < item.depth or _listed_grade(below.text):
                break
            if below.depth == item.depth and re.match(r"[【＜<〈《\[]", below.text):
                break
            names.append(below)
        if names:
            yield _grade_list(item.text, grade, names, item.line, notes)


def _listed_grade(title: str) -> str | None:
    if not re.search(r"指標|項目|取組|事業|施策", title):
        return None
    if _UNMEASURED.search(title):
        return "測定不能"
    match = _LIST_TITLE.search(title)
    return narrow(match["grade"]) if match else None


def _grade_list(
    title: str, grade: str, items: Sequence[ItemRead], line: int, notes: dict[int, str]
) -> GradeList:
    """The list; its note is the first one below it that tells a cause, as notes stand under the last list."""
    causes = [text for at, text in sorted(notes.items()) if at > line and _CAUSE.search(text)]
    note = causes[0] if causes else None
    names = [
        ListedIndicator(name, item.line, item.marks, external=bool(item.marks) and note is not None)
        for item in items
        for name in split_pair(item.text)
    ]
    projected = re.search(r"見込|予定", title) is not None
    return GradeList(title.strip("【】＜＞<>〈〉《》[]「」* "), grade, projected, tuple(names), line, note)


def split_pair(name: str) -> tuple[str, ...]:
    """One printed line that names two indicators, taken apart.

    >>> split_pair("満足度（入院）（外来）"), split_pair("取得率（知事部局）")
    (('満足度（入院）', '満足度（外来）'), ('取得率（知事部局）',))
    """
    match = _PAIRS.fullmatch(name)
    if match is None:
        return (name,)
    parts = re.findall(r"（[^（）]+）|\([^()]+\)", match["parts"])
    return tuple(f"{match['stem']}{part}" for part in parts)


def _sums(outline: Outline) -> Iterator[GradeSum]:
    for text, line in _texts(outline):
        if "以上" not in text or len(text) > _LONGEST_SENTENCE:
            continue
        for match in _SUM.finditer(narrow(text)):
            total = int(match["total"]) if match["total"] else None
            at_least = match["code"] or match["label"].strip(" のうち")
            yield GradeSum(
                text[match.start() : match.end()], at_least, int(match["count"]), match["share"], total, line
            )
