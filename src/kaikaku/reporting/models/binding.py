"""Figures that are computed from an app's records: the binding, a year set aside, and what was frozen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from kaikaku.core.eras import days_of_fiscal_year, show_fiscal_year


class Binding(models.Model):
    """An indicator's actuals come from a metric (reporting.measuring), from `from_year` on.

    It belongs to the indicator of one edition and holds for those that carry it on, as long as these have no
    row of their own (queries.binding). `metric_name`, `unit` and `app_name` are as they were when it was
    bound, so that it can be read when the app is switched off. One that ended stays as history.
    """

    indicator = models.ForeignKey(
        "plans.Indicator", on_delete=models.PROTECT, related_name="bindings", verbose_name="指標"
    )
    metric = models.CharField("計算のもと", max_length=100)
    options = models.JSONField("条件", default=dict, blank=True)
    from_year = models.PositiveSmallIntegerField("この年度から")
    note = models.TextField("メモ", blank=True)
    metric_name = models.CharField("計算のもとの名称", max_length=200)
    unit = models.CharField("単位", max_length=40, blank=True)
    app_name = models.CharField("アプリの名称", max_length=100)
    bound_by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="結び付けた人"
    )
    bound_at = models.DateTimeField("結び付けた日時", auto_now_add=True)
    ended_by = models.ForeignKey(
        "org.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="解いた人",
    )
    ended_at = models.DateTimeField("解いた日時", null=True, blank=True)
    end_reason = models.TextField("解いた理由", blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("indicator",),
                condition=Q(ended_at__isnull=True),
                name="reporting_binding_one_an_indicator",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""),
                name="reporting_binding_ended_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator.name} ← {self.metric_name}"


class SetAside(models.Model):
    """A year in which a bound indicator is typed all the same, with the reason that the approver reads."""

    binding = models.ForeignKey(
        Binding, on_delete=models.PROTECT, related_name="set_aside", verbose_name="結び付け"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    reason = models.TextField("理由")
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="決めた人"
    )
    at = models.DateTimeField("日時", auto_now_add=True)
    resumed_at = models.DateTimeField("戻した日時", null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("binding", "fiscal_year"),
                condition=Q(resumed_at__isnull=True),
                name="reporting_set_aside_once_a_year",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reporting_set_aside_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.binding} {show_fiscal_year(self.fiscal_year)}"


class Frozen(models.Model):
    """A bound value as the chief confirmed it: `content` is freezing.Content as canonical JSON.

    `value` is what went into the sheet (rounded, in the base unit); the exact one is in the content. A sheet
    that is returned thaws it; a correction from the records makes a new one that supersedes it.
    """

    binding = models.ForeignKey(
        Binding, on_delete=models.PROTECT, related_name="frozen", verbose_name="結び付け"
    )
    row = models.ForeignKey(
        "reporting.SheetFigure", on_delete=models.PROTECT, related_name="frozen", verbose_name="調書の値"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    value = models.DecimalField("値", max_digits=30, decimal_places=10, null=True, blank=True)
    shown = models.CharField("表示", max_length=300, blank=True)
    content = models.TextField("固定した内容", editable=False)
    sha256 = models.CharField("照合値（SHA-256）", max_length=64)
    records = models.PositiveIntegerField("記録の数")
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="確認した人"
    )
    at = models.DateTimeField("固定した日時", auto_now_add=True)
    thawed_by = models.ForeignKey(
        "reporting.Move",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="thawed",
        verbose_name="固定を解いた手続",
    )
    superseded_at = models.DateTimeField("置き換えた日時", null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("row",),
                condition=Q(thawed_by__isnull=True, superseded_at__isnull=True),
                name="reporting_frozen_one_a_figure",
            ),
        )

    def __str__(self) -> str:
        return f"{self.binding.metric_name} {show_fiscal_year(self.fiscal_year)}：{self.shown}"

    @property
    def is_midway(self) -> bool:
        """Whether its year was not over yet: a forecast, which the records go on from."""
        return localtime(self.at).date() <= days_of_fiscal_year(self.fiscal_year)[1]
