"""Tables of the office's pages: filter, sort and page by query parameters, and the CSV of what is seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, QueryDict

from kaikaku.core.text import fold
from kaikaku.writers.jinja_filters import Column

Row = TypeVar("Row")
PER_PAGE = 100
# ascending and descending of one column: ?sort=name, ?sort=-name
_DOWN = "-"


# no slots: Field[Row](…) must be callable (a frozen generic with slots is not, in Python 3.11)
@dataclass(frozen=True)
class Field(Generic[Row]):
    """A column: `value` gives what is sorted and exported, `show` what the cell holds where that is more.

    `search` lets the filter look into it. Unknown values (None) stand last in either order.
    """

    key: str
    label: str
    value: Callable[[Row], Any]
    show: Callable[[Row], Any] | None = None
    unit: str = ""
    number: bool = False
    sortable: bool = True
    search: bool = False

    def cell(self, row: Row) -> Any:
        """What the table shows."""
        found = self.value(row) if self.show is None else self.show(row)
        return "—" if found is None or found == "" else found


@dataclass(frozen=True, slots=True)
class PageLink:
    """An entry of the pager; `url` is empty for the page that is open, `number` 0 for a gap."""

    number: int
    url: str


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """Rows as asked for. `found` are all that match, in order; `rows` those of this page."""

    fields: tuple[Field[Row], ...]
    found: tuple[Row, ...]
    rows: tuple[Row, ...]
    total: int
    words: str
    sort: str
    page: int
    pages: int
    query: QueryDict
    wants_csv: bool

    def url(self, **changes: str | int) -> str:
        """This table with other query parameters; an empty one is left out."""
        query = self.query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value not in ("", 0):
                query[name] = str(value)
        return f"?{query.urlencode()}"

    @property
    def csv_url(self) -> str:
        return self.url(format="csv", page=0)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Headings with the address that sorts by them: first up, then down."""
        return tuple(self._column(field) for field in self.fields)

    def _column(self, field: Field[Row]) -> Column:
        up, down = self.sort == field.key, self.sort == _DOWN + field.key
        target = _DOWN + field.key if up else field.key
        return Column(
            field.label,
            field.unit,
            field.number,
            self.url(sort=target, page=0) if field.sortable else "",
            "ascending" if up else "descending" if down else "",
        )

    @property
    def page_links(self) -> tuple[PageLink, ...]:
        """First, last, and two around the open page, with gaps."""
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        links: list[PageLink] = []
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if links and number - links[-1].number > 1:
                links.append(PageLink(0, ""))
            links.append(PageLink(number, "" if number == self.page else self.url(page=number)))
        return tuple(links)

    @property
    def summary(self) -> str:
        """How many are seen of how many."""
        if not self.words:
            return f"{self.total}件"
        return f"{self.total}件のうち{len(self.found)}件"


def listing(
    request: HttpRequest,
    rows: Iterable[Row],
    *,
    fields: Sequence[Field[Row]],
    default_sort: str = "",
    per_page: int = PER_PAGE,
) -> Listing[Row]:
    """Filter (`q`), sort (`sort`) and cut (`page`) `rows` as the query asks; a wrong wish is passed over."""
    query = request.GET
    all_rows = tuple(rows)
    words = query.get("q", "").strip()
    found = _filter(all_rows, fields, words)
    sort = query.get("sort", default_sort)
    found = _sort(found, fields, sort)
    pages = max(1, -(-len(found) // per_page))
    page = min(_whole(query.get("page", "1")), pages)
    return Listing(
        fields=tuple(fields),
        found=tuple(found),
        rows=tuple(found[(page - 1) * per_page : page * per_page]),
        total=len(all_rows),
        words=words,
        sort=sort,
        page=page,
        pages=pages,
        query=query,
        wants_csv=query.get("format") == "csv",
    )


def csv_response(page: Listing[Row], name: str) -> HttpResponse:
    """What the table shows, all its pages, as CSV that Excel opens in Japanese (UTF-8 with BOM).

    A cell that a spreadsheet would run as a formula is defused with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([f"{f.label}（{f.unit}）" if f.unit else f.label for f in page.fields])
    writer.writerows([_plain(field.value(row)) for field in page.fields] for row in page.found)
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return response


def _filter(rows: Sequence[Row], fields: Sequence[Field[Row]], words: str) -> Sequence[Row]:
    wanted = [fold(word) for word in words.split()]
    if not wanted:
        return rows
    inside = [field for field in fields if field.search]

    def fits(row: Row) -> bool:
        text = fold(" ".join(str(field.value(row) or "") for field in inside))
        return all(word in text for word in wanted)

    return [row for row in rows if fits(row)]


def _sort(rows: Sequence[Row], fields: Sequence[Field[Row]], sort: str) -> Sequence[Row]:
    field = next((f for f in fields if f.sortable and f.key == sort.removeprefix(_DOWN)), None)
    if field is None:
        return rows
    value = field.value
    known = [row for row in rows if value(row) is not None]
    unknown = [row for row in rows if value(row) is None]
    return [*sorted(known, key=value, reverse=sort.startswith(_DOWN)), *unknown]


def _whole(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@\t\r" else text
