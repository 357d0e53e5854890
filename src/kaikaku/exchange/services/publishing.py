"""Keeping what documents tell of help whose records are not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.exchange import words
from kaikaku.exchange.models import PublishedTotal
from kaikaku.exchange.services.guard import must_be_office, put_on_record

if TYPE_CHECKING:
    from kaikaku.exchange.entries import Told
    from kaikaku.org.models import Organisation, User


@transaction.atomic
def publish_total(*, organisation: Organisation, told: Told, by: User | None) -> PublishedTotal:
    """Keep a published total with its citation; once for a scheme and a year."""
    must_be_office(organisation.pk, by)
    values = {name: getattr(told, name) for name in told.__slots__ if name != "citation"}
    which = {name: values.pop(name) for name in ("scheme", "fiscal_year")}
    if any(values[name] not in ("", *words.CHANGES) for name in ("projects_change", "participants_change")):
        raise RuleViolation("exchange.change", "動きは、増加、減少、横ばいから選んでください。")
    if not any(value not in (None, "") for name, value in values.items() if name != "note"):
        raise RuleViolation(
            "exchange.tells_nothing", "業務の数か職員の数（またはその増減）を入力してください。"
        )
    kept, is_new = PublishedTotal.objects.get_or_create(
        organisation=organisation, **which, defaults={**values, "citation": told.citation}
    )
    if is_new:
        new = {**which, **values, "citation": told.citation}
        put_on_record("exchange.total.published", kept, organisation=organisation, by=by, new=new)
    return kept
