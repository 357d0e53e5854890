"""What documents tell, beside what is on record; the two are never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kaikaku.exchange.models import PublishedTotal

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation


def published_totals(organisation: Organisation, *, until: int | None = None) -> list[PublishedTotal]:
    """By year, those without a year first; `until` a fiscal year, where one is given."""
    rows = PublishedTotal.objects.filter(organisation=organisation).select_related("citation__document")
    if until is not None:
        rows = rows.filter(Q(fiscal_year__isnull=True) | Q(fiscal_year__lte=until))
    return list(rows)
