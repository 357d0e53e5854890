"""Figures in running prose and dated lines: what a document states without a table of indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kaikaku.core.eras import find_dates, find_years
from kaikaku.core.quantities import find_quantities
from kaikaku.core.text import narrow
from kaikaku.readers.outline import Fact, ScheduleEntry, SectionRead, TableRead

_CLAUSE = re.compile(r"[。、，,・]?\s*(?:■|◆|●|○|→|…|・)\s*|[。]")
_SUBJECT = re.compile(r"(?P<name>[^。、，,はがをに：:（(）)「」…]{2,40}?)(?:の?(?:数|額|率|件数)?)?(?:は|が|を|[:：]|…|\s*$)")
_LABEL = re.compile(r"(?P<name>[^。、，,：:（()）]{2,40}?)\s*(?:[:：…]|$)")
_YEAR_WORDS = re.compile(r"(?:実績|決算|目標値?|見込み?|末|現在|当初)+$")
_INTERVAL = re.compile(r"\s*[~～〜から]+\s*")


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
    found = find_quantities(text)
    for quantity in found:
        before = text[: quantity.start]
        value = quantity.value
        subset = ("うち",) if re.search(r"[(（]?うち[^)）]*$", before) else ()
        yield Fact(
            name=name_before(before),
            text=quantity.raw,
            line=line,
            value=value.value,
            unit=value.unit,
            fiscal_year=value.fiscal_year,
            section=section,
            qualifiers=(*subset, *value.qualifiers),
            change=value.change or (value.value is not None and value.value < 0),
        )


def name_before(text: str) -> str:
    """What a figure is of: the subject of its clause, or the label before it.

    >>> name_before("コピー用紙購入枚数が減少し順調に推移しており（R6実績"), name_before("採用充足率が低水準（R6実績")
    ('コピー用紙購入枚数', '採用充足率')
    >>> name_before("着手件数 "), name_before("(うち改革完了件数 "), name_before("協定を締結 … 包括協定締結件数：")
    ('着手件数', '改革完了件数', '包括協定締結件数')
    >>> name_before("■ 県債残高の圧縮 … △1,743 億円 (H30:")
    '県債残高の圧縮'
    """
    clause = _own_clause(text)
    subject = re.match(r"(?P<name>.{2,40}?)(?:は|が|を)(?![ぁ-んー]{2,3}$)", clause)
    if subject and not re.search(r"[：:…]\s*$", clause):
        return _trimmed(subject["name"])
    label = re.match(r"(?P<name>.{2,60}?)\s*(?:[:：…]|\s|$)", clause)
    return _trimmed(label["name"] if label else clause)


def _own_clause(text: str) -> str:
    """The clause the figure stands in; inside brackets that hold no name of their own, the one before them."""
    text = re.sub(r"^[\s■◆●○□◇・※→\-]+", "", text)
    opened = max(text.rfind("（"), text.rfind("("))
    if opened >= 0 and not re.search(r"[)）]", text[opened:]):
        inside = re.sub(r"^うち", "", text[opened + 1 :].strip())
        for year in reversed(find_years(inside)):
            inside = inside[: year.start] + inside[year.end :]
        inside = _YEAR_WORDS.sub("", re.sub(r"[\s→:：]|実績|度?末|[\d,.億万千]+\S?円", "", inside))
        if len(inside) >= 3:
            return inside
        text = text[:opened].rstrip()
        found = find_quantities(text)
        if found and found[-1].end >= len(text) - 1:
            text = text[: found[-1].start].rstrip(" 　…:：")
    clause = re.split(r"[。]|\s[…]\s(?=.*\S)|、(?=[^、]{6,}$)", text)[-1].strip()
    return clause or text


def _trimmed(name: str) -> str:
    name = re.sub(r"^(?:うち|また|なお|特に|このうち|その結果|これにより)[、,]?", "", name.strip(" 　、,・…:：（(「"))
    for year in reversed(find_years(name)):
        name = name[: year.start] + name[year.end :]
    return re.sub(r"^(?:末|の|は|に|で|実績|年度)+|(?:の|は|が|を|に|で|約|延べ)+$", "", name).strip(" 　、,・…:：") or name


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

    >>> when_of("令和5年10月27日"), when_of("令和6年 1月"), when_of("令和6年2～3月"), when_of("2023.9.15～2023.10.27")
    ('2023-10-27', '2024-01', '2024-02/2024-03', '2023-09-15/2023-10-27')
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
