"""The pages beside the plan: data, sources, errata, how it is rated, search."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaikaku.writers.book import Book, file_name
from kaikaku.writers.dataset import EditionDataset, Scheme, Source, canonical_part, plain_number
from kaikaku.writers.dcat import Offer
from kaikaku.writers.jinja import environment
from kaikaku.writers.opendata_columns import CHANGES, FORMULAS, Table
from kaikaku.writers.sheets import Sheet, digest, kit
from kaikaku.writers.site import Download, PageInfo, Site
from kaikaku.writers.site_chapters import chapter_pages, page_of

COLUMN_KINDS = {
    "text": "文字",
    "code": "記号",
    "number": "数",
    "integer": "整数",
    "year": "年（西暦4桁）",
    "date": "日付（年-月-日）",
}
_HOME = (("概要", "index.html"),)


@dataclass(frozen=True, slots=True)
class OfferedTable:
    """A table of the open data with its files."""

    table: Table
    rows: int
    csv: Offer
    bom: Offer
    json: Offer | None


def extra_pages(site: Site) -> Iterator[Sheet]:
    """Sources, errata, the rating's rules, search, the chapters of other apps."""
    yield _sources(site)
    yield _errata(site)
    yield _about(site)
    info = PageInfo(
        "search.html", "さがす", "search", short="さがす", crumbs=_HOME, description="プランの中をさがします"
    )
    yield site.sheet(info, "search", dict)
    yield search_index(site.book)
    yield from chapter_pages(site)


def data_page(site: Site, tables: Sequence[OfferedTable], others: Sequence[Offer]) -> Sheet:
    """The open data page; it tells sizes, so it is made after the files it tells of."""
    info = PageInfo(
        "data/index.html",
        "データ",
        "data",
        short="データ",
        crumbs=_HOME,
        description="指標の数値のファイルと列の説明",
    )
    values = {
        "tables_offered": tables,
        "others": others,
        "kinds": COLUMN_KINDS,
        "changes": CHANGES,
        "size_words": size_words,
    }
    told = [*others, *(f for t in tables for f in (t.csv, t.bom, t.json) if f is not None)]
    key = (*(f"{f.path} {f.size}" for f in told), *(str(t.rows) for t in tables))
    return site.sheet(info, "data", lambda: values, *key)


def size_words(size: int) -> str:
    """A file's size as people read it: 24KB, 1.3MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,}KB"
    return f"{size / 1_000_000:.1f}MB"


def _sources(site: Site) -> Sheet:
    data = site.book.data
    cited = Counter(f.cite.source for one in data.indicators for f in one.figures if f.cite is not None)
    known = {one.id for one in data.sources}
    unlisted = tuple(dict.fromkeys(one for one in _cited(data) if one not in known))
    # a citation must lead somewhere even where nobody recorded the document it names
    listed = (*data.sources, *(Source(one, one, "", None, "記録がありません", None) for one in unlisted))
    info = PageInfo(
        "sources.html",
        "出典",
        "sources",
        short="出典",
        crumbs=_HOME,
        description="数値と文のもとになった資料",
        data=(
            Download("data/sources-excel.csv", "出典の一覧（CSV）", "text/csv"),
            Download("data/sources.json", "出典の一覧（JSON）", "application/json"),
        ),
    )
    sources = [{"one": one, "published": _day(one.published), "figures": cited[one.id]} for one in listed]
    key = (canonical_part(listed), str(sorted(cited.items())))
    return site.sheet(info, "sources", lambda: {"sources": sources}, *key)


def _cited(data: EditionDataset) -> Iterator[str]:
    """The ids of all documents that anything cites."""
    for indicator in data.indicators:
        yield from (cite.source for cite in (indicator.cite, *(f.cite for f in indicator.figures)) if cite)
    for section in data.sections:
        cites = (section.cite, *(i.cite for i in section.items), *(t.cite for t in section.tables))
        yield from (cite.source for cite in cites if cite)
    yield from (tally.cite.source for tally in data.tallies if tally.cite)


def _day(published: str | None) -> str:
    """A full date in the era; what is less than a date stays as it was given."""
    try:
        day = date.fromisoformat(published or "")
    except ValueError:
        return published or "記載なし"
    words: str = environment().filters["date_ja"](day)
    return words


def _errata(site: Site) -> Sheet:
    errata = site.book.data.errata
    info = PageInfo(
        "errata.html",
        "正誤表",
        "errata",
        short="正誤表",
        crumbs=_HOME,
        description="公表した後の訂正",
        data=(
            Download("data/errata-excel.csv", "正誤表（CSV）", "text/csv"),
            Download("data/errata.json", "正誤表（JSON）", "application/json"),
        ),
    )
    return site.sheet(info, "errata", lambda: {"errata": errata}, canonical_part(errata))


def _about(site: Site) -> Sheet:
    data = site.book.data
    used = Counter(
        formula for one in data.indicators for formula in {(r.formula, r.formula_label) for r in one.results}
    )
    formulas = [
        (label or FORMULAS.get(code, (code, ""))[0], FORMULAS.get(code, ("", "—"))[1], count)
        for (code, label), count in sorted(used.items(), key=lambda pair: (-pair[1], pair[0]))
        if code
    ]
    info = PageInfo(
        "about.html",
        "評価の方法",
        "about",
        short="評価の方法",
        crumbs=_HOME,
        description="評価の区分、計算の方法、端数の扱い",
        data=(
            Download("data/codes-excel.csv", "コード表（CSV）", "text/csv"),
            Download("data/codes.json", "コード表（JSON）", "application/json"),
        ),
    )
    values = {
        "scheme": data.scheme,
        "bands": _band_words(data.scheme),
        "formulas": formulas,
        "overall_rule": data.overall_rule,
    }
    rules = canonical_part(data.scheme), data.overall_rule
    return site.sheet(info, "about", lambda: values, *rules, str(formulas))


def _band_words(scheme: Scheme | None) -> list[tuple[Any, str]]:
    """Each band with its range in words: 「80%以上100%未満」."""
    words: list[tuple[Any, str]] = []
    above = ""
    for band in scheme.bands if scheme else ():
        if not band.measurable:
            words.append((band, "実績を測定できないもの"))
            continue
        low = (
            ""
            if band.lower is None
            else f"{plain_number(band.lower)}%{'以上' if band.inclusive else 'を超える'}"
        )
        words.append((band, f"{low}{above}" or "すべて"))
        if band.lower is not None:
            above = f"{plain_number(band.lower)}%{'未満' if band.inclusive else '以下'}"
    return words


def search_index(book: Book) -> Sheet:
    """What the search looks through: titles, names and lines, each with its page."""
    entries: list[tuple[str, str, str, str]] = []
    for section in book.data.sections:
        href = book.address(section.id)
        place = " ＞ ".join(one.title for one in book.path(section.parent))
        entries.append((section.level_name, f"{section.number or ''} {section.title}".strip(), href, place))
        entries += [("内容", item.text, href, section.title) for item in section.items]
    for number, chapter in enumerate(book.data.chapters, 1):
        href = page_of(number)
        entries.append(("章", chapter.title, href, ""))
        entries += [("表", table.caption, href, chapter.title) for table in chapter.tables]
    for one in book.data.indicators:
        from_here = book.sections.get(one.section)
        href = f"indicators/{file_name(one.id)}.html"
        entries.append(("指標", one.name, href, from_here.title if from_here else book.data.plan))
    # a line separator inside a script literal would end it in old browsers
    text = (
        json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", " ")
        .replace("\u2029", " ")
    )
    return Sheet("assets/search-index.js", digest(kit(), text), lambda: (f"window.KAIKAKU_INDEX={text};\n",))
