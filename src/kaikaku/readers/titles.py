"""The front of a document: title, subtitle, the body that publishes it, its date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaikaku.core.eras import PartialDate, find_dates, parse_partial_date
from kaikaku.core.outline import read_marker
from kaikaku.core.text import fold
from kaikaku.readers.bodies import body_alone
from kaikaku.readers.headings import numbered_heading, part_label, split_title, subtitle_line
from kaikaku.readers.periods import names_period, ranges_in
from kaikaku.readers.pieces import SENTENCE_END, Grid, Piece, Text, Tidied, read_bullet, read_note
from kaikaku.readers.vocabulary import MEETING, PLAN_WORD_END, REPORT_LINE, TITLE_WORDS

_FRONT_LENGTH = 40
_LONGEST_TITLE = 120
_DEPARTMENT = re.compile(
    r"\S{0,40}(?:課|室|部|局|係|班|グループ|センター|本部|事務局|チーム|知事|市長|町長|村長|区長)$"
)
_CHANGED_ON = re.compile(
    r"(?:最終)?(?:更新|公表|掲載|公開|登録|作成|発行|策定|改訂|改定)(?:年月)?日?\s*[:：]?\s*"
)
_FURNITURE = re.compile(
    r"(?:資料|別紙|参考|様式|別添)\s*[0-9０-９①-⑳\-－]*$|^[（(〔【]?(?:概要版?|案|素案|確定版|最終版|修正版|抜粋)[)）〕】]?$"
)
_CRUMBS = re.compile(
    r"ホーム|トップページ|現在の?(?:位置|ページ)|本文へ|ページ番号|印刷|[>＞].*[>＞]|メニュー|サイト|検索"
)


@dataclass(frozen=True, slots=True)
class Front:
    """What the first lines say. `used` are the positions of pieces that are no part of the body."""

    title: str | None = None
    subtitle: str | None = None
    line: int | None = None
    published: PartialDate | None = None
    used: frozenset[int] = frozenset()
    lines: tuple[Text, ...] = ()
    sure: bool = True


def read_front(tidied: Tidied) -> Front:
    """Find the title and the lines around it.

    The title is the first line that speaks as a title does (プラン, 取組状況について …) and is no meeting's
    name;
    lines broken out of it, and a report's second line, are joined to it.
    """
    zone = _zone(tidied)
    best = _best(zone, tidied)
    if best is None:
        return Front(published=_updated(tidied.pieces))
    start, end = _extent(zone, best, tidied)
    texts = [zone[position] for position in range(start, end)]
    title = _joined([text.text for text in texts])
    split = split_title(title)
    used, lines, subtitle = _around(zone, start, end)
    published = _published(lines) or _updated(tidied.pieces)
    return Front(
        title=split.text,
        subtitle=split.subtitle or subtitle,
        line=texts[0].line,
        published=published,
        used=frozenset(used),
        lines=tuple(lines),
        sure=_score(zone, best, tidied) > 0,
    )


def _zone(tidied: Tidied) -> list[Text]:
    """The first lines, up to a table, a long sentence or the first numbered heading."""
    zone: list[Text] = []
    for piece in tidied.pieces[:_FRONT_LENGTH]:
        if isinstance(piece, Grid):
            break
        sentence = len(piece.text) > 60 and "。" in piece.text and not read_note(piece.text)
        headed = numbered_heading(piece) is not None and not _title_with_number(piece)
        if sentence or (headed and zone):
            break
        zone.append(piece)
    return zone


def _title_with_number(piece: Text) -> bool:
    """「第1次行政改革大綱」 counts editions; read_marker knows, but a heading of level 1 may be numbered
    too.
    """
    return piece.heading == 1 and PLAN_WORD_END.search(piece.text) is not None


def _best(zone: Sequence[Text], tidied: Tidied) -> int | None:
    scores = [
        (_score(zone, position, tidied), -position)
        for position in range(len(zone))
        if _candidate(zone[position])
    ]
    if not scores:
        return None
    score, position = max(scores)
    return -position if score > -3 else None


def _candidate(piece: Text) -> bool:
    text = piece.text
    if not 4 <= len(text) <= _LONGEST_TITLE or read_note(text) or subtitle_line(text) or "。" in text:
        return False
    if _CRUMBS.search(text) or body_alone(text) or _dated(text) or (read_bullet(piece) and not piece.heading):
        return False
    return numbered_heading(piece) is None or piece.heading == 1


def _score(zone: Sequence[Text], position: int, tidied: Tidied) -> float:
    piece = zone[position]
    score = 0.0
    if TITLE_WORDS.search(piece.text):
        score += 3
    if PLAN_WORD_END.search(piece.text) or REPORT_LINE.search(piece.text):
        score += 1.5
    if MEETING.search(piece.text) and not re.search(r"について|状況|結果|報告|概要|議事", piece.text):
        score -= 5
    if part_label(piece.text, piece.line):
        score -= 3
    if piece.heading == 1:
        score += 3
    sizes = [text.size for text in zone if text.size]
    if (
        piece.size
        and tidied.body_size
        and piece.size > tidied.body_size * 1.1
        and piece.size >= max(sizes) - 0.3
    ):
        score += 3
    return score - 0.5 * position


def _extent(zone: Sequence[Text], best: int, tidied: Tidied) -> tuple[int, int]:
    """The run of lines that make up the title around its best line."""
    start, end = best, best + 1
    while (
        start > 0
        and _goes_with(zone[start - 1], zone[start], tidied)
        and not MEETING.search(zone[start - 1].text)
    ):
        start -= 1
    while end < len(zone) and end - start < 4 and _goes_with(zone[end - 1], zone[end], tidied):
        end += 1
    following = zone[end] if end < len(zone) else None
    if (
        following is not None
        and end - start < 3
        and _second_line(zone[end - 1], following, zone[end + 1 : end + 2])
    ):
        end += 1
    return start, end


def _goes_with(upper: Text, lower: Text, tidied: Tidied) -> bool:
    """Whether two neighbouring lines of the front are one title broken in two."""
    for piece in (upper, lower):
        if not _candidate_part(piece) or part_label(piece.text, piece.line):
            return False
    if upper.size and lower.size:
        large = tidied.body_size is not None and min(upper.size, lower.size) > tidied.body_size * 1.1
        return (
            large
            and abs(upper.size - lower.size) < 0.6
            and upper.page == lower.page
            and upper.heading == lower.heading
        )
    return not lower.gap and upper.heading == lower.heading and not _DEPARTMENT.fullmatch(lower.text)


def _candidate_part(piece: Text) -> bool:
    return _candidate(piece) or (len(piece.text) < 4 and re.search(r"\w", piece.text) is not None)


def _second_line(title: Text, piece: Text, following: Sequence[Text]) -> bool:
    """A report names its plan on one line and itself on the next: 「○○大綱」「令和4年度 進捗状況報告書」."""
    if not _candidate(piece) or not REPORT_LINE.search(piece.text) or REPORT_LINE.search(title.text):
        return False
    if part_label(piece.text, piece.line) and not (following and _dated(following[0].text)):
        return False
    return re.search(r"年度|状況|報告|結果|概要版", piece.text) is not None and not SENTENCE_END.search(
        piece.text
    )


def _joined(texts: Sequence[str]) -> str:
    title = texts[0]
    for text in texts[1:]:
        whole = (
            TITLE_WORDS.search(title[-6:]) is not None or title[-1:] in ")）」】" or text[:1] in "(（～〜~"
        )
        title += (" " if whole else "") + text
    return title


def _around(zone: Sequence[Text], start: int, end: int) -> tuple[set[int], list[Text], str | None]:
    """(positions used up, the lines beside the title, subtitle)."""
    used = set(range(end))
    lines = [zone[position] for position in range(start) if not read_note(zone[position].text)]
    used -= {position for position in range(start) if read_note(zone[position].text)}
    subtitle: str | None = None
    for position in range(end, len(zone)):
        piece = zone[position]
        words = subtitle_line(piece.text)
        tagline = position == end and PLAN_WORD_END.search(piece.text) and piece.gap and len(piece.text) >= 12
        tagline = tagline and not part_label(piece.text, piece.line) and not read_marker(piece.text)
        if words is None and not tagline and not _front_line(piece):
            break
        if subtitle is None and (words is not None or tagline):
            subtitle = words or piece.text
        else:
            lines.append(piece)
        used.add(position)
    return used, lines, subtitle


def _front_line(piece: Text) -> bool:
    """A date, a body, a department, a meeting or a page's furniture."""
    text = piece.text
    if names_period(text) and ranges_in(text):
        return True
    if _dated(text) or body_alone(text) or _FURNITURE.search(text) or _CRUMBS.search(text):
        return True
    if (
        MEETING.search(text)
        and len(text) <= 40
        and not SENTENCE_END.search(text)
        and read_marker(text) is None
    ):
        return True
    return _DEPARTMENT.fullmatch(text.replace(" ", "").replace("　", "")) is not None and len(text) <= 40


def _dated(text: str) -> bool:
    """Whether a line says a date and little else."""
    plain = _CHANGED_ON.sub("", text)
    dates = find_dates(plain)
    if parse_partial_date(plain.strip("（）()")) is not None:
        return True
    return bool(dates) and len(fold(plain)) - sum(found.end - found.start for found in dates) <= 4


def _published(lines: Sequence[Text]) -> PartialDate | None:
    for piece in lines:
        whole = parse_partial_date(_CHANGED_ON.sub("", piece.text).strip("（）()　 "))
        if whole is not None and whole.month is not None:
            return whole
        for found in find_dates(piece.text):
            if isinstance(found.value, PartialDate):
                return found.value
    return None


def _updated(pieces: Sequence[Piece]) -> PartialDate | None:
    """The date of a web page: 更新日：2024年3月1日."""
    for piece in pieces[:_FRONT_LENGTH]:
        if isinstance(piece, Text) and _CHANGED_ON.match(piece.text):
            return next((found.value for found in find_dates(piece.text)), None)
    return None
