"""The documents that figures come from, and the places in them that are cited."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .audience import Audience


class SourceDocument(models.Model):
    """A document as it was received, byte for byte, with its text by line for the viewer.

    `text_lines[n - 1]` is line n; `places` names each line in the format's own terms (「3ページ」) and is
    empty where the line number says all. `audience` is the widest that any keeper of this content asked for.
    """

    organisation = models.ForeignKey("org.Organisation", models.PROTECT, related_name="sources")
    title = models.CharField("表題", max_length=300)
    file_name = models.CharField("ファイル名", max_length=255)
    media_type = models.CharField("種類", max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("大きさ（バイト）")
    file = models.FileField(max_length=255)
    published_on = models.DateField("公表日", null=True, blank=True)
    text_lines = models.JSONField(default=list)
    places = models.JSONField(default=list)
    audience = models.CharField(
        "見られる人", max_length=20, choices=Audience.choices, default=Audience.HOLDERS
    )
    kept_at = models.DateTimeField("受入日時", default=timezone.now)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-kept_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "sha256"], name="sources_one_document_per_content"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="sources_audience_known"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Citation(models.Model):
    """One place in a document, and the text that stands there."""

    document = models.ForeignKey(SourceDocument, models.PROTECT, related_name="citations")
    line = models.PositiveIntegerField("行")
    page = models.PositiveIntegerField("ページ", null=True, blank=True)
    sheet = models.CharField("シート", max_length=100, blank=True)
    cell = models.CharField("セル", max_length=20, blank=True)
    quote = models.TextField("引用")

    class Meta:
        ordering = ("document", "line", "pk")
        indexes = (models.Index(fields=["document", "line"], name="sources_citation_by_line"),)

    def __str__(self) -> str:
        return f"{self.document} {self.place}"

    @property
    def place(self) -> str:
        """Where, in words: 「3ページ 12行目」「シート「表1」 B4」."""
        parts = [
            f"{self.page}ページ" if self.page else "",
            f"シート「{self.sheet}」" if self.sheet else "",
            self.cell or f"{self.line}行目",
        ]
        return " ".join(part for part in parts if part)
