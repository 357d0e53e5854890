"""Which characters a run of bytes stands for: the encodings Japanese governments have used."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kaikaku.readers.errors import Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\([DOPQ]|\([BJI])")
_TWO_BYTES = re.compile(rb"\x1b\$[@B]")
_ALIASES = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms932": "cp932",
    "euc-jp": "euc_jis_2004",
    "x-euc-jp": "euc_jis_2004",
}
_JUNK = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BROKEN = re.compile("\N{REPLACEMENT CHARACTER}+")
_TOLERATED = 1000  # one broken place in so many characters is a torn byte, more is another encoding


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding it was read in, and how many places of it were broken (shown as U+FFFD)."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The text of `data`: by its byte-order mark, by what it declares, by what it can only be.

    UTF-8 and UTF-16 (with mark), ISO-2022-JP, Shift_JIS (Microsoft's cp932, with ① ㈱ 髙) and EUC-JP are told
    apart; a text with one broken byte in a thousand is read with that character shown as "�". Raises
    Unreadable for bytes that are no text in any of them.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _checked(_lenient(data[len(bom) :], encoding), name)
    candidates = _by_declaration(data, declared) or _by_content(data)
    if candidates is None:
        raise _unknown(name)
    return _checked(candidates, name)


def _by_declaration(data: bytes, declared: str | None) -> Decoded | None:
    """What the file says of itself, if it is true to every byte and the bytes are not plainly UTF-8."""
    if not declared:
        return None
    plain = _strict(data, "utf-8")
    if plain and sum(character > "\x7f" for character in plain.text) >= 3:
        return plain
    encoding = _ALIASES.get(declared.strip().lower(), declared.strip().lower())
    try:
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _by_content(data: bytes) -> Decoded | None:
    if _TWO_BYTES.search(data) and max(data) < 0x80:
        text = _iso_2022_jp(data)
        if text is not None:
            return Decoded(text, "iso-2022-jp")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    readings = [reading for reading in (_strict(data, "cp932"), _euc_jp(data)) if reading]
    if readings:
        return max(readings, key=lambda reading: _likeness(reading.text))
    torn = [
        reading for reading in (_lenient(data, "utf-8"), _lenient(data, "cp932")) if _mostly_whole(reading)
    ]
    return max(torn, key=lambda reading: _likeness(reading.text)) if torn else None


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _euc_jp(data: bytes) -> Decoded | None:
    """EUC-JP; the 2004 table has the ① and ㈱ that Windows and Macintosh added to the first."""
    return _strict(data, "euc_jp") or _strict(data, "euc_jis_2004")


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, broken=len(_BROKEN.findall(text)))


def _mostly_whole(reading: Decoded) -> bool:
    japanese = sum(character > "\x7f" for character in reading.text) - reading.broken
    return 0 < reading.broken <= max(1, len(reading.text) // _TOLERATED) and japanese >= 8 * reading.broken


def _iso_2022_jp(data: bytes) -> str | None:
    """ISO-2022-JP with half-width kana and the NEC row (①), which Python's own codec refuses.

    A two-byte run is EUC-JP with the high bits off, so it is read as that.
    """
    pieces: list[str] = []
    mode, start = b"(B", 0
    for match in [*_ESCAPE.finditer(data), None]:
        run = data[start : match.start() if match else len(data)]
        try:
            pieces.append(_run(run, mode))
        except UnicodeDecodeError:
            return None
        if match:
            mode, start = match.group(1), match.end()
    return "".join(pieces)


def _run(run: bytes, mode: bytes) -> str:
    if mode in (b"(B", b"(J"):
        return run.decode("ascii")
    if mode == b"(I":
        return bytes(byte | 0x80 for byte in run).decode("cp932")
    if mode == b"$(D":
        high = [byte | 0x80 for byte in run]
        pairs = zip(high[::2], high[1::2], strict=False)
        return bytes(byte for pair in pairs for byte in (0x8F, *pair)).decode("euc_jp")
    return bytes(byte | 0x80 if byte > 0x20 else byte for byte in run).decode("euc_jis_2004")


def _likeness(text: str) -> float:
    """How much a text looks like Japanese: kana and plain kanji speak for it, half-width kana against."""
    sample = text[:20_000]
    points = 0.0
    for character in sample:
        if "ぁ" <= character <= "ん" or "ァ" <= character <= "ー":
            points += 2
        elif "一" <= character <= "鿿" or character in "、。「」（）・０１２３４５６７８９":
            points += 1
        elif "｡" <= character <= "ﾟ":
            points -= 1
        elif character > "\x7f" and not ("　" <= character <= "㏿" or "！" <= character <= "￥"):
            points -= 0.5
    return points / (len(sample) or 1)


def _checked(decoded: Decoded, name: str) -> Decoded:
    """Refuse what decodes but is no text: a picture or a program holds control characters everywhere."""
    junk = len(_JUNK.findall(decoded.text))
    if junk > max(2, len(decoded.text) // 200) or (decoded.broken and not _mostly_whole(decoded)):
        raise _unknown(name)
    if junk:
        return Decoded(_JUNK.sub("", decoded.text), decoded.encoding, decoded.broken)
    return decoded


def _unknown(name: str) -> Unreadable:
    return Unreadable(
        "unknown_encoding",
        f"「{name}」の文字コードを判別できません（UTF-8、UTF-16、Shift_JIS、EUC-JP、ISO-2022-JPのどれでもありません）。"
        "元のソフトで開き、文字コードをUTF-8にして保存し直してから、もう一度指定してください。",
        name=name,
    )
