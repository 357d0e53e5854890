"""Ledgers, their records and the records' yearly figures. What the values mean is told by the kind's text."""

from __future__ import annotations

from django.db import models

from kaikaku.ledgers.kind import Kind
from kaikaku.ledgers.reading import read_kind


class Ledger(models.Model):
    """台帳. `text` is its kind's file, `version` rises with every change; one retired takes no records.

    `covers_from` and `covers_to` bound the fiscal years for which its records are whole: of others it counts
    nothing, rather than too little.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    code = models.CharField("記号", max_length=40)
    name = models.CharField("台帳の名前", max_length=100)
    text = models.TextField("種類の定義")
    version = models.PositiveIntegerField("定義の版", default=1)
    covers_from = models.PositiveIntegerField("集計できる最初の年度", null=True, blank=True)
    covers_to = models.PositiveIntegerField("集計できる最後の年度", null=True, blank=True)
    retired_at = models.DateTimeField("使用を終えた日時", null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="ledgers_ledger_code_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> Kind:
        """What its records are made of; a text is read once per process."""
        return read_kind(self.text)


class Record(models.Model):
    """台帳の記録. `values` are stored values by field code (see `values.py`).

    `title`, the search keys and the alert are made from the values with every write: `staff_key` of the
    fields that all readers see, `public_key` of the public ones alone, so that no hidden word is found.
    `alert_due` is the nearest day by which something must be done, `alert_from` when it is first told. A
    `stand_in` holds the place of one of a published total whose own name is not published.
    """

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="records", verbose_name="台帳")
    department = models.ForeignKey(
        "org.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="所管",
    )
    title = models.CharField("見出し", max_length=300)
    state = models.CharField("状態", max_length=40)
    public = models.BooleanField("公開する", default=False)
    values = models.JSONField("値", default=dict)
    staff_key = models.TextField("検索の手がかり", blank=True)
    public_key = models.TextField("検索の手がかり（公開分）", blank=True)
    alert_field = models.CharField("期限の項目", max_length=40, blank=True)
    alert_due = models.DateField("期限", null=True, blank=True)
    alert_from = models.DateField("知らせ始める日", null=True, blank=True)
    stand_in = models.BooleanField("公表された合計の内訳", default=False)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="出典",
    )
    version = models.PositiveIntegerField("版", default=1)
    withdrawn_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("ledger", "withdrawn_at", "state"), name="ledgers_record_state"),
            models.Index(fields=("ledger", "department"), name="ledgers_record_department"),
            models.Index(fields=("ledger", "title"), name="ledgers_record_title"),
            models.Index(fields=("alert_from",), name="ledgers_record_alert"),
        )

    def __str__(self) -> str:
        return self.title


class YearFigure(models.Model):
    """The values of a record's yearly fields in one fiscal year."""

    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="year_figures", verbose_name="記録"
    )
    fiscal_year = models.PositiveIntegerField("年度")
    values = models.JSONField("値", default=dict)
    version = models.PositiveIntegerField("版", default=1)

    class Meta:
        ordering = ("fiscal_year",)
        constraints = (
            models.UniqueConstraint(fields=("record", "fiscal_year"), name="ledgers_year_figure_once"),
        )

    def __str__(self) -> str:
        return f"{self.record} {self.fiscal_year}"


class Intake(models.Model):
    """A workbook as it came back: what each cell would change, until someone takes it in or drops it."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="+", verbose_name="台帳")
    uploaded_by = models.ForeignKey(
        "org.User", on_delete=models.PROTECT, related_name="+", verbose_name="送った人"
    )
    file_name = models.CharField("ファイル名", max_length=255)
    cells = models.JSONField("読み取った内容", default=list)
    uploaded_at = models.DateTimeField("送った日時", auto_now_add=True)
    settled_at = models.DateTimeField("処理した日時", null=True, blank=True)
    taken = models.BooleanField("取り込んだ", default=False)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name
