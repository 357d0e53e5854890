"""What the site's templates are given: plain values in the order they are printed, no look-ups left to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from kaikaku.core.eras import show_fiscal_year
from kaikaku.writers.book import Book, anchor, file_name
from kaikaku.writers.charts import spark_chart, trend_chart
from kaikaku.writers.dataset import Band, Cite, Figure, Indicator, Item, PlainTable, Rated, Section

ITEM_KINDS = {"achievement": "の主な取組実績", "plan": "の主な取組計画"}
DIRECTIONS = {
    "up": "大きいほど良い",
    "down": "小さいほど良い",
    "maintain_min": "目標を下回らないように保つ",
    "maintain_max": "目標を上回らないように保つ",
    "band": "目標の範囲に収める",
}
KINDS = {"output": "行動指標（行ったことの量）", "outcome": "成果指標（行ったことで起きた変化）"}


@dataclass(frozen=True, slots=True)
class Year:
    """One fiscal year of an indicator: a row of its table."""

    fiscal_year: int | None
    target: Figure | None
    actual: Figure | None
    rated: Rated | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator as a row of a list."""

    indicator: Indicator
    href: str
    number: str
    baseline: Figure | None
    target: Figure | None
    actual: Figure | None
    rated: Rated | None
    band: Band | None
    cross_listed: bool = False

    @property
    def spark(self) -> Markup:
        """Drawn when it is printed, since most lists do without."""
        return Markup(spark_chart(self.indicator))  # noqa: S704 - our own drawing, every text in it escaped


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in a source, and what stands there."""

    of: str
    cite: Cite
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items of one kind and year; each main line with its details."""

    heading: str
    lines: tuple[tuple[Item, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as printed within a page, with what stands below it on the same page."""

    section: Section
    anchor: str
    level: int
    groups: tuple[ItemGroup, ...]
    tables: tuple[PlainTable, ...]
    rows: tuple[Row, ...]
    children: tuple[SectionView, ...]
    elsewhere: tuple[tuple[Section, str], ...]


def years_of(book: Book, indicator: Indicator) -> tuple[Year, ...]:
    """The years that have a target, an actual or a result, oldest first; a later figure of a year counts."""
    targets = {f.fiscal_year: f for f in indicator.figures if f.role == "target"}
    actuals = {f.fiscal_year: f for f in indicator.figures if f.role == "actual"}
    results = {r.fiscal_year: r for r in indicator.results}
    known = sorted({*targets, *actuals, *results}, key=lambda fy: (fy is None, fy or 0))
    return tuple(
        Year(
            fy,
            targets.get(fy),
            actuals.get(fy),
            results.get(fy) if fy is not None else None,
            book.band(results.get(fy) if fy is not None else None),
        )
        for fy in known
    )


def row_of(book: Book, indicator: Indicator, *, cross_listed: bool = False) -> Row:
    """The indicator with the figures its result was made from: that year's actual and its target.

    Its address is from the root of the site; a page puts its own way to the root before it.
    """
    rated = book.result(indicator)
    year = rated.fiscal_year if rated else book.data.fiscal_year
    aim = rated.target_year if rated and rated.target_year else year
    return Row(
        indicator=indicator,
        href=f"indicators/{file_name(indicator.id)}.html",
        number=book.number_of(indicator.section),
        baseline=_figure(indicator, "baseline", None),
        target=_figure(indicator, "target", aim),
        actual=_figure(indicator, "actual", year),
        rated=rated,
        band=book.band(rated),
        cross_listed=cross_listed,
    )


def _figure(indicator: Indicator, role: str, fiscal_year: int | None) -> Figure | None:
    """The figure of that year; the last one there is where that year has none."""
    mine = [f for f in indicator.figures if f.role == role]
    exact = [f for f in mine if f.fiscal_year == fiscal_year]
    return exact[-1] if exact else mine[-1] if mine else None


def facts_of(indicator: Indicator, *, again: str) -> tuple[tuple[str, str], ...]:
    """What a reader needs to know of the indicator beside its figures; only what is known."""
    baseline = next((f for f in indicator.figures if f.role == "baseline"), None)
    facts = (
        ("単位", indicator.unit),
        ("望ましい向き", DIRECTIONS.get(indicator.direction or "", "")),
        ("種類", KINDS.get(indicator.kind or "", "")),
        ("担当", indicator.owner),
        ("再掲", again),
        (
            "基準値がない理由",
            (baseline.reason or "") if baseline is not None and baseline.value is None else "",
        ),
        ("資料の表記", _printed(indicator)),
    )
    return tuple((name, words) for name, words in facts if words)


def _printed(indicator: Indicator) -> str:
    """Figures whose printed text says more than the figure shown, such as 100%(R7) or 延べ約600人."""
    odd = [f.text for f in indicator.figures if f.value is not None and f.text and f.text != f.shown]
    return "、".join(dict.fromkeys(odd))


def chart_of(indicator: Indicator) -> Markup:
    """The trend as markup; empty where there is nothing to draw."""
    return Markup(trend_chart(indicator))  # noqa: S704 - our own drawing, every text in it escaped


def quotes_of(book: Book, indicator: Indicator) -> tuple[Quote, ...]:
    """Every place the indicator's figures were read from, each once."""
    words = {"baseline": "基準値", "target": "目標値", "actual": "実績値"}
    cited: dict[Cite, list[str]] = {}
    if indicator.cite is not None:
        cited.setdefault(indicator.cite, []).append("指標名")
    for figure in indicator.figures:
        if figure.cite is not None:
            year = (
                "" if figure.fiscal_year is None else show_fiscal_year(figure.fiscal_year, style="era") + "の"
            )
            cited.setdefault(figure.cite, []).append(year + words.get(figure.role, figure.role))
    return tuple(
        Quote("、".join(of), cite, source_title(book, cite), source_href(cite)) for cite, of in cited.items()
    )


def source_href(cite: Cite) -> str:
    """Where the sources page tells about the document."""
    return f"sources.html#source-{file_name(cite.source)}"


def source_title(book: Book, cite: Cite) -> str:
    """The title of the cited document."""
    return next((one.title for one in book.data.sources if one.id == cite.source), cite.source)


def section_view(book: Book, section: Section, *, level: int = 1) -> SectionView:
    """The section and all below it that has no page of its own."""
    children = book.children.get(section.id, ())
    here = [child for child in children if book.homes[child.id] != child.id]
    own = [row_of(book, one) for one in book.indicators.get(section.id, ())]
    again = [row_of(book, one, cross_listed=True) for one in book.listed.get(section.id, ())]
    return SectionView(
        section=section,
        anchor=anchor(section.id),
        level=min(level, 6),
        groups=tuple(_groups(section.items)),
        tables=section.tables,
        rows=(*own, *again),
        children=tuple(section_view(book, child, level=level + 1) for child in here),
        elsewhere=tuple((child, book.address(child.id)) for child in children if child not in here),
    )


def _groups(items: Sequence[Item]) -> Iterator[ItemGroup]:
    for (kind, fiscal_year), group in groupby(items, key=lambda item: (item.kind, item.fiscal_year)):
        year = "" if fiscal_year is None else show_fiscal_year(fiscal_year, style="era")
        ending = ITEM_KINDS.get(kind or "", "")
        heading = f"{year}{ending}" if year and ending else ending.removeprefix("の") or year
        yield ItemGroup(heading, tuple(_nested(group)))


def _nested(items: Iterable[Item]) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    """Each main line with the details that follow it; a detail without a main line stands as one."""
    main: Item | None = None
    details: list[Item] = []
    for item in items:
        if item.depth > 1 and main is not None:
            details.append(item)
            continue
        if main is not None:
            yield main, tuple(details)
        main, details = item, []
    if main is not None:
        yield main, tuple(details)
