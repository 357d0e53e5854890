"""The rating rule as dated data, and what became of a plan's parts from one edition to the next."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.core.rollup import HELD
from kaikaku.plans import words
from kaikaku.plans.models.figures import Indicator
from kaikaku.plans.models.plan import Edition, Plan, Section


class RatingScheme(models.Model):
    """A rating scheme (`core.ratings.Scheme` as JSON). A row is never changed: a new rule is a new row with
    its date.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="rating_schemes", verbose_name="団体"
    )
    name = models.CharField("名称", max_length=100)
    data = models.JSONField("内容")
    valid_from = models.DateField("適用日")
    created_at = models.DateTimeField("登録日時", auto_now_add=True)

    class Meta:
        ordering = ("-valid_from", "-pk")

    def __str__(self) -> str:
        return self.name


class Lineage(models.Model):
    """What a section or an indicator of one edition became in another (加除修正), with the reason.

    A merge is several links to one, a split several from one; what is added has no origin, what ended no
    heir.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lineage", verbose_name="プラン")
    kind = models.CharField("種類", max_length=20, choices=list(words.LINK_KINDS.items()))
    outcome = models.CharField(
        "終了の種類", max_length=20, blank=True, choices=list(words.END_OUTCOMES.items())
    )
    reason = models.TextField("理由", blank=True)
    from_section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="heirs",
        verbose_name="前の見出し",
    )
    to_section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="origins",
        verbose_name="次の見出し",
    )
    from_indicator = models.ForeignKey(
        Indicator,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="heirs",
        verbose_name="前の指標",
    )
    to_indicator = models.ForeignKey(
        Indicator,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="origins",
        verbose_name="次の指標",
    )
    created_at = models.DateTimeField("登録日時", auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(words.LINK_KINDS)), name="plans_lineage_kind_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(from_section__isnull=True, to_section__isnull=True)
                    & ~Q(from_indicator__isnull=True, to_indicator__isnull=True)
                )
                | (
                    Q(from_indicator__isnull=True, to_indicator__isnull=True)
                    & ~Q(from_section__isnull=True, to_section__isnull=True)
                ),
                name="plans_lineage_sections_or_indicators",
            ),
            models.CheckConstraint(
                condition=~Q(kind="added") | Q(from_section__isnull=True, from_indicator__isnull=True),
                name="plans_lineage_added_has_no_origin",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ended") | Q(to_section__isnull=True, to_indicator__isnull=True),
                name="plans_lineage_ended_has_no_heir",
            ),
        )

    def __str__(self) -> str:
        return words.LINK_KINDS.get(self.kind, self.kind)


class OverallRating(models.Model):
    """What people settled as the overall rating of a section in a year (総合評価).

    `level` is a label of the edition's policy, blank for 判定保留; `automatic` and `working` are what the
    policy gave at that time. A later decision supersedes an earlier one; the earlier row stays.
    """

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="overall_ratings", verbose_name="見出し"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    level = models.CharField("総合評価", max_length=40, blank=True)
    slot = models.PositiveSmallIntegerField("色", default=0)
    automatic = models.CharField("自動判定", max_length=40)
    working = models.TextField("自動判定の計算")
    reason = models.TextField("理由", blank=True)
    decider = models.CharField("決めた人・会議", max_length=200)
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="記録した人"
    )
    decided_at = models.DateTimeField("記録日時", auto_now_add=True)
    is_current = models.BooleanField("現在の値", default=True)
    supersedes = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
        verbose_name="置き換えた評価",
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("section", "fiscal_year"),
                condition=Q(is_current=True),
                name="plans_overall_one_current_a_year",
            ),
        )

    def __str__(self) -> str:
        return f"{self.section}：{self.level or HELD}"


class Cause(models.Model):
    """What led to a change in an edition: something noticed, decided or said, as it was cited.

    The part is that of the edition, or of the one before where it has ended. `source` and `source_key` name
    the page of the app that knows more (`reviews:event`, 12); the words are kept here, so that a list of
    changes can be read without that app.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="causes", verbose_name="版")
    section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="causes",
        verbose_name="見出し",
    )
    indicator = models.ForeignKey(
        Indicator,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="causes",
        verbose_name="指標",
    )
    source = models.CharField("もとの記録の種類", max_length=40)
    source_key = models.PositiveBigIntegerField("もとの記録")
    label = models.CharField("種類", max_length=40)
    text = models.TextField("内容")
    happened_on = models.DateField("日付", null=True, blank=True)

    class Meta:
        ordering = ("happened_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(section__isnull=True, indicator__isnull=False)
                | Q(section__isnull=False, indicator__isnull=True),
                name="plans_cause_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=("edition", "section", "source", "source_key"), name="plans_cause_once_a_section"
            ),
            models.UniqueConstraint(
                fields=("edition", "indicator", "source", "source_key"), name="plans_cause_once_an_indicator"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}：{self.text[:60]}"
