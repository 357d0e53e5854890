"""An import: what was read of a document, waiting for the office to decide, one row for each thing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kaikaku.ingest import words


class Import(models.Model):
    """One document read for one edition.

    `read` is the document's face as read and `head` as corrected (`heads.Head` as JSON). What is accepted
    goes into `edition`; while that is null the first acceptance makes one, in `plan` or, where that is null
    too, in a plan of its own. `base` is the edition before it, where the document is a next edition: then
    the differences are against that one, and acceptance draws the lineage. `reading_version` says which
    reader made the proposals.
    """

    organisation = models.ForeignKey(
        "org.Organisation", models.PROTECT, related_name="imports", verbose_name="団体"
    )
    document = models.ForeignKey(
        "sources.SourceDocument", models.PROTECT, related_name="imports", verbose_name="文書"
    )
    plan = models.ForeignKey(
        "plans.Plan", models.PROTECT, null=True, blank=True, related_name="imports", verbose_name="プラン"
    )
    edition = models.ForeignKey(
        "plans.Edition", models.PROTECT, null=True, blank=True, related_name="imports", verbose_name="版"
    )
    base = models.ForeignKey(
        "plans.Edition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="前の版"
    )
    state = models.CharField("状態", max_length=20, default="proposed", choices=list(words.STATES.items()))
    read = models.JSONField("読み取った表題など")
    head = models.JSONField("訂正後の表題など")
    warnings = models.JSONField("注意", default=list, blank=True)
    reading_version = models.CharField("読み取りの版", max_length=20, blank=True)
    created_at = models.DateTimeField("作成日時", default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("終了日時", null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=list(words.STATES)), name="ingest_import_state_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.head.get("title") or self.document)


class Proposal(models.Model):
    """One thing read: its content as read (`read`) and as the office would have it (`payload`), its place.

    `parent` is what it stands under (an item's section, a figure's indicator); `position` orders all rows of
    an import as the document does. `matched` is the key of the row of the edition that it agrees with, in
    the table that `kind` names, and `changes` what differs from it as [[field, old, new], …]. `made` is the
    key of the row it became. `problem` says why it cannot be accepted as it is. `decision`: open, corrected
    (open, and changed by hand), dropped, accepted.
    """

    imported = models.ForeignKey(
        Import, models.CASCADE, related_name="proposals", verbose_name="取り込み", db_column="import_id"
    )
    kind = models.CharField("種類", max_length=20, choices=list(words.KINDS.items()))
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveBigIntegerField("並び順")
    read = models.JSONField("読み取った内容", null=True)
    payload = models.JSONField("内容")
    line = models.PositiveIntegerField("行", null=True, blank=True)
    page = models.PositiveIntegerField("ページ", null=True, blank=True)
    sheet = models.CharField("シート", max_length=100, blank=True)
    cell = models.CharField("セル", max_length=20, blank=True)
    quote = models.TextField("引用", blank=True)
    decision = models.CharField("判断", max_length=20, default="open", choices=list(words.DECISIONS.items()))
    note = models.CharField("外した理由など", max_length=300, blank=True)
    problem = models.CharField("取り込めない理由", max_length=500, blank=True)
    difference = models.CharField(
        "違い", max_length=20, default="new", choices=list(words.DIFFERENCES.items())
    )
    link = models.CharField("前の版とのつながり", max_length=20, blank=True)
    matched = models.BigIntegerField("一致した行", null=True, blank=True)
    changes = models.JSONField("変わったところ", default=list, blank=True)
    made = models.BigIntegerField("できた行", null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        indexes = (models.Index(fields=["imported", "position"], name="ingest_proposal_in_order"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(decision__in=list(words.DECISIONS)), name="ingest_proposal_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(difference__in=list(words.DIFFERENCES)), name="ingest_proposal_difference_known"
            ),
        )

    def __str__(self) -> str:
        shown = self.payload.get("title") or self.payload.get("name") or self.payload.get("text") or ""
        return f"{words.KINDS[self.kind]}「{str(shown)[:60]}」"

    @property
    def place(self) -> str:
        """Where it stands in the document, in words; empty for what was added by hand."""
        if self.line is None:
            return ""
        parts = (
            f"{self.page}ページ" if self.page else "",
            f"シート「{self.sheet}」" if self.sheet else "",
            self.cell or f"{self.line}行目",
        )
        return " ".join(part for part in parts if part)
