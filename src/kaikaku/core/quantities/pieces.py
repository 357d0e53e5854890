"""One number with its unit and the words around it, read from the first character to the last."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kaikaku.core.numerals import BIG, NUMBER, SMALL, parse_unsigned, read_sign, shifted
from kaikaku.core.quantities import words
from kaikaku.core.quantities.units import spellings_at, split_unit

_NUMBER = re.compile(NUMBER)
_SCALE = re.compile(f"[{''.join(BIG)}{''.join(SMALL)}]")
_KANJI_NUMBER = re.compile(r"[一二三四五六七八九〇十百千万億]+")
# 十分 is 「enough」, 一部 「in part」
_NO_NUMBERS = {"十分", "一部", "一定", "一層", "一般", "一体", "一本", "一つ", "千葉", "万全"}
_NAMED_UNIT = re.compile(r"[^\W\d_ぁ-ん]{1,8}(?:/[^\W\d_ぁ-ん]{1,6})?")
# a named unit does not begin with one of these: 「12回開催」 is 回, 「40人規模」 is nothing we know
_PER = re.compile(r"\s*/\s*([^\W\d_ぁ-ん]{1,6})")
_ENDINGS_OF_NAMES = {"台", "弱", "強", "余り"}
# 「年10件」「月2回」
_PER_PERIOD = re.compile(r"[年月](?=\s?約?\s?\d)")
_COUNTERS = ("人", "件", "回", "円", "%", "年", "月", "日", "時", "分", "度", "番")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one number says; `coefficient` is the number before its scale word (5 in 5万), for ranges."""

    value: Decimal
    unit: str | None
    sign: int = 0
    scaled: bool = False
    coefficient: Decimal | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    change: bool = False
    status: str | None = None
    note: str | None = None


def read_piece(text: str) -> Piece | None:
    """The piece that the whole narrowed text is, or None."""
    if period := _PER_PERIOD.match(text):
        text = ("年間" if period.group() == "年" else "毎月") + text[1:]
    before, position = _words_before(text)
    sign, length = read_sign(text[position:])
    position += length
    more, step = _words_before(text[position:])
    before, position = before + more, position + step
    number, end = _number_at(text, position)
    if number is None:
        return None
    printed = text[position:end]
    scale = _SCALE.search(printed)
    piece = Piece(
        value=number.copy_negate() if sign < 0 and number else number,
        unit=None,
        sign=sign,
        scaled=scale is not None,
        coefficient=parse_unsigned(printed[: scale.start()]) if scale else number,
        before=tuple(before),
        change=sign > 0,
    )
    return _with_rest(piece, text[end:].strip())


def _words_before(text: str) -> tuple[list[str], int]:
    found: list[str] = []
    position = 0
    while True:
        position += len(text[position:]) - len(text[position:].lstrip(" :"))
        if text[position : position + 1].isdigit():
            return found, position
        sign = next((s for s in words.SIGNS if text.startswith(s, position)), None)
        word = next(((w, m) for w, p in words.BEFORE_PATTERNS if (m := p.match(text, position))), None)
        if sign:
            found.append(words.SIGNS[sign])
            position += len(sign)
        elif word:
            found.append(word[0])
            position = word[1].end()
        else:
            return found, position


def _number_at(text: str, position: int) -> tuple[Decimal | None, int]:
    if text.startswith("ゼロ", position):
        return Decimal(0), position + 2
    match = _NUMBER.match(text, position)
    if match:
        end = match.end()
        # 「5割5分」 and 56・3%: the recogniser stops at the middle dot
        fraction = re.compile(r"[・･]\d+(?!\d)").match(text, end) if "." not in match.group() else None
        if fraction and not _SCALE.search(match.group()):
            end = fraction.end()
            scale = re.compile(r"\s*[兆億万千百]+").match(text, end)
            end = scale.end() if scale else end
        return parse_unsigned(text[position:end]), end
    kanji = _KANJI_NUMBER.match(text, position)
    if kanji and not any(text.startswith(word, position) for word in _NO_NUMBERS):
        known = spellings_at(text, kanji.end())
        return (parse_unsigned(kanji.group()), kanji.end()) if known else (None, position)
    return None, position


def _with_rest(piece: Piece, rest: str) -> Piece | None:
    """The piece completed by a unit and the words after it, all of `rest` used up."""
    for spelling in spellings_at(rest):
        if done := _with_known_unit(piece, spelling, rest=rest[len(spelling) :]):
            return done
    return _with_words(piece, rest) or _with_named_unit(piece, rest)


def _with_known_unit(piece: Piece, spelling: str, *, rest: str) -> Piece | None:
    power, unit = split_unit(spelling)
    if unit is None:
        return None
    piece = _scaled(piece, power)
    per = _PER.match(rest)
    # the shortest name after the slash: 「5回/年以上」 is per 年
    for length in range(1, len(per[1]) + 1) if per else ():
        rate = replace(piece, unit=f"{unit}/{per[1][:length]}") if per else piece
        if done := _with_words(rate, rest[per.start(1) + length :] if per else ""):
            return done
    return _with_words(replace(piece, unit=unit), rest)


def _with_named_unit(piece: Piece, rest: str) -> Piece | None:
    """A unit that no list has (24市町): the shortest name that leaves only words we know after it."""
    for length in range(1, min(len(rest), 15) + 1):
        name = rest[:length]
        if not _NAMED_UNIT.fullmatch(name) or name.startswith(_COUNTERS):
            continue
        power, unit = split_unit(name)
        done = _with_words(_scaled(replace(piece, unit=unit), power), rest[length:]) if unit else None
        # 検査台 is a thing, not 「検査」 in round figures
        if done and not set(done.after) & _ENDINGS_OF_NAMES:
            return done
    return None


def _negative(value: Decimal) -> Decimal:
    return value.copy_abs().copy_negate() if value else value


def _scaled(piece: Piece, power: int) -> Piece:
    return replace(piece, value=shifted(piece.value, power), scaled=True) if power else piece


def _with_words(piece: Piece, rest: str) -> Piece | None:
    after: list[str] = []
    while rest := rest.strip():
        step = _word_after(rest)
        if step is None:
            return None
        kind, word, length = step
        rest = rest[length:]
        if kind == "after":
            after.append(word)
        elif kind == "status":
            piece = replace(piece, status=word)
        elif kind == "note":
            piece = replace(piece, note=word)
        elif kind == "change":
            falls = word in words.FALL
            # 「+3%減」 contradicts itself; 「▲1,896人の減少」 says the same twice
            if piece.change or (piece.sign < 0 and not falls):
                return None
            after.append(word)
            piece = replace(piece, value=_negative(piece.value) if falls else piece.value, change=True)
    return replace(piece, after=tuple(after))


def _word_after(rest: str) -> tuple[str, str, int] | None:
    for kind, patterns in (
        ("change", words.CHANGE_PATTERNS),
        ("after", words.AFTER_PATTERNS),
        ("status", words.STATUS_PATTERNS),
    ):
        for word, pattern in patterns:
            if match := pattern.match(rest):
                return kind, word, match.end()
    if match := words.PURPOSE.match(rest):
        return "purpose", match.group(), match.end()
    for pattern in (words.DONE, words.VERDICT):
        if match := pattern.fullmatch(rest):
            return "note", match.group(), match.end()
    # 「5億円の経費を節減」: the name stands between the value and the word of change
    if match := re.match(r"の([^\d。、]{1,20}?)を?(?=(?:" + "|".join(words.FALL | words.RISE) + ")$)", rest):
        return "note", match[1], match.end()
    return None
