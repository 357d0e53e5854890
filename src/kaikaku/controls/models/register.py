"""Risks of a government's work and the controls against them (リスク管理表)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kaikaku.controls import words
from kaikaku.controls.rules import grade

LEVELS = list(words.LEVELS.items())


def risk_code(number: int) -> str:
    """How a risk is called: R-007."""
    return f"R-{number:03}"


class Risk(models.Model):
    """One thing that may go wrong in one section's work.

    `score` is likelihood × impact, kept for lists. `slip` is the check of reporting whose recurring slips it
    grew out of, if any. A retired risk is no longer asked about; its past checks stay.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    number = models.PositiveIntegerField("番号")
    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="+", verbose_name="所属"
    )
    process = models.CharField("業務", max_length=100)
    event = models.TextField("起こり得ること")
    cause = models.TextField("原因", blank=True)
    category = models.CharField("区分", max_length=20, choices=list(words.CATEGORIES.items()))
    likelihood = models.PositiveSmallIntegerField("起こりやすさ", choices=LEVELS)
    impact = models.PositiveSmallIntegerField("影響の大きさ", choices=LEVELS)
    score = models.PositiveSmallIntegerField("点数", editable=False)
    money = models.DecimalField("見込まれる損失", max_digits=20, decimal_places=0, null=True, blank=True)
    quality = models.TextField("金額で表せない影響", blank=True)
    response = models.CharField("対応の方針", max_length=20, choices=list(words.RESPONSES.items()))
    owner = models.CharField("責任者", max_length=100, blank=True)
    due = models.DateField("対応の期限", null=True, blank=True)
    slip = models.CharField("もとになった点検", max_length=40, blank=True)
    added_on = models.DateField("登録した日")
    retired_on = models.DateField("管理を終えた日", null=True, blank=True)
    retired_why = models.TextField("終えた理由", blank=True)

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=("organisation", "department", "retired_on")),)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "number"), name="controls_risk_number_once"),
            models.UniqueConstraint(
                fields=("organisation", "slip"),
                condition=~Q(slip="") & Q(retired_on__isnull=True),
                name="controls_risk_once_a_slip",
            ),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 3), impact__range=(1, 3)), name="controls_risk_levels"
            ),
            models.CheckConstraint(
                condition=Q(score=F("likelihood") * F("impact")), name="controls_risk_score_is_the_product"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.event}"

    @property
    def code(self) -> str:
        return risk_code(self.number)

    @property
    def grade(self) -> str:
        return grade(self.score).value


class Control(models.Model):
    """What is done so that a risk does not come true, or is noticed at once."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="controls", verbose_name="リスク")
    text = models.TextField("していること")
    type = models.CharField("種類", max_length=20, choices=list(words.TYPES.items()))
    means = models.CharField("手段", max_length=20, choices=list(words.MEANS.items()))
    owner = models.CharField("行う人", max_length=100, blank=True)
    evidence = models.CharField("分かる書類・記録", max_length=200)
    added_on = models.DateField("登録した日")
    retired_on = models.DateField("やめた日", null=True, blank=True)

    class Meta:
        ordering = ("risk__number", "pk")

    def __str__(self) -> str:
        return self.text
