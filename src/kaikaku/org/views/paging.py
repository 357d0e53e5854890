"""A page of a long table, cut by the database: accounts are thousands, and the log has no end."""

from __future__ import annotations

from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from kaikaku.ui.listing import Listing

Row = TypeVar("Row", bound=Model)
PER_PAGE = 50


def cut(request: HttpRequest, found: QuerySet[Row], *, words: str = "") -> Listing[Row]:
    """The rows of the page asked for, in the shape that the pager draws."""
    paginator = Paginator(found, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    return Listing(
        fields=(),
        found=(),
        rows=tuple(page.object_list),
        total=paginator.count,
        words=words,
        sort="",
        page=page.number,
        pages=paginator.num_pages,
        query=request.GET,
        wants_csv=False,
    )
