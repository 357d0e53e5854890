"""Getting ledgers and records, always for a user: a stranger's answer 404; who sees what is told here once.

Those in charge (office, sections, headquarters) read every record, less the fields kept to other roles; an
employee reads the public fields of public records; members and others nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kaikaku.ledgers.kind import FieldSpec, Kind
from kaikaku.ledgers.models import Intake, Ledger, Record
from kaikaku.org.access import allowed, roles
from kaikaku.org.queries import department_ids_of, organisation_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import User

READERS = (Role.SECRETARIAT, Role.CHIEF, Role.CLERK, Role.EXECUTIVE)
WRITERS = (Role.SECRETARIAT, Role.CHIEF, Role.CLERK)
IN_CHARGE = (Role.CHIEF, Role.CLERK)


def reads_all(user: User) -> bool:
    """Whether the user reads more than what is public."""
    return allowed(user, *READERS)


def ledgers_for(user: User) -> QuerySet[Ledger]:
    """The ledgers of the user's government that are in use; to the office the retired as well."""
    found = Ledger.objects.filter(organisation=organisation_of(user)).select_related("organisation")
    return found if allowed(user, Role.SECRETARIAT) else found.filter(retired_at__isnull=True)


def ledger_for(user: User, pk: int) -> Ledger:
    """One ledger, or 404."""
    return get_object_or_404(ledgers_for(user), pk=pk)


def records_for(user: User) -> QuerySet[Record]:
    """The records the user may read, of all ledgers."""
    found = Record.objects.filter(ledger__organisation=user.organisation_id, withdrawn_at__isnull=True)
    if reads_all(user):
        return found
    found = found.filter(public=True, ledger__retired_at__isnull=True)
    return found if allowed(user, Role.EMPLOYEE) else found.none()


def record_for(user: User, pk: int) -> Record:
    """One record: 404 to a stranger, 403 where it is not public; a withdrawn one to the office alone."""
    own = Record.objects.filter(ledger__organisation=organisation_of(user))
    record = get_object_or_404(
        own.select_related("ledger__organisation", "department", "citation__document"), pk=pk
    )
    if not reads_all(user) and not (record.public and allowed(user, Role.EMPLOYEE)):
        raise PermissionDenied("公開していない記録を見られるのは、事務局・所属長・担当・本部員だけです。")
    if record.withdrawn_at is not None and not allowed(user, Role.SECRETARIAT):
        raise Http404
    return record


def intake_for(user: User, pk: int) -> Intake:
    """One workbook that came back, or 404; only who sent it and the office may open it."""
    own = Intake.objects.filter(ledger__organisation=organisation_of(user))
    intake = get_object_or_404(own.select_related("ledger__organisation", "uploaded_by"), pk=pk)
    if intake.uploaded_by_id != user.pk and not allowed(user, Role.SECRETARIAT):
        raise PermissionDenied("送られたExcelを見られるのは、送った本人と事務局だけです。")
    return intake


def seen_fields(user: User | None, kind: Kind) -> tuple[FieldSpec, ...]:
    """The fields of a kind that the user may see; None is the public.

    Every door (page, list, filter, Excel, CSV, search, metrics, publication) asks this.
    """
    if user is None or not reads_all(user):
        return tuple(field for field in kind.fields if field.public)
    held = {str(role) for role in roles(user)}
    return tuple(field for field in kind.fields if field.seen_by(held))


def may_write(user: User, record: Record) -> bool:
    """The office all, a section its own."""
    if allowed(user, Role.SECRETARIAT):
        return True
    return record.department_id is not None and record.department_id in department_ids_of(
        user, None, *IN_CHARGE
    )


def visible_keys(user: User, keys: Collection[str], fields: Collection[FieldSpec]) -> Collection[str]:
    """Of keys `record:<pk>` behind a metric of these fields, those whose contribution the user may see."""
    held = {str(role) for role in roles(user)}
    if not all(field.seen_by(held) for field in fields):
        return ()
    if reads_all(user):
        return keys
    if not all(field.public for field in fields):
        return ()
    wanted = {int(key.rsplit(":", 1)[1]): key for key in keys}
    shown = records_for(user).values_list("pk", flat=True)
    return [wanted[pk] for pk in shown if pk in wanted]
