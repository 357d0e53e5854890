"""Indicators, their figures of every role, and results published without single figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kaikaku.plans import words
from kaikaku.plans.models.plan import Edition, Removable, Section


class Indicator(Removable):
    """What is measured. `direction` or `accumulation` unknown is blank; rating then says that it needs them.

    `formula` blank means the edition's own; `weight` is for roll-ups that weigh, 1 otherwise.
    `external_factor` is a mark with its note and never changes a grade.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="indicators")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators"
    )
    code = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(null=True, blank=True)
    direction = models.CharField(max_length=20, blank=True, choices=list(words.DIRECTIONS.items()))
    accumulation = models.CharField(
        max_length=20, blank=True, default="", choices=list(words.ACCUMULATIONS.items())
    )
    kind = models.CharField(max_length=20, blank=True, choices=list(words.INDICATOR_KINDS.items()))
    formula = models.CharField(max_length=30, blank=True)
    definition = models.TextField(blank=True)
    note = models.TextField(blank=True)
    owner = models.ForeignKey(
        "org.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="indicators"
    )
    external_factor = models.TextField(blank=True)
    survey_based = models.BooleanField(default=False)
    weight = models.DecimalField(max_digits=8, decimal_places=3, default=1)
    cross_listed = models.ManyToManyField(Section, blank=True, related_name="cross_listed_indicators")
    citation = models.ForeignKey(
        "sources.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="plan_indicators"
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
    says beside an actual.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    role = models.CharField(max_length=20, choices=list(words.ROLES.items()))
    fiscal_year = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(max_length=300, blank=True)
    shown = models.CharField(max_length=300, blank=True)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True, blank=True)
    upper = models.DecimalField(max_digits=30, decimal_places=10, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    qualifiers = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=20, default="confirmed", choices=list(words.STATUSES.items()))
    reason = models.CharField(max_length=40, blank=True)
    reason_note = models.CharField(max_length=300, blank=True)
    cumulative_from = models.PositiveSmallIntegerField(null=True, blank=True)
    column_year = models.PositiveSmallIntegerField(null=True, blank=True)
    printed_rate = models.CharField(max_length=40, blank=True)
    printed_grade = models.CharField(max_length=40, blank=True)
    is_current = models.BooleanField(default=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    change_reason = models.TextField(blank=True)
    citation = models.ForeignKey(
        "sources.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="plan_figures"
    )
    created_at = models.DateTimeField(auto_now_add=True)

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
        return f"{words.ROLES.get(self.role, self.role)} {self.text}".strip()


class PastResult(models.Model):
    """One line of a published summary table that has no single figures behind it (岩手県 R2 概要版).

    `counts` holds a number per band code of `scheme`; `printed_shares` the percentages as printed, by the
    same codes, so that what we compute can be held against them. The line of all (全体) has `is_total`, and
    carries in `lists` the names the paper prints: [{"title", "names": [{"name", "marked"}], "footnote"}].
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="past_results")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="past_results"
    )
    scheme = models.ForeignKey("plans.RatingScheme", on_delete=models.PROTECT, related_name="past_results")
    fiscal_year = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=300)
    is_total = models.BooleanField(default=False)
    total = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    printed_shares = models.JSONField(default=dict, blank=True)
    lists = models.JSONField(default=list, blank=True)
    citation = models.ForeignKey(
        "sources.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="plan_results"
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
