"""Lines that a page broke, put together again; lines that only look broken, left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kaikaku.core.outline import read_marker
from kaikaku.readers.numbered import read_number
from kaikaku.readers.pieces import SENTENCE_END, TILDE_CLASS, Piece, Text, read_bullet, read_note

_ALONE = re.compile(
    r"第[0-9０-９一二三四五六七八九十]{1,3}(?:章|節|部|編)?|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,4}|[①-⑳㋐-㋾⑴-⒇]"
    r"|[（(][0-9０-９ア-ン]{1,2}[)）]|[0-9０-９]{1,2}[.．)）]|[・•●○◯■□◆◇◎]|【[ⅠⅡⅢⅣⅤIVX0-9０-９]{1,4}】"
)
_BARE_NUMBER = re.compile(r"[0-9０-９]{1,2}")
_UNFINISHED = re.compile(
    r"[、，,・をにがはへとのやもで（「『【〔(-]$|(?<![直返戻])し$|(?:より|から|まで|など|及び|又は|並びに|して|つつ|ながら)$"
)
_TITLE_GOES_ON = re.compile(r"[、，,・をにがはへとのや（「『【〔(]$|(?:及び|又は|並びに)$")
_CONTINUES = re.compile(r"[をにがはへとのやもで」』）)】〕、。，．]|ます|した|する|された|れる|等|など")
_LABEL = re.compile(r"[【《〈＜<\[［「]|[（(][^（()）]*[)）]$|→|⇒|注|[0-9０-９]{4}[年./]|(?:令和|平成|昭和)")
_OPEN, _CLOSE = "（「『【〔(", "）」』】〕)"
_LONGEST_TITLE = 120
_LONG_LINE = 18  # characters; a shorter line may end where it does on purpose
_FULL = 0.8  # of the margin; proportional kana are narrower than reckoned here
_BODY = 10.5  # points that one unit of indent stands for


def join_broken(pieces: Sequence[Piece], *, paged: bool) -> list[Piece]:
    """The pieces with broken lines joined; `paged` where every line is a line of the page (PDF).

    A marker alone takes the line after it; an open ～ takes lines up to the closing one; a sentence goes on
    where its line stops at a particle, inside a bracket or, on a paged format, at the right margin.
    """
    margin = _margin(pieces) if paged else None
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if isinstance(piece, Text) and isinstance(before, Text) and _goes_on(before, piece, margin=margin):
            joined[-1] = _together(before, piece)
        else:
            joined.append(piece)
    return joined


def _together(before: Text, piece: Text) -> Text:
    alone = _marker_alone(before, piece)
    latin = before.text[-1].isascii() and piece.text[:1].isascii() and before.text[-1].isalnum()
    blank = " " if alone or latin or piece.text[:1] in "～〜~∼" else ""
    return replace(
        before,
        text=f"{before.text}{blank}{piece.text}",
        last=piece.end,
        width=piece.width or _width(piece),
        bold=piece.bold if alone else before.bold and piece.bold,
        size=piece.size if alone else before.size,
        heading=before.heading or (piece.heading if alone else None),
    )


def _goes_on(before: Text, piece: Text, *, margin: float | None) -> bool:
    if _marker_alone(before, piece):
        return True
    if piece.heading != before.heading or _starts_block(piece):
        return False
    if _open_tilde(before.text):
        return not piece.gap or _ends_tilde(piece.text)
    if SENTENCE_END.search(before.text) or (piece.gap and not piece.top):
        return False
    if piece.top and (margin is None or not _same_look(before, piece)):
        return False
    return _runs_over(before, piece, margin=margin)


def _runs_over(before: Text, piece: Text, *, margin: float | None) -> bool:
    if piece.text[:1] in "～〜~∼":
        return False
    if _unclosed(before.text):
        return len(before.text) < 400
    if (
        margin is not None
        and _same_look(before, piece)
        and (before.width or _width(before)) >= margin * _FULL
    ):
        return True
    if (
        read_marker(before.text) is not None
        and not before.bullet
        and read_bullet(before) is None
        and margin is None
    ):
        return _TITLE_GOES_ON.search(before.text) is not None
    if _UNFINISHED.search(before.text) and before.heading is None:
        return True
    if (
        len(before.text) >= _LONG_LINE
        and re.match(r"[ぁ-ん]", piece.text)
        and re.search(r"[\w]$", before.text)
    ):
        return True
    return margin is not None and _CONTINUES.match(piece.text) is not None


def _same_look(before: Text, piece: Text) -> bool:
    if before.size and piece.size and abs(before.size - piece.size) > 0.3:
        return False
    return before.bold == piece.bold


def _marker_alone(before: Text, piece: Text) -> bool:
    if _ALONE.fullmatch(before.text):
        return not piece.top and not _ALONE.fullmatch(piece.text) and read_number(piece.text) is None
    bare = _BARE_NUMBER.fullmatch(before.text) is not None
    return bare and not piece.gap and not _starts_block(piece) and not piece.text[:1].isdigit()


def _starts_block(piece: Text) -> bool:
    if (
        piece.bullet
        or piece.heading
        or read_note(piece.text)
        or read_bullet(piece)
        or _LABEL.match(piece.text)
    ):
        return True
    return read_number(piece.text) is not None or piece.text[:1] in "～〜~∼"


def _open_tilde(text: str) -> bool:
    """Whether a subtitle between wave dashes was begun and not ended: 「～ 県庁大改革！」."""
    return (
        re.match(rf"{TILDE_CLASS}\s*\S", text) is not None
        and not _ends_tilde(text)
        and len(text) <= _LONGEST_TITLE
    )


def _ends_tilde(text: str) -> bool:
    return re.search(rf"\S\s*{TILDE_CLASS}$", text) is not None


def _unclosed(text: str) -> bool:
    depth = 0
    for character in text:
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(depth - 1, 0)
    return depth > 0


def _width(piece: Text) -> float:
    """How far a line reaches from the left margin, in points: a full-width character is one em, a
    half-width half.
    """
    size = piece.size or 10.5
    ems = sum(
        0.5 if character.isascii() or "\uff61" <= character <= "\uff9f" else 1.0 for character in piece.text
    )
    return ems * size + piece.indent * _BODY


def _margin(pieces: Sequence[Piece]) -> float | None:
    """Where full lines end: as far as the longest twentieth of the lines reach."""
    reach = sorted(_width(piece) for piece in pieces if isinstance(piece, Text))
    return reach[int((len(reach) - 1) * 0.95)] if reach else None
