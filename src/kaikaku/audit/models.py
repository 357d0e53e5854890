"""The log's rows: what was done, by whom, from what to what, each sealed by the hash of the one before."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone


class AppendOnlyError(TypeError):
    """Someone tried to change or delete a row of the log."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads and inserts; the log is never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("記録は変更できません。")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("記録は削除できません。")


class ChainHead(models.Model):
    """The last number and hash of an organisation's chain; locking this row keeps writers in single file.

    Organisation None is the installation's own chain (set-up, failed sign-ins of unknown names).
    """

    organisation = models.ForeignKey("org.Organisation", models.PROTECT, null=True, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            # NULL is distinct from NULL in a plain unique constraint; the installation has one chain too.
            models.UniqueConstraint(Coalesce("organisation", 0), name="audit_one_head_per_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id or '-'}: {self.number}"


class Entry(models.Model):
    """One thing done. `old` and `new` hold the fields that changed, as plain JSON."""

    organisation = models.ForeignKey("org.Organisation", models.PROTECT, null=True, related_name="+")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on_behalf = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    note = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-number")
        constraints = (
            models.UniqueConstraint(Coalesce("organisation", 0), "number", name="audit_one_entry_per_number"),
        )
        indexes = (
            models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["organisation", "-at"], name="audit_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: the first defence of the log, before the database's own triggers."""
        if not self._state.adding:
            raise AppendOnlyError("記録は変更できません。")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("記録は削除できません。")
