"""Indicators, their figures of every role, and results published without single figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kaikaku.core.eras import show_fiscal_year
from kaikaku.plans import words
from kaikaku.plans.models.plan import Edition, Removable, Section


class Indicator(Removable):
    """What is measured. `direction` or `accumulation` unknown is blank; rating then says that it needs them.

    `formula` blank means the edition's own; `weight` is for roll-ups that weigh, 1 otherwise.
    `external_factor` is a mark with its note and never changes a grade.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="indicators", verbose_name="版"
    )
    section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name="見出し",
    )
    code = models.CharField("符号", max_length=20)
    position = models.PositiveIntegerField("並び順")
    name = models.CharField("名称", max_length=300)
    unit = models.CharField("単位", max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField("小数点以下の桁数", null=True, blank=True)
    direction = models.CharField("向き", max_length=20, blank=True, choices=list(words.DIRECTIONS.items()))
    accumulation = models.CharField(
        "数え方", max_length=20, blank=True, default="", choices=list(words.ACCUMULATIONS.items())
    )
    kind = models.CharField("種類", max_length=20, blank=True, choices=list(words.INDICATOR_KINDS.items()))
    formula = models.CharField("計算方法", max_length=30, blank=True)
    definition = models.TextField("定義", blank=True)
    note = models.TextField("補足", blank=True)
    owner = models.ForeignKey(
        "org.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name="所管",
    )
    external_factor = models.TextField("外的要因", blank=True)
    survey_based = models.BooleanField("調査による", default=False)
    weight = models.DecimalField("重み", max_digits=8, decimal_places=3, default=1)
    cross_listed = models.ManyToManyField(
        Section, blank=True, related_name="cross_listed_indicators", verbose_name="再掲"
    )
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_indicators",
        verbose_name="出典",
    )

    class Meta(Removable.Meta):
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="plans_indicator_code_once_per_edition"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="plans_indicator_weight_above_zero"),
        )

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """One value of an indicator, as printed or typed (`text`) and as understood (`value`, base unit);
    `shown` is what core prints for it, made once since a row never changes.

    A value that is not there is None and carries the code of its reason, and words where it needs them. A
    correction is a new row that supersedes the old one, which stays as history with `is_current` false; one
    role has one current row a year. Of an indicator that accumulates, every value runs from
    `cumulative_from`. `column_year` is the year of the column a value is printed in, where that is not its
    own (山形県: 「100%(R7)」 under R6目標値); `printed_rate` and `printed_grade` are what the document itself
    says beside an actual. `provenance` says of a value that was computed from records what they are.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="figures", verbose_name="指標"
    )
    role = models.CharField("値の種類", max_length=20, choices=list(words.ROLES.items()))
    fiscal_year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    text = models.CharField("印刷・入力された値", max_length=300, blank=True)
    shown = models.CharField("表示", max_length=300, blank=True)
    value = models.DecimalField("値", max_digits=30, decimal_places=10, null=True, blank=True)
    upper = models.DecimalField("上限", max_digits=30, decimal_places=10, null=True, blank=True)
    unit = models.CharField("単位", max_length=40, blank=True)
    qualifiers = models.JSONField("限定の語", default=list, blank=True)
    status = models.CharField(
        "値の状態", max_length=20, default="confirmed", choices=list(words.STATUSES.items())
    )
    reason = models.CharField("値がない理由", max_length=40, blank=True)
    reason_note = models.CharField("理由の説明", max_length=300, blank=True)
    cumulative_from = models.PositiveSmallIntegerField("累計の始め", null=True, blank=True)
    column_year = models.PositiveSmallIntegerField("欄の年度", null=True, blank=True)
    printed_rate = models.CharField("資料の達成率", max_length=40, blank=True)
    printed_grade = models.CharField("資料の達成度", max_length=40, blank=True)
    provenance = models.CharField("何から計算したか", max_length=300, blank=True)
    is_current = models.BooleanField("最新", default=True)
    supersedes = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
        verbose_name="訂正前の値",
    )
    change_reason = models.TextField("訂正の理由", blank=True)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_figures",
        verbose_name="出典",
    )
    created_at = models.DateTimeField("登録日時", auto_now_add=True)

    class Meta:
        ordering = ("role", "fiscal_year", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "role", "fiscal_year"),
                condition=Q(is_current=True),
                name="plans_figure_one_current_a_year",
            ),
            models.UniqueConstraint(
                fields=("indicator", "role"),
                condition=Q(is_current=True, fiscal_year__isnull=True),
                name="plans_figure_one_current_without_year",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(reason=""), name="plans_figure_value_or_reason"
            ),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("value")), name="plans_figure_range_runs_up"
            ),
        )

    def __str__(self) -> str:
        year = f"（{show_fiscal_year(self.fiscal_year)}）" if self.fiscal_year else ""
        return f"{self.indicator.name} {words.ROLES.get(self.role, self.role)}{year}"


class PastResult(models.Model):
    """One line of a published summary table that has no single figures behind it (岩手県 R2 概要版).

    `counts` holds a number per band code of `scheme`; `printed_shares` the percentages as printed, by the
    same codes, so that what we compute can be held against them. The line of all (全体) has `is_total`, and
    carries in `lists` the names the paper prints: [{"title", "names": [{"name", "marked"}], "footnote"}].
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="past_results", verbose_name="版"
    )
    section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="past_results",
        verbose_name="見出し",
    )
    scheme = models.ForeignKey(
        "plans.RatingScheme",
        on_delete=models.PROTECT,
        related_name="past_results",
        verbose_name="評価の決まり",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    position = models.PositiveIntegerField("並び順")
    number = models.CharField("番号", max_length=40, blank=True)
    label = models.CharField("見出し", max_length=300)
    is_total = models.BooleanField("全体", default=False)
    total = models.PositiveIntegerField("指標数")
    counts = models.JSONField("達成度ごとの数", default=dict)
    printed_shares = models.JSONField("資料の割合", default=dict, blank=True)
    lists = models.JSONField("一覧", default=list, blank=True)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_results",
        verbose_name="出典",
    )

    class Meta:
        ordering = ("fiscal_year", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "fiscal_year", "position"), name="plans_pastresult_line_once_a_year"
            ),
            models.UniqueConstraint(
                fields=("edition", "fiscal_year"),
                condition=Q(is_total=True),
                name="plans_pastresult_one_total_a_year",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.number} {self.label}"
