"""What went wrong, and whether the same work elsewhere was looked at (水平展開)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.controls import words
from kaikaku.controls.models.register import Risk


class Incident(models.Model):
    """A slip or an accident of one section, with its cause and what was done."""

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="+", verbose_name="所属"
    )
    title = models.CharField("件名", max_length=200)
    happened_on = models.DateField("起きた日")
    process = models.CharField("業務", max_length=100)
    what = models.TextField("何が起きたか")
    cause = models.TextField("原因")
    remedy = models.TextField("行った対応", blank=True)
    risks = models.ManyToManyField(Risk, related_name="incidents", blank=True, verbose_name="リスク")

    class Meta:
        ordering = ("-happened_on", "-pk")
        indexes = (models.Index(fields=("organisation", "happened_on")),)

    def __str__(self) -> str:
        return self.title


class Rollout(models.Model):
    """One section asked to look at its own work after an incident elsewhere."""

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="rollouts", verbose_name="事故・ミス"
    )
    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="+", verbose_name="所属"
    )
    due = models.DateField("回答の期限")
    state = models.CharField("状態", max_length=20, default="asked", choices=list(words.ROLLOUTS.items()))
    text = models.TextField("確認したこと・理由", blank=True)
    by = models.ForeignKey(
        "org.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="回答した人",
    )
    answered_on = models.DateField("回答した日", null=True, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(fields=("incident", "department"), name="controls_rollout_once"),
            models.CheckConstraint(
                condition=Q(state="asked") | ~Q(text=""), name="controls_rollout_answered_in_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident}（{self.department}）"

    @property
    def seen(self) -> str:
        """What a person who is about to answer has before them: the answer and whose it is."""
        return f"{self.state}:{self.by_id or ''}"
