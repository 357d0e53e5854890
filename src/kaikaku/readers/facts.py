"""Figures in running prose and dated lines: what a document states without a table of indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kaikaku.core.eras import find_dates, find_years
from kaikaku.core.quantities import find_quantities
from kaikaku.core.text import narrow
from kaikaku.readers.outline import Fact, ScheduleEntry, SectionRead, TableRead

_YEAR_WORDS = re.compile(r"(?:実績|決算|目標値?|見込み?|当初|現在|末|時点|比)+$")
_SIGNS = re.compile(r"^[\s■◆●○□◇・※→\-＊*]+")
_LABEL = re.compile(r"^[【＜〈《\[](?P<label>[^【】＜＞〈〉《》\[\]]{1,20})[】＞〉》\]]\s*")
_SUBJECT = re.compile(r"(?P<name>.{2,40}?)(?:は|が)(?![ぁ-んー]{0,2}$)")
_AFTER = re.compile(r"の(?P<name>[一-龥ァ-ヴーA-Za-z・]{2,20})(?:[をがにはとで、。]|$)")
_VERB_AFTER = re.compile(r"(?:を|が|に)?(?P<name>[一-龥ァ-ヴー]{2,8})(?:する|し|した|を|、|。|$)")
_LONGEST_CONTEXT = 90  # characters before a figure in which its name is looked for
_MOST_IN_A_LINE = 60  # a line with more figures is no prose
_NOT_NAMES = re.compile(r"[ぁ-ん\s]*")
_NO_FIGURES = ("つ", "年", "本の柱")
_BAND_RULE = re.compile(r"\d\s*[%％]\s*(?:以上|未満).*\d\s*[%％]\s*(?:以上|未満)")


def facts_of(sections: Sequence[SectionRead], *, preamble: Sequence[tuple[str, int]]) -> tuple[Fact, ...]:
    """Every figure with a known unit in text and items, each with what it is a figure of."""
    facts: list[Fact] = []
    for text, line in preamble:
        facts += _facts(text, line, None)
    for position, section in enumerate(sections):
        for text, line in zip(section.text, section.text_lines, strict=True):
            facts += _facts(text, line, position)
        for item in section.items:
            facts += _facts(item.text, item.line, position)
    return tuple(facts)


def _facts(text: str, line: int, section: int | None) -> Iterator[Fact]:
    if _BAND_RULE.search(text):
        return
    for found in find_quantities(text)[:_MOST_IN_A_LINE]:
        value = found.value
        before = text[max(0, found.start - _LONGEST_CONTEXT) : found.start]
        name = name_of(before, text[found.end : found.end + _LONGEST_CONTEXT])
        if value.unit in _NO_FIGURES or name is None:
            continue
        subset = ("うち",) if re.search(r"[(（]?うち[^)）]*$", before) else ()
        yield Fact(
            name=name,
            text=found.raw,
            line=line,
            value=value.value,
            unit=value.unit,
            fiscal_year=value.fiscal_year,
            section=section,
            qualifiers=(*subset, *value.qualifiers),
            change=value.change or (value.value is not None and value.value < 0),
        )


def name_of(before: str, after: str = "") -> str | None:
    """What a figure is of: the subject of its clause, the label before it, or the noun after it; None if
    unclear.

    >>> name_of("購入枚数が減少し推移しており（R6実績", "）"), name_of("採用充足率が低水準（R6実績", "）")
    ('購入枚数', '採用充足率')
    >>> name_of("着手件数 "), name_of("(うち改革完了件数 "), name_of("締結 … 締結件数：+5 件 (R4年度末 ")
    ('着手件数', '改革完了件数', '締結件数')
    >>> name_of("■ 県債残高の圧縮 … △1,743 億円 (H30:"), name_of("未利用県有地を売却し、", "の歳入を確保")
    ('県債残高の圧縮', '歳入')
    >>> name_of("環境教室の開催(160回)や助言者の派遣("), name_of("【応募結果】 "), name_of("男性育休取得率を")
    ('助言者の派遣', '応募結果', '男性育休取得率')
    """
    text = _SIGNS.sub("", before)
    label = _LABEL.match(text)
    if label and not _without_year(text[label.end() :]):
        return _without_year(label["label"]) or None
    text = text[label.end() :] if label else text
    inside, outside = _bracket(text)
    if inside is not None:
        own = _without_year(re.sub(r"^うち", "", inside))
        if len(own) >= 3 and not find_quantities(own):
            return _noun(own)
        earlier = find_quantities(outside)
        figured = earlier and earlier[-1].end >= len(outside.rstrip()) - 1
        text = outside[: earlier[-1].start] if figured else outside
        inside = None if figured else inside
    return _name_in_clause(text, bracketed=inside is not None) or _name_after(after)


def _bracket(text: str) -> tuple[str | None, str]:
    """(what stands in the bracket that is open at the end, the text before it)."""
    opened = max(text.rfind("（"), text.rfind("("))
    if opened < 0 or re.search(r"[)）]", text[opened:]):
        return None, text
    return text[opened + 1 :], text[:opened].rstrip()


def _name_in_clause(text: str, *, bracketed: bool) -> str | None:
    text = re.sub(r"[\s…:：]+$", "", re.split(r"。|\s…\s(?=.*\S)", text.rstrip(" 　…:："))[-1])
    clauses = re.split(r"[、，]", text)
    clause = (
        clauses[-1]
        if _without_year(clauses[-1]) or not bracketed
        else clauses[-2]
        if len(clauses) > 1
        else ""
    )
    subject = _SUBJECT.match(clause)
    if subject and not re.search(r"[をに]", subject["name"]):
        return _noun(subject["name"])
    clause = re.split(r"(?<=[^ぁ-ん])(?:や|及び|並びに)(?=[^ぁ-ん])|\)や|）や", clause)[-1]
    return _noun(clause)


def _noun(text: str) -> str | None:
    """A phrase without years, particles and words of measure at its ends; None where nothing of a name
    is left.
    """
    text = _without_year(re.sub(r"^(?:うち|また|なお|特に|このうち)[、,]?", "", text.strip()))
    text = re.sub(r"^.{2,30}?を[^を]{1,8}(?:する|した|できる)(?=.{2})", "", text)
    text = re.sub(r"(?:の|は|が|を|に|で|と|も|へ|より|から|約|延べ|合計|計)+$", "", text).strip(
        " 　、,・…:：（(「」)）"
    )
    if (
        len(text) > 40
        or len(text) < 2
        or _NOT_NAMES.fullmatch(text)
        or re.search(r"(?:し|して|され|おり|ため|ほか)$", text)
    ):
        return None
    return text


def _without_year(text: str) -> str:
    for year in reversed(find_years(text)):
        text = text[: year.start] + text[year.end :]
    text = re.sub(r"^[\s→:：の]+", "", text.strip())
    return _YEAR_WORDS.sub("", text).strip(" 　→:：・")


def _name_after(after: str) -> str | None:
    match = _AFTER.match(after) or _VERB_AFTER.match(after)
    return match["name"] if match else None


def schedule_of(tables: Sequence[TableRead], sections: Sequence[SectionRead]) -> tuple[ScheduleEntry, ...]:
    """Dated rows of tables, and spans of days in headings and labels (a window of applications)."""
    entries: list[ScheduleEntry] = []
    for table in tables:
        for row, line in zip(table.rows, table.row_lines, strict=True):
            when = when_of(row[0]) if len(row) > 1 else None
            if when is not None:
                for text, note in _lines_of(row[1]):
                    entries.append(ScheduleEntry(when, text, line, table.section, note))
    for position, section in enumerate(sections):
        when = when_of(section.subtitle or "")
        if when is not None:
            entries.append(ScheduleEntry(when, section.title, section.line, position))
        for text, line in zip(section.text, section.text_lines, strict=True):
            label, _, rest = narrow(text).partition(":")
            when = when_of(rest)
            if when is not None and len(label) <= 20:
                entries.append(ScheduleEntry(when, text[: len(label)].strip(), line, position))
    return tuple(entries)


def _lines_of(cell: str) -> list[tuple[str, str | None]]:
    """(text, note) of each entry of a cell: a line in brackets is a note on the line before it."""
    entries: list[tuple[str, str | None]] = []
    for line in filter(None, (part.strip() for part in cell.split("\n"))):
        if line[0] in "(（" and line[-1] in ")）" and entries:
            text, note = entries[-1]
            entries[-1] = (text, f"{note or ''}{line[1:-1]}")
        else:
            entries.append((line, None))
    return entries


def when_of(text: str) -> str | None:
    """A day, a month, or an interval in ISO 8601, where that is all the text says.

    >>> when_of("令和5年10月27日"), when_of("令和6年 1月"), when_of("令和6年2～3月")
    ('2023-10-27', '2024-01', '2024-02/2024-03')
    >>> when_of("2023.9.15～2023.10.27")
    '2023-09-15/2023-10-27'
    >>> when_of("第1回 令和5年の会議") is None
    True
    """
    found = find_dates(text)
    if not found or len(found) > 2:
        return None
    rest = text
    for date in reversed(found):
        rest = rest[: date.start] + rest[date.end :]
    rest = re.sub(r"[（(][月火水木金土日・祝]+[)）]|[上中下]旬|頃|ころ|予定", "", rest)
    if re.sub(r"[\s~～〜\-－月日年（）()【】まで及び、・から]", "", rest):
        return None
    return "/".join(date.value.iso() for date in found)
