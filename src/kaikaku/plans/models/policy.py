"""The rating rule as dated data, and what became of a plan's parts from one edition to the next."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.plans import words
from kaikaku.plans.models.figures import Indicator
from kaikaku.plans.models.plan import Plan, Section


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
