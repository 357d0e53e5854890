"""The rules of each scheme: shipped, and changed by the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core import staffing
from kaikaku.exchange.models import Scheme
from kaikaku.exchange.services.guard import changed, must_be_office, put_on_record

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


@transaction.atomic
def ensure_schemes(*, organisation: Organisation, by: User | None) -> list[Scheme]:
    """The shipped schemes of a government; those that are there already stay as they are."""
    must_be_office(organisation.pk, by)
    for code, shipped in staffing.SHIPPED.items():
        scheme, made = Scheme.objects.get_or_create(
            organisation=organisation,
            code=code,
            defaults={"name": shipped.name, "rules": shipped.as_json()},
        )
        if made:
            put_on_record(
                "exchange.scheme.set", scheme, organisation=organisation, by=by, new={"rules": scheme.rules}
            )
    return list(Scheme.objects.filter(organisation=organisation))


@transaction.atomic
def set_scheme(*, scheme: Scheme, rules: staffing.Scheme, by: User | None) -> Scheme:
    """Change a scheme's rules; what is under way keeps the approvals it has been given."""
    must_be_office(scheme.organisation_id, by)
    old, new = scheme.rules, {**rules.as_json(), "code": scheme.code}
    changed(scheme, name=rules.name, rules=new)
    put_on_record(
        "exchange.scheme.set",
        scheme,
        organisation=scheme.organisation,
        by=by,
        old={"rules": old},
        new={"rules": new},
    )
    return scheme
