"""The checks of an edition and of a round: which are made, what each asks for, with which numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.checks import BY_ID, Policy, describe
from kaikaku.core.errors import RuleViolation
from kaikaku.reporting import queries
from kaikaku.reporting.models import CheckPolicy, Round
from kaikaku.reporting.services.guard import must_be_office, must_be_open

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition


@transaction.atomic
def set_edition_checks(
    *, edition: Edition, policy: Mapping[str, Any], by: User | None, open_rounds_too: bool = False
) -> CheckPolicy:
    """Set the checks that rounds of this edition begin with, and on request of those that are open."""
    must_be_office(edition.plan.organisation, by)
    new = _checked(policy)
    queries.lock_edition(edition)
    own = queries.own_checks(edition)
    before = Policy.from_json(own.checks if own else queries.checks_of(edition))
    if own is None:
        own = CheckPolicy(edition=edition)
    if own.pk is None or new != before:
        own.checks = new.as_json()
        own.save()
        old_words, new_words = differing(before, new)
        record(
            "reporting.edition.checks_set",
            on=edition,
            by=by,
            organisation=edition.plan.organisation,
            old=old_words,
            new=new_words,
        )
    if open_rounds_too:
        for round_ in queries.open_rounds_of(edition):
            set_checks(round_=round_, policy=new.as_json(), by=by)
    return own


@transaction.atomic
def set_checks(*, round_: Round, policy: Mapping[str, Any], by: User | None) -> Round:
    """Set the checks of one round; sheets meet them when they are next saved or submitted."""
    round_ = queries.lock_round(round_)
    must_be_office(round_.edition.plan.organisation, by)
    must_be_open(round_)
    new, old = _checked(policy), Policy.from_json(round_.checks)
    if new == old:
        return round_
    round_.checks = new.as_json()
    round_.save(update_fields=["checks"])
    old_words, new_words = differing(old, new)
    record(
        "reporting.round.checks_set",
        on=round_,
        by=by,
        organisation=round_.edition.plan.organisation,
        old=old_words,
        new=new_words,
    )
    return round_


def differing(old: Policy, new: Policy) -> tuple[dict[str, str], dict[str, str]]:
    """What was and what is, in words by the name of the check, of those that differ."""
    changed = [check for check in BY_ID.values() if old.settings[check.id] != new.settings[check.id]]
    before, after = (
        {check.name: describe(check, policy.settings[check.id]) for check in changed} for policy in (old, new)
    )
    return before, after


def _checked(data: Mapping[str, Any]) -> Policy:
    policy = Policy.from_json(data)
    off = [check.name for check in BY_ID.values() if check.always and not policy.is_on(check.id)]
    if off:
        raise RuleViolation(
            "reporting.check_always",
            f"「{'」「'.join(off)}」の点検は止められません。記録とプランの決まりがこれに基づいています。",
        )
    return policy
