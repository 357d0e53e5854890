"""Rules on single cells: L1-06 to L1-08."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from kaikaku.core.readability import is_kanji, is_platform_dependent, replacement_for
from kaikaku.core.text import narrow
from kaikaku.readers.machine_readability.book import Datum, Holds, Sheet
from kaikaku.readers.machine_readability.finding import Finding, Subject, by_column, found
from kaikaku.readers.machine_readability.words import is_several, is_time_column, is_wording_column

_BLANK: Final = "[ 　\t\u00a0]"
_AROUND: Final = re.compile(rf"^{_BLANK}|{_BLANK}$")
_SPACED: Final = re.compile(rf"[^\W\d_a-zA-Z](?:{_BLANK}+[^\W\d_a-zA-Z]){{1,7}}")
_RUN: Final = re.compile(rf"\S{_BLANK}{{2,}}\S")
_PARAGRAPH: Final = 40  # from here a line break parts sentences rather than fits a word into its cell
_LIST: Final = re.compile(r"[^、，,;；。]{1,12}(?:[、，,;；][^、，,;；。]{1,12})+")
_COMMA: Final = re.compile(r"[、，,;；]\s*")
_NAMED_CHARACTERS: Final = 8


def check_layout_blanks(subject: Subject) -> Iterator[Finding]:
    """L1-06: blanks around words, between the letters of a word or in a run, and line breaks.

    A single blank within a text is its own (山田 太郎); a break in a long text may part paragraphs, so that
    is for a person to judge. In a CSV file a break is L1-14.
    """
    for sheet in subject.book.sheets:
        if not sheet.visible:
            continue
        csv = subject.book.format == "csv"
        by_kind: dict[str, list[Datum]] = defaultdict(list)
        for datum in sheet.cells.values():
            if kind := _blank_kind(datum, csv):
                by_kind[kind].append(datum)
        for kind, data in by_kind.items():
            for column in by_column(data):
                yield found("L1-06", _BLANK_KINDS[kind], sheet, data=column, sure=kind != "paragraph")


_BLANK_KINDS: Final = {
    "around": "前後に空白があります。",
    "spaced": "文字の間を空白で広げています。",
    "run": "空白が2つ以上続いています。",
    "break": "セルの中で改行しています。",
    "paragraph": "長い文の中で改行しています。体裁のための改行なら削除してください。",
}


def _blank_kind(datum: Datum, csv: bool) -> str | None:
    raw = datum.raw
    if datum.holds is not Holds.TEXT:
        return None
    if not csv and ("\n" in raw.strip("\n") or "\r" in raw):
        return "paragraph" if len(raw) > _PARAGRAPH or "。" in raw else "break"
    if _AROUND.search(raw.strip("\r\n")) or raw != raw.strip("\r\n"):
        return "around"
    if _SPACED.fullmatch(raw):
        return "spaced"
    return "run" if _RUN.search(raw) else None


def check_one_datum(subject: Subject) -> Iterator[Finding]:
    """L1-07: two numbers in a cell of a column of numbers are sure; lists of words only look like several."""
    for table in subject.tables:
        numbers = {column.index for column in table.numbers}
        for column in table.columns:
            if is_time_column(column.name) or is_wording_column(column.name):
                continue
            texts = [datum for datum in column.cells if datum.holds is Holds.TEXT]
            double = [datum for datum in texts if is_several(datum.text)]
            if double and (column.index in numbers or _bracketed(double) * 2 > len(column.cells)):
                sure = [datum for datum in double if _has_bracket(datum) or "\n" in datum.raw]
                rest = [datum for datum in double if not (_has_bracket(datum) or "\n" in datum.raw)]
                if sure:
                    yield found("L1-07", "1つのセルに2つの数値があります。", table.sheet, data=sure)
                if rest:
                    message = "2つの数値が1つのセルにあるように見えます。範囲や比なら、列を分けてください。"
                    yield found("L1-07", message, table.sheet, data=rest, sure=False)
            listed = _lists([] if column.index in numbers else texts)
            if listed:
                message = (
                    "複数の項目を並べたセルがあるように見えます。1つずつに分けられないか確かめてください。"
                )
                yield found("L1-07", message, table.sheet, data=listed, sure=False)


def _lists(texts: list[Datum]) -> list[Datum]:
    """Cells that name several of the words which other cells of the column hold alone."""
    alone = {datum.text for datum in texts}
    lists = (datum for datum in texts if _LIST.fullmatch(datum.text))
    return [datum for datum in lists if len(alone & set(_COMMA.split(datum.text))) > 1]


def _has_bracket(datum: Datum) -> bool:
    return "(" in narrow(datum.text)


def _bracketed(data: list[Datum]) -> int:
    return sum(_has_bracket(datum) for datum in data)


def check_characters(subject: Subject) -> Iterator[Finding]:
    """L1-08: characters that not every machine shows; a kanji may belong to a name, which the rule allows."""
    for sheet in subject.book.sheets:
        if not sheet.visible:
            continue
        odd = _odd_characters(sheet)
        signs = {char: data for char, data in odd.items() if not is_kanji(char)}
        kanji = {char: data for char, data in odd.items() if is_kanji(char)}
        for characters, sure in ((signs, True), (kanji, False)):
            if not characters:
                continue
            names = "".join(_shown(char) for char in list(characters)[:_NAMED_CHARACTERS])
            more = "など" if len(characters) > _NAMED_CHARACTERS else ""
            message = f"機種依存文字{names}{more}があります。"
            if not sure:
                message = (
                    f"環境により表示できない漢字{names}{more}があります。固有名詞に必要かを確かめてください。"
                )
            data = {(d.row, d.column): d for several in characters.values() for d in several}
            yield found("L1-08", message, sheet, data=data.values(), sure=sure)


def _odd_characters(sheet: Sheet) -> dict[str, list[Datum]]:
    known: dict[str, bool] = {}
    odd: Counter[str] = Counter()
    places: dict[str, list[Datum]] = {}
    for datum in sheet.cells.values():
        for char in set(datum.text) if not datum.text.isascii() else ():
            if char not in known:
                known[char] = is_platform_dependent(char)
            if known[char]:
                odd[char] += 1
                places.setdefault(char, []).append(datum)
    return {char: places[char] for char, _ in sorted(odd.items(), key=lambda pair: (-pair[1], pair[0]))}


def _shown(char: str) -> str:
    """The character, by its number where it cannot be seen, with what may stand for it."""
    shown = char if char.isprintable() and not char.isspace() else f"U+{ord(char):04X}"
    better = replacement_for(char)
    return f"「{shown}」（→{better}）" if better and better.strip() else f"「{shown}」"
