"""Drafting of next editions, as the tests of this folder need it."""

from __future__ import annotations

from kaikaku.plans import services
from kaikaku.plans.entries import EditionFields
from kaikaku.plans.models import Edition, Indicator, Lineage, Section
from tests.cast import Cast

SIDE_JOB = "庁内複業の推進"
DISASTER = "防災士の認証登録者数"


def drafted(edition: Edition, cast: Cast, year: int = 2023, *, fixed: bool = False) -> Edition:
    fields = EditionFields(f"令和{year - 2018}年度の計画", year, (2021, 2024))
    return services.draft_next_edition(
        edition=edition, fields=fields, directions_fixed=fixed, by=cast.takahashi
    )


def section(edition: Edition, title: str) -> Section:
    return edition.sections.select_related("edition__plan").get(title=title, removed_at=None)


def indicator(edition: Edition, name: str) -> Indicator:
    return edition.indicators.select_related("edition__plan").get(name=name, removed_at=None)


def link_to(part: Section | Indicator) -> Lineage:
    return part.origins.get()
