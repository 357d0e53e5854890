"""Searching through the plans of the user's government, every edition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kaikaku.org.queries import organisation_of
from kaikaku.plans.models import Edition, Footnote, Indicator, Item, Section
from kaikaku.ui.search import Group, Hit, Wanted, address_of, group

if TYPE_CHECKING:
    from kaikaku.org.models import User


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """Editions, sections, indicators, items and footnotes that have the words; one query for each kind."""
    mine = organisation_of(user).pk
    yield group("プラン・版", _editions(mine, wanted), wanted, order=10)
    yield group("見出し", _sections(mine, wanted), wanted, order=20)
    yield group("指標", _indicators(mine, wanted), wanted, order=30)
    yield group("項目", _items(mine, wanted), wanted, order=40)
    yield group("注記", _footnotes(mine, wanted), wanted, order=50)


def _editions(organisation: int, wanted: Wanted) -> Iterator[Hit]:
    address = address_of("plans:edition")
    rows = Edition.objects.filter(plan__organisation=organisation)
    for pk, plan, title, summary in rows.values_list("pk", "plan__name", "title", "summary"):
        if wanted.fits(plan, title, summary):
            yield Hit(title, address.format(pk), summary, plan)


def _sections(organisation: int, wanted: Wanted) -> Iterator[Hit]:
    address = address_of("plans:section")
    rows = Section.objects.filter(edition__plan__organisation=organisation, removed_at__isnull=True)
    rows = rows.order_by("-edition__fiscal_year", "-edition", "position")
    for pk, number, title, subtitle, body, edition in rows.values_list(
        "pk", "number", "title", "subtitle", "body", "edition__title"
    ):
        if wanted.fits(number, title, subtitle, body):
            text = subtitle if wanted.fits(subtitle) else body
            yield Hit(f"{number} {title}".strip(), address.format(pk), text, edition)


def _indicators(organisation: int, wanted: Wanted) -> Iterator[Hit]:
    address = address_of("plans:indicator")
    rows = Indicator.objects.filter(edition__plan__organisation=organisation, removed_at__isnull=True)
    rows = rows.order_by("-edition__fiscal_year", "-edition", "position")
    for pk, name, definition, note, factor, edition in rows.values_list(
        "pk", "name", "definition", "note", "external_factor", "edition__title"
    ):
        if wanted.fits(name, definition, note, factor):
            text = next((text for text in (definition, note, factor) if wanted.fits(text)), definition)
            yield Hit(name, address.format(pk), text, edition)


def _items(organisation: int, wanted: Wanted) -> Iterator[Hit]:
    address = address_of("plans:section")
    rows = Item.objects.filter(section__edition__plan__organisation=organisation, removed_at__isnull=True)
    rows = rows.filter(section__removed_at__isnull=True)
    rows = rows.order_by(
        "-section__edition__fiscal_year", "-section__edition", "section__position", "position"
    )
    for section, label, text, title, edition in rows.values_list(
        "section", "label", "text", "section__title", "section__edition__title"
    ):
        if wanted.fits(label, text):
            yield Hit(title, address.format(section), f"{label} {text}".strip(), edition)


def _footnotes(organisation: int, wanted: Wanted) -> Iterator[Hit]:
    address = address_of("plans:edition")
    rows = Footnote.objects.filter(edition__plan__organisation=organisation, removed_at__isnull=True)
    rows = rows.order_by("-edition__fiscal_year", "-edition", "position")
    for edition, mark, text, title in rows.values_list("edition", "mark", "text", "edition__title"):
        if wanted.fits(text):
            yield Hit(f"注記 {mark}".strip(), address.format(edition), text, title)
