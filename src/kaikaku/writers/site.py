"""The public site: every page of a publication as a sheet, drawn only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from markupsafe import Markup

from kaikaku.writers.book import Book, file_name
from kaikaku.writers.dataset import Indicator, Section, Tally, TallyRow, canonical_part
from kaikaku.writers.jinja import environment
from kaikaku.writers.sheets import Sheet, digest, kit
from kaikaku.writers.site_index import index_context, latest_tally
from kaikaku.writers.site_views import Row, chart_of, facts_of, quotes_of, row_of, section_view, years_of

PAGE_OF_ROWS = 200
T = TypeVar("T")
ORDERS = {"plan": "プランの順", "grade": "評価の順", "rate": "達成率の順"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file that stands beside a page."""

    path: str
    label: str
    media: str


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What the frame says of a page. `section` is the entry of the navigation that it belongs to."""

    path: str
    title: str
    section: str
    short: str = ""
    description: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    data: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class NavItem:
    name: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of the site says alike."""

    organisation: str
    plan: str
    edition: str
    title: str
    licence: str
    contact: str
    sample: bool
    errata: int
    address: str
    nav: tuple[NavItem, ...]

    def key(self) -> str:
        return digest(kit(), *(str(getattr(self, name)) for name in self.__slots__))


def frame_of(book: Book, *, address: str = "") -> Frame:
    """The frame; `address` is the URL under which the site will stand, "" where it is carried by file."""
    data = book.data
    nav = [
        NavItem("index", "index.html", "概要"),
        NavItem("plan", "index.html#outline", "プランの構成"),
        NavItem("indicators", "indicators.html", "指標の一覧"),
        NavItem("about", "about.html", "評価の方法"),
        NavItem("data", "data/index.html", "データ"),
        NavItem("sources", "sources.html", "出典"),
        NavItem("search", "search.html", "さがす"),
    ]
    if not data.indicators:
        nav = [item for item in nav if item.name != "indicators"]
    return Frame(
        data.organisation,
        data.plan,
        data.edition,
        data.title,
        data.licence,
        data.contact,
        data.sample,
        len(data.errata),
        address.rstrip("/"),
        tuple(nav),
    )


@dataclass(slots=True)
class Site:
    """Makes the sheets of the site. `digests` stands for each indicator's content, by its id."""

    book: Book
    frame: Frame
    digests: Mapping[str, str]
    papers: Sequence[Any] = ()
    badges: dict[str, Markup] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    _frame_key: str = ""

    def __post_init__(self) -> None:
        data = self.book.data
        # the year chooses the result that every page shows, the scheme its words
        self._frame_key = digest(self.frame.key(), canonical_part([data.fiscal_year, data.scheme]))
        draw = environment().get_template("look/figures.html").module.grade_badge  # type: ignore[attr-defined]
        self.badges = {b.code: draw(b.code, b.label, b.slot) for b in self.book.bands.values()}
        self.rows = {one.id: row_of(self.book, one) for one in self.book.data.indicators}

    def render(self, template: str, info: PageInfo, **values: Any) -> str:
        """A page as text, its stamp still open."""
        root = "../" * info.path.count("/")
        whole = environment().get_template(f"site/{template}.html")
        return whole.render(page=info, site=self.frame, root=root, badges=self.badges, **values)

    def sheet(self, info: PageInfo, template: str, values: Callable[[], dict[str, Any]], *key: str) -> Sheet:
        """A page whose content depends on the frame and on `key`."""
        told = digest(self._frame_key, template, info.path, info.title, *key)
        return Sheet(info.path, told, lambda: (self.render(template, info, **values()),), stamped=True)

    def pages(self) -> Iterator[Sheet]:
        """All pages that need nothing but the dataset."""
        yield self._index()
        yield from self._sections()
        yield from self._indicator_pages()
        for order in ORDERS:
            yield from self._lists(order)

    # --- pages ----------------------------------------------------------------------------------------------

    def _index(self) -> Sheet:
        data = self.book.data
        info = PageInfo(
            "index.html",
            data.title,
            "index",
            description="".join(data.summary[:1]) or data.title,
            data=(
                _csv("data/figures-excel.csv", "指標の数値（CSV）"),
                _json("dataset.json", "この公表のすべて（JSON）"),
                _csv("data/tallies-excel.csv", "評価ごとの数（CSV）"),
                _json("data/tallies.json", "評価ごとの数（JSON）"),
            ),
        )
        parts = (
            data.summary,
            data.sections,
            data.tallies,
            data.lists,
            data.footnotes,
            data.chapters,
        )
        key = digest(
            *(canonical_part(p) for p in parts), *(p.path for p in self.papers), *self.digests.values()
        )
        return self.sheet(info, "index", lambda: index_context(self.book, self.rows, self.papers), key)

    def _sections(self) -> Iterator[Sheet]:
        homes = [one for one in self.book.data.sections if self.book.homes[one.id] == one.id]
        tally = latest_tally(self.book)
        for place, section in enumerate(homes):
            before, after = _neighbours(homes, place)
            yield self._section(section, tally, turn=(self._turn(before), self._turn(after)))

    def _turn(self, section: Section | None) -> tuple[str, str] | None:
        if section is None:
            return None
        return f"{section.number or ''} {section.title}".strip(), self.book.address(section.id)

    def _section(self, section: Section, tally: Tally | None, *, turn: tuple[Any, Any]) -> Sheet:
        name, book = file_name(section.id), self.book
        here = [one for one in book.subtree(section) if book.homes[one.id] == section.id]
        info = PageInfo(
            f"sections/{name}.html",
            f"{section.number or ''} {section.title}".strip(),
            "plan",
            short=section.title,
            description="".join(section.text[:1]) or section.subtitle or section.title,
            crumbs=self._crumbs(section.parent),
            data=(
                _csv(f"sections/{name}.csv", "この項目の指標（CSV）"),
                _json(f"sections/{name}.json", "この項目の指標（JSON）"),
            ),
        )
        row = next((r for r in tally.rows if r.section == section.id), None) if tally else None
        shown = [
            i.id for one in here for i in (*book.indicators.get(one.id, ()), *book.listed.get(one.id, ()))
        ]
        below = [book.children.get(one.id, ()) for one in here]
        key = (
            canonical_part([here, row, self._cited_titles(), info.crumbs, turn]),
            *(child.id + child.title for group in below for child in group),
            *(self.digests[one] for one in shown),
        )
        return self.sheet(
            info, "section", lambda: self._section_context(section, tally, row=row, turn=turn), *key
        )

    def _section_context(
        self, section: Section, tally: Tally | None, *, row: TallyRow | None, turn: tuple[Any, Any]
    ) -> dict[str, Any]:
        return {
            "view": section_view(self.book, section),
            "tally_row": row,
            "bands": [self.book.bands[code] for code in tally.columns if code in self.book.bands]
            if tally
            else [],
            "fiscal_year": tally.fiscal_year if tally else None,
            "before": turn[0],
            "after": turn[1],
        }

    def _crumbs(self, section: str | None) -> tuple[tuple[str, str], ...]:
        way = [
            (f"{one.number or ''} {one.title}".strip(), self.book.address(one.id))
            for one in self.book.path(section)
        ]
        return (("概要", "index.html"), *way)

    def _cited_titles(self) -> list[str]:
        return [f"{one.id} {one.title}" for one in self.book.data.sources]

    def _indicator_pages(self) -> Iterator[Sheet]:
        ordered = self.book.data.indicators
        shared = digest(*self._cited_titles())
        crumbs: dict[str, tuple[tuple[str, str], ...]] = {}
        for place, one in enumerate(ordered):
            if one.section not in crumbs:
                crumbs[one.section] = self._crumbs(one.section)
            before, after = _neighbours(ordered, place)
            yield self._indicator(one, crumbs[one.section], shared=shared, turn=(before, after))

    def _indicator(
        self,
        one: Indicator,
        crumbs: tuple[tuple[str, str], ...],
        *,
        shared: str,
        turn: tuple[Indicator | None, Indicator | None],
    ) -> Sheet:
        name = file_name(one.id)
        info = PageInfo(
            f"indicators/{name}.html",
            one.name,
            "indicators",
            short=one.name,
            crumbs=crumbs,
            description=one.definition or f"{one.name}の目標、実績、達成率、評価",
            data=(
                _csv(f"indicators/{name}.csv", "この指標の数値（CSV）"),
                _json(f"indicators/{name}.json", "この指標の数値（JSON）"),
            ),
        )
        before, after = (None if other is None else (other.name, self.rows[other.id].href) for other in turn)
        key = (shared, self.digests[one.id], str(crumbs), str(before), str(after), self._again(one))
        return self.sheet(info, "indicator", lambda: self._indicator_context(one, before, after), *key)

    def _again(self, one: Indicator) -> str:
        return "、".join(self._place(other) for other in one.cross_listed_in)

    def _place(self, section: str) -> str:
        known = self.book.sections.get(section)
        return section if known is None else f"{self.book.number_of(section)} {known.title}".strip()

    def _indicator_context(
        self, one: Indicator, before: tuple[str, str] | None, after: tuple[str, str] | None
    ) -> dict[str, Any]:
        row = self.rows[one.id]
        return {
            "one": one,
            "rated": row.rated,
            "band": row.band,
            "latest": row.actual,
            "aim": row.target,
            "baseline": row.baseline,
            "years": years_of(self.book, one),
            "svg": chart_of(one),
            "workings": [r for r in reversed(one.results) if r is not row.rated and (r.working or r.reason)],
            "facts": facts_of(one, again=self._again(one)),
            "quotes": quotes_of(self.book, one),
            "before": before,
            "after": after,
        }

    def _lists(self, order: str) -> Iterator[Sheet]:
        rows = (
            sorted(self.rows.values(), key=_SORTING[order]) if order != "plan" else list(self.rows.values())
        )
        cuts = [rows[at : at + PAGE_OF_ROWS] for at in range(0, len(rows), PAGE_OF_ROWS)] or [[]]
        paths = [(str(n), list_path(order, n)) for n in range(1, len(cuts) + 1)]
        for number, cut in enumerate(cuts, 1):
            info = PageInfo(
                list_path(order, number),
                f"指標の一覧（{ORDERS[order]}）",
                "indicators",
                short="指標の一覧",
                crumbs=(("概要", "index.html"),),
                description="すべての指標の目標、実績、達成率、評価の一覧",
                data=(
                    _csv("data/indicators-excel.csv", "指標の一覧（CSV）"),
                    _json("data/indicators.json", "指標の一覧（JSON）"),
                ),
            )
            key = (
                order,
                str(len(cuts)),
                str(len(rows)),
                *(f"{r.number} {self.digests[r.indicator.id]}" for r in cut),
            )
            first = (number - 1) * PAGE_OF_ROWS + 1
            values = {
                "rows": cut,
                "order": order,
                "order_word": ORDERS[order],
                "total": len(rows),
                "pages": paths,
                "first": first,
                "last": first + len(cut) - 1,
                "columns": _list_columns(order),
            }
            yield self.sheet(info, "indicators", lambda values=values: values, *key)  # type: ignore[misc]


def list_path(order: str, number: int) -> str:
    """The file of a page of the indicator list."""
    name = "indicators" if order == "plan" else f"indicators-by-{order}"
    return f"{name}.html" if number == 1 else f"{name}-{number}.html"


def _by_grade(row: Row) -> tuple[int, int, float]:
    """The worst first, then what could not be measured, then what is not rated."""
    slot = 9 if row.band is None else 5 if row.band.slot == 0 else 4 - row.band.slot
    return (slot, *_by_rate(row))


def _by_rate(row: Row) -> tuple[int, float]:
    rate = row.rated.rate if row.rated else None
    return (1, 0.0) if rate is None else (0, float(rate))


_SORTING: dict[str, Callable[[Row], Any]] = {"grade": _by_grade, "rate": _by_rate}


def _list_columns(order: str) -> list[Any]:
    column: Callable[..., Any] = environment().globals["column"]  # type: ignore[assignment]
    state = {order: "ascending"}
    return [
        column("番号", sort_url="indicators.html", sorted=state.get("plan", "")),
        "指標",
        column("目標", number=True),
        column("実績", number=True),
        column("達成率", number=True, sort_url="indicators-by-rate.html", sorted=state.get("rate", "")),
        column("評価", sort_url="indicators-by-grade.html", sorted=state.get("grade", "")),
        "担当",
    ]


def _neighbours(items: Sequence[T], place: int) -> tuple[T | None, T | None]:
    before = items[place - 1] if place else None
    return before, items[place + 1] if place + 1 < len(items) else None


def _csv(path: str, label: str) -> Download:
    return Download(path, label, "text/csv")


def _json(path: str, label: str) -> Download:
    return Download(path, label, "application/json")
