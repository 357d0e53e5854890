"""Reading years: every spelling of conventions.md §6, or None.

The scanning functions take narrowed text and a position, and give what stands exactly there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kaikaku.core.eras.model import EARLIEST, LATEST, LETTER, OFFSET, Year, era_letter
from kaikaku.core.text import DASHES, narrow, unwrap

_KANJI_DIGIT = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_TWO_DIGITS = r"(?:\d\s+\d(?=\s*年)|\d{1,2})(?!\d)"
KANJI_NUMBER = "[〇零一二三四五六七八九十]{1,3}"
_ATOM = re.compile(
    rf"""
    (?P<name>令\s*和|平\s*成|昭\s*和|大\s*正|明\s*治|[㋿㍻㍼㍽㍾])\s*(?P<of_name>元|{_TWO_DIGITS}|{KANJI_NUMBER})
  | (?<![A-Za-z0-9])(?P<letter>[MTSHR])\s?(?P<of_letter>元|\d{{1,2}}(?!\d))(?![A-Za-z])
  | (?<![\d.,A-Za-z])(?P<fy>FY\s?)?(?:西暦\s*)?
    (?P<western>(?:\d{{4}}|\d\s+\d\s+\d\s+\d(?=\s*年)|[一二][〇零一二三四五六七八九]{{3}}(?=\s*年))(?!\d))
    """,
    re.VERBOSE,
)
_BARE = re.compile(rf"(?P<bare>元|{_TWO_DIGITS}|{KANJI_NUMBER})")
_UNIT = re.compile(r"\s*年\s*度(?!当たり|あたり)|\s*年(?!\s*[間生齢代])")
_OPEN, _CLOSE = re.compile(r"\s*[(〔\[<〈]\s*"), re.compile(r"\s*[)〕\]>〉]")
_TWIN = re.compile(r"\s*[・/=]\s*")
RANGE = re.compile(rf"\s*(?:~|から|より|→|⇒|[{re.escape(DASHES)}])\s*")
_EDGE = re.compile(r"(?:\s*(?:末|度末|中|当初))?(?:\s*(?:現在|時点))?\s*")


@dataclass(frozen=True, slots=True)
class Seen:
    """A year found at a position: `era` the letter it was written with, `unit` "年", "年度" or ""."""

    western: int
    end: int
    era: str | None
    unit: str

    @property
    def fiscal(self) -> bool:
        return self.unit != "年"


def to_int(text: str) -> int | None:
    """元, digits (blanks between them allowed) or kanji digits up to ninety-nine, or by place (二〇二五)."""
    text = "".join(text.split())
    if text == "元":
        return 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return None
        return int(_KANJI_DIGIT.get(tens, "1" if not tens else "0")) * 10 + int(_KANJI_DIGIT.get(ones, "0"))
    digits = "".join(_KANJI_DIGIT.get(c, c) for c in text)
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _atom_at(text: str, position: int, *, era: str | None = None) -> Seen | None:
    match = _ATOM.match(text, position)
    if match and match["western"]:
        year = to_int(match["western"])
        inside = year is not None and EARLIEST <= year <= LATEST
        return Seen(year, match.end(), None, "年度" if match["fy"] else "") if inside and year else None
    if match:
        letter = LETTER["".join(match["name"].split())] if match["name"] else match["letter"]
        number = to_int(match["of_name"] or match["of_letter"])
        return Seen(OFFSET[letter] + number, match.end(), letter, "") if number else None
    bare = _BARE.match(text, position) if era else None
    if bare and era and (position == 0 or not text[position - 1].isdigit()):
        number = to_int(bare["bare"])
        return Seen(OFFSET[era] + number, bare.end(), era, "") if number else None
    return None


def _unit_at(text: str, position: int) -> tuple[str, int]:
    match = _UNIT.match(text, position)
    return ("".join(match.group().split()), match.end()) if match else ("", position)


def year_at(text: str, position: int, *, era: str | None = None) -> Seen | None:
    """The year written at `position`, with its twin in the other calendar where one follows.

    「平成28年(2016)」「2021(令和3)年度」「平成31・令和元年度」 are one year; twins that disagree are None.
    """
    first = _atom_at(text, position, era=era)
    if not first:
        return None
    unit, end = _unit_at(text, first.end)
    unit = unit or first.unit
    twin, after, bracketed = _twin_at(text, end)
    if twin:
        if bracketed and twin.western != first.western:
            return None
        if twin.western == first.western:
            unit, end = unit or twin.unit, after
            if not unit:
                unit, end = _unit_at(text, end)
    return Seen(first.western, end, first.era, unit)


def _twin_at(text: str, position: int) -> tuple[Seen | None, int, bool]:
    opening = _OPEN.match(text, position)
    joint = opening or _TWIN.match(text, position)
    atom = _atom_at(text, joint.end()) if joint else None
    if not atom:
        return None, position, False
    unit, end = _unit_at(text, atom.end)
    twin = Seen(atom.western, end, atom.era, unit or atom.unit)
    if not opening:
        return twin, end, False
    closing = _CLOSE.match(text, end)
    return (twin, closing.end(), True) if closing else (None, position, False)


def parse_year(text: str, *, era: str | None = None) -> Year | None:
    """The year that the whole text is, or None. `era` gives years without an era theirs (32年度, 元年).

    >>> years = map(parse_year, ("令和8年度", "R元", "平成32年度", "平成31(令和1)年度", "平 成 2 8 年"))
    >>> [year.western for year in years if year]
    [2026, 2019, 2020, 2019, 2016]
    >>> parse_year("令和六年"), parse_year("28年"), parse_year("28年", era="平成")
    (Year(western=2024, fiscal=False, raw='令和六年'), None, Year(western=2016, fiscal=False, raw='28年'))
    """
    plain = unwrap(narrow(text))
    seen = year_at(plain, 0, era=era_letter(era) if era else None)
    if not seen or not _EDGE.fullmatch(plain, seen.end):
        return None
    return Year(seen.western, seen.fiscal, text)


def years_in(text: str) -> list[tuple[int, Seen]]:
    """(start, year) of every year in a narrowed text, ends of ranges included (「R3~6年度」 is two)."""
    found: list[tuple[int, Seen]] = []
    position = 0
    while match := _ATOM.search(text, position):
        seen = year_at(text, match.start())
        if not seen:
            position = match.end()
            continue
        start, position = match.start(), seen.end
        joint = RANGE.match(text, seen.end)
        second = second_of_range(text, joint.end(), first=seen) if joint else None
        if second and _stands_alone(text, second, joint=joint.group() if joint else ""):
            unit = seen.unit or second.unit
            found.append((start, Seen(seen.western, seen.end, seen.era, unit)))
            found.append((joint.end() if joint else start, second))
            position = second.end
        elif _is_year_by_itself(text, seen, start=start):
            found.append((start, seen))
    return found


def second_of_range(text: str, position: int, *, first: Seen) -> Seen | None:
    """The later end of a range whose earlier end is `first`; it may leave out what both share."""
    second = year_at(text, position, era=first.era)
    if not second and first.era is None:
        short = re.compile(r"\d\d(?!\d)").match(text, position)
        if short:
            unit, end = _unit_at(text, short.end())
            second = Seen(first.western // 100 * 100 + int(short.group()), end, None, unit)
    return second if second and second.western >= first.western else None


def _stands_alone(text: str, second: Seen, *, joint: str) -> bool:
    """Whether the later end is surely a year: it has its unit, or nothing makes it a count."""
    if second.unit:
        return True
    following = text[second.end : second.end + 1]
    return (
        not following
        or following in " )]】〕〉>、。,・"
        or (joint.strip() == "~" and not following.isalnum())
    )


def _is_year_by_itself(text: str, seen: Seen, *, start: int) -> bool:
    if seen.unit:
        return True
    if seen.era is None:
        return False
    # T and S and M also name types, sizes and metres
    return text[start] not in "MTS" and not re.compile(r"[.,]?\d").match(text, seen.end)
