"""Which lines head a section, and what number, title, subtitle and footnote marks such a line carries."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from kaikaku.core.eras import find_dates, find_years
from kaikaku.core.outline import split_run_on
from kaikaku.core.quantities import find_quantities
from kaikaku.core.text import fold
from kaikaku.readers.numbered import read_number
from kaikaku.readers.pieces import SENTENCE_END, TILDE_CLASS, Text, read_bullet, read_note
from kaikaku.readers.vocabulary import is_label, kind_of

LONGEST_TITLE = 120
LONGEST_PLAIN_TITLE = 48
_TRAILING_BRACKET = re.compile(r"\s*【([^【】]+)】$")
_INLINE_SUBTITLE = re.compile(rf"(?P<title>.*?\S)\s*{TILDE_CLASS}\s*(?P<sub>[^～〜~∼]+?)\s*{TILDE_CLASS}")
_SUBTITLE_LINE = re.compile(rf"{TILDE_CLASS}\s*(?P<sub>\S.*?)\s*{TILDE_CLASS}")
_MARK = re.compile(
    r"[（(]?(?:※\s?[0-9０-９]{1,2}|(?:注|註)\s?[0-9０-９]{1,2})[)）]?|(?<=\S)[＊*]{1,2}[0-9]{0,2}$|(?<=\S)※$"
)
_LABEL = re.compile(r"(?P<open>[【《〈＜<\[［])(?P<label>[^【】《》〈〉＜＞<>\[\]［］]{1,40})[】》〉＞>\]］]")
_UNTITLED_END = re.compile(
    r"(?:[をにがはへとのやもで、，,：:;；]|ます|です|した|する|ない|られる|ている|である|ください|など|より|から|まで|して|し|され|なり|おり|ため|こと|ものと?)$"
)
_YEARS_ONLY = re.compile(r"[\d０-９年度月日元令和平成昭RHS～〜~\-－―（）()\s]")
# 「条例等を整備」 reports what was done; 「人材を生かす体制の整備」 is a title.
_SENTENCE_LIKE = re.compile(
    r"を[^をのるたう]{0,6}(?:実施|整備|導入|設置|推進|開催|創設|拡大|作成|策定|公表|配置|活用|検討|締結|構築|改正|確保|支援)(?:\s?[（(].*)?$"
)
_TITLE_START = re.compile(
    r"[（(→⇒※＊*・,、。）)」』】\]%％]|http|TEL|電話|FAX|E-?mail|更新日|ページ番号|注|出典|資料|担当|問い?合わせ",
    re.IGNORECASE,
)
_HEADING_GLYPHS = {"■", "◆", "●", "○", "◎", "□", "◇", "▼", "◯", "★"}
_NO_SECTION = re.compile(r"(?:図表|図|表)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that heads a section. `style` is its numbering style, or "label", "bold" or "plain" without
    one.
    """

    title: str
    line: int
    style: str
    number: str | None = None
    order: int | None = None
    subtitle: str | None = None
    marks: tuple[str, ...] = ()
    level: int | None = None
    size: float | None = None
    top: bool = False
    apart: bool = True

    @property
    def numbered(self) -> bool:
        return self.style not in ("plain", "label")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading's words taken apart."""

    text: str
    subtitle: str | None = None
    marks: tuple[str, ...] = field(default=())


def split_title(text: str) -> Title:
    """The title without footnote marks, without its subtitle between wave dashes, without a date in 【】.

    >>> split_title("行政DXの推進 ～ Society5.0 の時代に ～")
    Title(text='行政DXの推進', subtitle='Society5.0 の時代に', marks=())
    >>> split_title("サーベイ※2の全庁展開"), split_title("募集の実施 【令和5年9月15日～10月27日】").text
    (Title(text='サーベイの全庁展開', subtitle=None, marks=('※2',)), '募集の実施')
    """
    marks = tuple(re.sub(r"\s+", "", unicodedata.normalize("NFKC", mark)) for mark in _MARK.findall(text))
    text = _MARK.sub("", text).strip()
    subtitle = None
    dated = _TRAILING_BRACKET.search(text)
    if dated and find_dates(dated.group(1)) and dated.start() > 0:
        text, subtitle = text[: dated.start()].strip(), dated.group(1).strip()
    inline = _INLINE_SUBTITLE.fullmatch(text)
    if inline and not find_years(inline["sub"]) and len(inline["title"]) >= 3:
        text, subtitle = inline["title"], inline["sub"]
    return Title(text, subtitle, marks)


def subtitle_line(text: str) -> str | None:
    """The words of a line that is nothing but a subtitle between wave dashes."""
    match = _SUBTITLE_LINE.fullmatch(text)
    return match["sub"] if match and not re.search(TILDE_CLASS, match["sub"][-1:]) else None


def numbered_heading(piece: Text) -> Heading | None:
    """The heading a line is by its number, or None where it is a sentence, a list or a figure."""
    marker = read_number(piece.text)
    if marker is None:
        return None
    words = marker.rest.strip()
    if not words or len(words) > LONGEST_TITLE or _NO_SECTION.match(marker.style) or split_run_on(piece.text):
        return None
    if (
        SENTENCE_END.search(words)
        or "。" in words
        or (not piece.heading and not piece.bold and _reads_on(words))
    ):
        return None
    title = split_title(words)
    if not re.search(r"[^\W\d_]", title.text):
        return None
    return Heading(
        title=title.text,
        line=piece.line,
        style=marker.style,
        number=marker.number,
        order=marker.ordinal,
        subtitle=title.subtitle,
        marks=title.marks,
        level=piece.heading,
        size=piece.size,
        top=piece.top,
        apart=piece.gap or piece.bold or piece.heading is not None,
    )


def _reads_on(words: str) -> bool:
    """A numbered line that stops at a particle or a verb in mid-sentence is no title."""
    return re.search(r"(?:[をにがはへ、，,]|ます|しました|である)$", words) is not None or _figure_only(words)


def _figure_only(words: str) -> bool:
    return re.fullmatch(r"[\d,.\s]+\S{0,3}", unicodedata.normalize("NFKC", words)) is not None


def label_heading(piece: Text) -> Heading | None:
    """A label that is the whole line: in brackets (【主な取組例】), or a word that heads (取組内容)."""
    text = piece.text
    bullet = read_bullet(piece)
    words = (bullet.text if bullet and bullet.glyph in _HEADING_GLYPHS else text).strip("：: ")
    if is_label(words):
        return Heading(words, piece.line, "label", level=piece.heading, size=piece.size, top=piece.top)
    if bullet and bullet.glyph == "-":
        text = bullet.text
    match = _LABEL.fullmatch(text)
    if match is None or "。" in match["label"]:
        return None
    return Heading(
        title=text if bullet else match["label"].strip(),
        line=piece.line,
        style="label",
        level=piece.heading,
        size=piece.size,
        top=piece.top,
    )


def looks_like_title(text: str) -> bool:
    """Whether a line without number could head a section: short, no sentence, no figure, no address.

    >>> [looks_like_title(t) for t in ("目指す姿", "着手件数 51件", "職場内の対話が活発化し", "1年")]
    [True, False, False, False]
    >>> looks_like_title("募集期間：2023.9.15～10.27"), looks_like_title("条例等を整備")
    (False, False)
    """
    if not 2 <= len(text) <= LONGEST_PLAIN_TITLE or "。" in text or SENTENCE_END.search(text):
        return False
    if _UNTITLED_END.search(text) or _TITLE_START.match(text) or read_note(text):
        return False
    if len(_YEARS_ONLY.sub("", text)) < 2:
        return False
    if _SENTENCE_LIKE.search(text) or re.match(r"[【〈《＜<\[］][^】〉》＞>\]]+[】〉》＞>\]]\s*\S", text):
        return False
    if re.search(r"[：:]\s*\S|\t|・・|……|→|＝|=|http", text) or not re.search(
        r"[一-龥ァ-ヴーa-zA-Z]{2}", text
    ):
        return False
    found = find_quantities(text)
    if found and found[-1].end >= len(text.rstrip(" )）」")) - 1 and not find_years(text):
        return False
    dates = find_dates(text)
    return not (dates and dates[0].end - dates[0].start > len(text) - 6)


def plain_heading(piece: Text) -> Heading | None:
    """A heading without any number, as its look or its place between blank lines suggests; the caller
    decides.
    """
    if read_bullet(piece) or not (piece.heading or looks_like_title(piece.text)):
        return None
    if len(piece.text) > LONGEST_TITLE:
        return None
    title = split_title(piece.text)
    if not title.text:
        return None
    return Heading(
        title=title.text,
        line=piece.line,
        style="plain",
        subtitle=title.subtitle,
        marks=title.marks,
        level=piece.heading,
        size=piece.size,
        top=piece.top,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A year and what is told of it: 令和4年度の主な取組実績 → 2022, achievement."""

    fiscal_year: int | None
    kind: str | None
    title: str
    line: int


_PART_REST = re.compile(
    r"の|主な|主要な?|における|に係る|に関する|取組|事業|計画期間|及び|と|・|等|について|[（()）【】\[\]<>＜＞○◎■◆●\s]|年度別|本年度|県|市|町|村|内容|概要"
)


def part_label(text: str, line: int) -> Part | None:
    """The part a heading opens when it says nothing but a year and what is told of it.

    >>> part_label("令和4年度の主な取組実績", 9)
    Part(fiscal_year=2022, kind='achievement', title='令和4年度の主な取組実績', line=9)
    >>> part_label("デジタル化の推進に関する計画", 1) is None
    True
    """
    years = find_years(text)
    kind = kind_of(text)
    if len(text) > 40 or kind is None or len({found.value.western for found in years}) != 1:
        return None
    rest = text
    for found in reversed(years):
        rest = rest[: found.start] + rest[found.end :]
    rest = _PART_REST.sub("", rest)
    if len(fold(rest)) > 6 or (kind_of(rest) is None and fold(rest)):
        return None
    return Part(years[0].value.western, kind, text, line)
