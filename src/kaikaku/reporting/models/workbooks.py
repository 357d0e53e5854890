"""Workbooks that went out and came back: what was handed out, what was brought in, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from kaikaku.reporting.models.way import Round, Sheet


class Handout(models.Model):
    """What a workbook made of a version of a sheet said: the base that a change is held against later.

    `contents` as workbooks.placing.Contents. It is kept once for a version, however often it is made.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="handouts", verbose_name="調書")
    version = models.PositiveIntegerField("調書の版")
    contents = models.JSONField("様式の内容", default=dict)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sheet", "version"), name="reporting_handout_once_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.sheet_id} 版{self.version}"


class Upload(models.Model):
    """A workbook that came back. `sheet` is set where a clerk brought in their own; `told` is of the file.

    `alone` where no row of the file names another sheet, so that whoever reads the sheet may read the file.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="uploads", verbose_name="照会")
    sheet = models.ForeignKey(
        Sheet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="uploads",
        verbose_name="調書",
    )
    document = models.ForeignKey(
        "sources.SourceDocument", on_delete=models.PROTECT, related_name="+", verbose_name="ファイル"
    )
    by = models.ForeignKey(
        "org.User", on_delete=models.PROTECT, related_name="+", verbose_name="取り込んだ人"
    )
    at = models.DateTimeField("日時", default=timezone.now)
    told = models.JSONField("ファイルについて", default=list, blank=True)
    alone = models.BooleanField("1つの調書だけの様式", default=False)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.document}（{self.round.title}）"


class UploadPart(models.Model):
    """What a workbook says of one sheet: the cells that differ from what was handed out.

    `changes` (workbooks.placing.Change) and `told` never change. `review` is how they stood against the
    sheet's version `compared`, and `summary` its numbers; once applied they stay as the record of what was
    taken.
    """

    upload = models.ForeignKey(
        Upload, on_delete=models.CASCADE, related_name="parts", verbose_name="取り込み"
    )
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="+", verbose_name="調書")
    changes = models.JSONField("変更", default=list)
    told = models.JSONField("伝えること", default=list, blank=True)
    handed = models.PositiveIntegerField("様式の版", default=0)
    compared = models.PositiveIntegerField("比べた版", default=0)
    review = models.JSONField("点検の結果", default=dict)
    summary = models.JSONField("点検の要約", default=dict)
    applied_at = models.DateTimeField("取り込んだ日時", null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("upload", "sheet"), name="reporting_part_once_an_upload"),
        )

    def __str__(self) -> str:
        return f"{self.upload_id} {self.sheet_id}"
