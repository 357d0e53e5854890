"""What a government has set for its reports: the checks of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404

from kaikaku.audit.queries import changed, history_of
from kaikaku.org.queries import organisation_of
from kaikaku.plans.models import Edition
from kaikaku.reporting.models import CheckPolicy, Round

if TYPE_CHECKING:
    from kaikaku.audit.models import Entry
    from kaikaku.org.models import User


def edition_for_checks(user: User, pk: int) -> Edition:
    """One edition of the user's government, or 404."""
    editions = Edition.objects.select_related("plan__organisation")
    return get_object_or_404(editions, pk=pk, plan__organisation=organisation_of(user))


def checks_of(edition: Edition) -> dict[str, Any]:
    """The policy a round of the edition begins with: its own, else that of the edition it was drafted from,
    else what the plan's last round used; {} is as shipped.
    """
    own: dict[int, dict[str, Any]] = dict(
        CheckPolicy.objects.filter(edition__plan=edition.plan_id).values_list("edition", "checks")
    )
    origins = dict(Edition.objects.filter(plan=edition.plan_id).values_list("pk", "drafted_from"))
    key: int | None = edition.pk
    while key is not None:
        if key in own:
            return own[key]
        key = origins.get(key)
    last = Round.objects.filter(edition__plan=edition.plan_id).order_by("-opened_at", "-pk")
    used: dict[str, Any] | None = last.values_list("checks", flat=True).first()
    return used or {}


def checks_history(user: User, edition: Edition) -> list[tuple[Entry, list[tuple[str, str, str]]]]:
    """Who changed the edition's checks, newest first, with what each was and became."""
    entries = history_of(user, edition).filter(action="reporting.edition.checks_set").select_related("by")
    return [(entry, changed(entry)) for entry in entries[:20]]


def own_checks(edition: Edition) -> CheckPolicy | None:
    """The row of the edition itself, if its checks were ever set; held until the transaction ends."""
    return CheckPolicy.objects.select_for_update().filter(edition=edition).first()


def open_rounds_of(edition: Edition) -> list[Round]:
    """The rounds of the edition that take replies."""
    rounds = Round.objects.filter(edition=edition, closed_at__isnull=True)
    return list(rounds.select_related("edition__plan__organisation"))
