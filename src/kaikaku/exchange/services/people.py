"""A person's own entry, the days they cannot help, and the busy season of sections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.exchange.models import Absence, BusyMonth, Profile
from kaikaku.exchange.services.guard import (
    in_order,
    must_be_chief,
    must_belong,
    put_on_record,
    require_words,
)
from kaikaku.org.access import allowed
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.exchange.entries import ProfileFields
    from kaikaku.org.models import Department, User


@transaction.atomic
def set_profile(*, user: User, fields: ProfileFields, by: User | None) -> Profile:
    """A person's entry in the talent bank: by themselves (or by the system, from a list)."""
    _must_be_self(user, by)
    for wish in fields.wishes:
        must_belong(wish.organisation_id, user)
    values = {
        "grade": require_words(fields.grade, field="grade", thing="職位"),
        "occupation": require_words(fields.occupation, field="occupation", thing="職種"),
        "skills": sorted({one.strip() for one in fields.skills if one.strip()}),
        "note": fields.note.strip(),
        "listed": fields.listed,
        "overtime": fields.overtime,
    }
    profile, _ = Profile.objects.update_or_create(user=user, defaults=values)
    profile.wishes.set(fields.wishes)
    new = {**values, "wishes": [str(one) for one in fields.wishes]}
    put_on_record("exchange.profile.set", profile, organisation=organisation_of(user), by=by, new=new)
    return profile


@transaction.atomic
def add_absence(*, profile: Profile, first: date, last: date, by: User | None) -> Absence:
    """Days on which one cannot help."""
    _must_be_self(profile.user, by)
    in_order(first, last)
    absence = Absence.objects.create(profile=profile, first=first, last=last)
    put_on_record(
        "exchange.absence.added",
        absence,
        organisation=organisation_of(profile.user),
        by=by,
        new={"first": first, "last": last},
    )
    return absence


@transaction.atomic
def remove_absence(*, absence: Absence, by: User | None) -> None:
    """One can help on these days after all."""
    user = absence.profile.user
    _must_be_self(user, by)
    put_on_record(
        "exchange.absence.removed",
        absence,
        organisation=organisation_of(user),
        by=by,
        old={"first": absence.first, "last": absence.last},
    )
    absence.delete()


@transaction.atomic
def set_busy_months(*, department: Department, levels: Mapping[int, int], by: User | None) -> None:
    """How busy a section is in each month (1 to 12), 0 calm to 3 peak: said by its chief, or the office."""
    must_belong(department.organisation_id, by)
    if by is not None and not allowed(by, Role.SECRETARIAT):
        must_be_chief(department.pk, by)
    if any(month not in range(1, 13) or level not in range(4) for month, level in levels.items()):
        raise RuleViolation("exchange.busy", "忙しさを、各月の一覧から選んでください。")
    old = dict(BusyMonth.objects.filter(department=department).values_list("month", "level"))
    BusyMonth.objects.filter(department=department).delete()
    BusyMonth.objects.bulk_create(
        BusyMonth(department=department, month=month, level=level)
        for month, level in sorted(levels.items())
        if level
    )
    put_on_record(
        "exchange.busy.set",
        department,
        organisation=department.organisation,
        by=by,
        old={f"{month}月": level for month, level in sorted(old.items())},
        new={f"{month}月": level for month, level in sorted(levels.items())},
    )


def _must_be_self(user: User, by: User | None) -> None:
    if by is not None and by.pk != user.pk:
        raise RuleViolation("exchange.own_only", "登録を変更できるのは本人だけです。")
