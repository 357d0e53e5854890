"""Print a publication: the site, its data and its papers, all from one frozen dataset, into one folder."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kaikaku.core.eras import show_date
from kaikaku.core.errors import RuleViolation
from kaikaku.writers import opendata, stratml
from kaikaku.writers.book import Book, file_name, open_book
from kaikaku.writers.consistency import check
from kaikaku.writers.dataset import EditionDataset, Indicator, canonical_part
from kaikaku.writers.dcat import Offer, catalog
from kaikaku.writers.folder import Folder, replacing
from kaikaku.writers.opendata_columns import TABLES, Table
from kaikaku.writers.sheets import Chunk, Sheet, digest, kit
from kaikaku.writers.site import Site, frame_of
from kaikaku.writers.site_assets import asset_sheets
from kaikaku.writers.site_extra import OfferedTable, data_page, extra_pages


@dataclass(frozen=True, slots=True)
class Output:
    """A file that an engine of its own prints. `write` is module:function(dataset-or-paper, path).

    `compose`, where there is one, first makes the paper from the dataset: module:function(dataset).
    """

    format: str
    path: str
    title: str
    words: str
    write: str
    compose: str = ""


_HEADQUARTERS = "kaikaku.writers.papers.headquarters:headquarters_paper"
_SUMMARY = "kaikaku.writers.papers.summary:summary_paper"
OUTPUTS = (
    Output(
        "pdf",
        "paper/summary.pdf",
        "概要版（PDF）",
        "県民向けの概要です。",
        "kaikaku.writers.pdf:write_pdf",
        _SUMMARY,
    ),
    Output(
        "docx",
        "paper/summary.docx",
        "概要版（Word）",
        "県民向けの概要です。",
        "kaikaku.writers.word:write_word",
        _SUMMARY,
    ),
    Output(
        "pdf",
        "paper/headquarters.pdf",
        "本部会議資料（PDF）",
        "推進本部に出す資料です。",
        "kaikaku.writers.pdf:write_pdf",
        _HEADQUARTERS,
    ),
    Output(
        "docx",
        "paper/headquarters.docx",
        "本部会議資料（Word）",
        "推進本部に出す資料です。",
        "kaikaku.writers.word:write_word",
        _HEADQUARTERS,
    ),
    Output(
        "xlsx",
        "data/publication.xlsx",
        "数値の一覧（Excel）",
        "表ごとに1枚のシートに分けたブックです。",
        "kaikaku.writers.excel:write_excel",
    ),
)
ALL = frozenset({"site", "data", *(output.format for output in OUTPUTS)})


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed: where, of which content, how many files, and which of them had to be drawn."""

    out: Path
    sha256: str
    files: int
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What one indicator gives to the files of many, and the digest that stands for its content."""

    parts: opendata.Parts
    xml: bytes
    digest: str


class Press:
    """Keeps what it made of each indicator of the last dataset, for one that differs in few.

    Indicators are frozen, so the very same object is the very same content. Hold a press only as long as it
    is used: it keeps the last dataset's indicators alive.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Indicator, Made]] = {}
        self._body = ""

    def make(self, book: Book) -> dict[str, Made]:
        """What the files need of every indicator, by its id."""
        body = f"{book.data.organisation_code} {book.data.organisation}"
        known = self._known if body == self._body else {}
        fresh: dict[int, tuple[Indicator, Made]] = {}
        for one in book.data.indicators:
            fresh[id(one)] = known.get(id(one)) or (one, self._one(book, one))
        self._known, self._body = fresh, body
        return {one.id: made for one, made in fresh.values()}

    @staticmethod
    def _one(book: Book, indicator: Indicator) -> Made:
        parts = opendata.parts_of(book, indicator)
        return Made(parts, stratml.indicator_xml(indicator).encode(), digest(parts.json))


def print_all(
    dataset: EditionDataset,
    out: Path,
    *,
    previous: Path | None = None,
    formats: Collection[str] = ALL,
    address: str = "",
    press: Press | None = None,
) -> Printed:
    """Print the publication into `out`, which is replaced in one step when all is written.

    `previous` is the last publication, from which unchanged files are taken over (default: what stands at
    `out`); the result is byte for byte what a full print gives. `formats` chooses among ALL; the site brings
    its data.
    `address` is the URL under which the site will stand. Raises RuleViolation where prose and tables of the
    dataset disagree, or where another process is publishing to `out`.
    """
    _refuse_contradictions(dataset)
    book = open_book(dataset)
    made = (press or Press()).make(book)
    job = _Job(book, made, address=address, formats=formats)
    with replacing(out) as fresh:
        folder = Folder(fresh, previous=previous or out, stamp=job.stamp())
        job.run(folder)
    return Printed(out, job.sha256, len(folder.entries) + 1, tuple(folder.drawn))


def _refuse_contradictions(dataset: EditionDataset) -> None:
    """A reader must never find two different numbers for one thing (peers.md §3, 15)."""
    findings = check(dataset)
    if findings:
        told = "".join(f"\n・{one.where}：{one.message}" for one in findings)
        words = f"文と表が合わない箇所が{len(findings)}つあるため、公表を止めました。"
        words += f"直してから、もう一度公表してください。{told}"
        raise RuleViolation("publish.contradiction", words, findings=tuple(findings))


class _Job:
    """One print run: the sheets in the order in which they need one another."""

    def __init__(
        self, book: Book, made: Mapping[str, Made], *, address: str, formats: Collection[str]
    ) -> None:
        self._book, self._made = book, made
        self._address, self._formats = address, formats
        total = hashlib.sha256()
        for chunk in self._frozen():
            total.update(chunk)
        self.sha256 = total.hexdigest()
        self._whole = digest(kit(), self.sha256)

    def _frozen(self) -> Iterator[bytes]:
        """The dataset in its canonical bytes, from parts that are made already."""
        parts = (self._made[one.id].parts.json for one in self._book.data.indicators)
        return self._book.data.canonical_chunks(indicators=parts)

    def stamp(self) -> str:
        """What every page says of the publication it belongs to."""
        data = self._book.data
        day = show_date(data.published_on, style="era")
        return (
            f'第{data.publication_number}号　<time datetime="{data.published_on.isoformat()}">{day}</time>'
            f'<br>ハッシュ（SHA-256）<code class="hash">{self.sha256}</code>'
        )

    def run(self, folder: Folder) -> None:
        """Write everything and, last, the manifest."""
        data = self._book.data
        folder.put(Sheet("dataset.json", self._whole, self._frozen))
        outputs = [output for output in OUTPUTS if output.format in self._formats and _is_present(output)]
        printed = [_offer(folder, self._engine(output), output.title, output.words) for output in outputs]
        if {"site", "data"} & set(self._formats):
            tables = [self._table(folder, table) for table in TABLES]
            others = [*printed, *self._other_data(folder)]
            self._catalog(folder, tables, others)
            if "site" in self._formats:
                self._site(folder, tables, others, papers=[o for o in outputs if o.path.startswith("paper/")])
        folder.write_manifest(
            {
                "organisation": data.organisation,
                "title": data.title,
                "number": data.publication_number,
                "published_on": data.published_on.isoformat(),
                "dataset_sha256": self.sha256,
            }
        )

    def _engine(self, output: Output) -> Sheet:
        return Sheet(output.path, digest(self._whole, output.path), draw=_drawing(self._book.data, output))

    def _table(self, folder: Folder, table: Table) -> OfferedTable:
        """The table as CSV without and with BOM, and as JSON."""
        book, made = self._book, self._made.values()
        figures = table.name == "figures"
        lines = cache(lambda: tuple(opendata.table_csv(book, table, figures=(one.parts.csv for one in made))))
        key = digest(self._whole, table.name) if figures else digest(kit(), table.name, *map(str, lines()))
        plain, name = f"data/{table.name}.csv", table.title
        csv = _offer(
            folder,
            Sheet(plain, key, lines),
            f"{name}（CSV）",
            f"{table.words}文字コードはUTF-8、BOMなしです。",
        )
        bom = _offer(
            folder,
            Sheet(f"data/{table.name}-excel.csv", key, lambda: (opendata.BOM, *lines())),
            f"{name}（CSV、Excel用）",
            f"{table.words}文字コードはUTF-8、BOM付きです。",
        )
        json = None
        if not figures:  # every figure is in dataset.json, each under its indicator
            sheet = Sheet(f"data/{table.name}.json", key, lambda: opendata.table_json(book, table))
            json = _offer(folder, sheet, f"{name}（JSON）", table.words)
        rows = sum(_lines_in(part) for part in lines()) - 1
        return OfferedTable(table, rows, csv, bom, json)

    def _other_data(self, folder: Folder) -> list[Offer]:
        book = self._book
        xml = {one: made.xml for one, made in self._made.items()}
        plan = Sheet("data/stratml-plan.xml", self._whole, lambda: stratml.plan_xml(book))
        report = Sheet(
            "data/stratml-report.xml", self._whole, lambda: stratml.report_xml(book, xml, sha256=self.sha256)
        )
        frozen = folder.entries["dataset.json"]
        return [
            _offer(
                folder, plan, "プラン（StratML Part 1）", "国際規格 ISO 17469-1 の形式で表したプランです。"
            ),
            _offer(
                folder,
                report,
                "取組状況（StratML Part 2）",
                "目標と実績を含めて、StratML Part 2 の形式で表したものです。",
            ),
            Offer(
                "dataset.json",
                "固定したデータ（JSON）",
                "この公表のすべての内容です。",
                frozen.bytes,
                frozen.sha256,
            ),
        ]

    def _catalog(self, folder: Folder, tables: Sequence[OfferedTable], others: list[Offer]) -> None:
        offers = [*(f for t in tables for f in (t.csv, t.bom, t.json) if f is not None), *others]
        text = catalog(self._book, offers, address=self._address)
        sheet = Sheet("data/dcat.jsonld", digest(kit(), text), lambda: (text,))
        others.append(
            _offer(
                folder,
                sheet,
                "データの目録（DCAT）",
                "どのようなデータがあるかを、DCATの形式で表したものです。",
            )
        )

    def _site(
        self,
        folder: Folder,
        tables: Sequence[OfferedTable],
        others: Sequence[Offer],
        *,
        papers: Sequence[Output],
    ) -> None:
        book = self._book
        digests = {one: made.digest for one, made in self._made.items()}
        site = Site(book, frame_of(book, address=self._address), digests, papers)
        for sheet in (*asset_sheets(), *extra_pages(site)):
            folder.put(sheet)
        for sheet in self._beside():
            folder.put(sheet)
        for sheet in site.pages():
            folder.put(sheet)
        folder.put(data_page(site, tables, others))

    def _beside(self) -> Iterator[Sheet]:
        """The data that stand beside each page."""
        book, made = self._book, self._made
        data = book.data
        about = canonical_part([data.organisation, data.plan, data.edition, data.licence])
        head = opendata.BOM + opendata.header(TABLES[0])
        shared = digest(kit(), about, f"{data.organisation_code}")
        for one in data.indicators:
            yield from _pair(
                f"indicators/{file_name(one.id)}", [made[one.id]], head=head, about=about, shared=shared
            )
        for section in data.sections:
            if book.homes[section.id] == section.id:
                below = [made[i.id] for s in book.subtree(section) for i in book.indicators.get(s.id, ())]
                yield from _pair(
                    f"sections/{file_name(section.id)}", below, head=head, about=about, shared=shared
                )


def _pair(path: str, made: Sequence[Made], *, head: str, about: str, shared: str) -> Iterator[Sheet]:
    """CSV (with BOM: a reader opens it by a double click) and JSON of some indicators."""
    key = digest(shared, *(one.digest for one in made))
    yield Sheet(f"{path}.csv", key, lambda: (head, *(one.parts.csv for one in made)))
    yield Sheet(f"{path}.json", key, lambda: _json_of(about, made))


def _json_of(about: str, made: Sequence[Made]) -> Iterator[Chunk]:
    yield f'{{"about":{about},"indicators":'
    yield from opendata.json_list(one.parts for one in made)
    yield "}\n"


def _lines_in(part: Chunk) -> int:
    return part.count("\n") if isinstance(part, str) else part.count(b"\n")


def _offer(folder: Folder, sheet: Sheet, title: str, words: str) -> Offer:
    entry = folder.put(sheet)
    return Offer(entry.path, title, words, entry.bytes, entry.sha256)


def _is_present(output: Output) -> bool:
    return importlib.util.find_spec(output.write.partition(":")[0]) is not None


def _drawing(dataset: EditionDataset, output: Output) -> Callable[[Path], None]:
    """The engine, loaded only when its file has to be drawn."""

    def draw(path: Path) -> None:
        paper: Any = _function(output.compose)(dataset) if output.compose else dataset
        _function(output.write)(paper, path)

    return draw


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found
