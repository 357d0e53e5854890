"""実践事例集: what was realised, told so that others can do it too."""

from __future__ import annotations

from django.db import models

from kaikaku.ideas.models.campaign import Campaign
from kaikaku.ideas.models.realisation import Realisation


class Casebook(models.Model):
    """A book of cases. Once issued it stands as it is until it is taken back for another edit."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="casebooks", verbose_name="募集"
    )
    title = models.CharField("名称", max_length=200)
    introduction = models.TextField("はじめに", blank=True)
    issued_on = models.DateField("発行日", null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "title"), name="ideas_casebook_title_once"),
        )

    def __str__(self) -> str:
        return self.title


class Case(models.Model):
    """A case: the matter, before and after, how to do it. A planned one may have only its summary."""

    casebook = models.ForeignKey(
        Casebook, on_delete=models.PROTECT, related_name="cases", verbose_name="事例集"
    )
    realisation = models.ForeignKey(
        Realisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name="実現した取組",
    )
    position = models.PositiveIntegerField("並び順")
    category = models.CharField("カテゴリ", max_length=60)
    title = models.CharField("題名", max_length=200)
    summary = models.TextField("内容", blank=True)
    before = models.TextField("これまで", blank=True)
    after = models.TextField("これから", blank=True)
    steps = models.TextField("進め方", blank=True)
    effect = models.TextField("効果", blank=True)
    department = models.ForeignKey(
        "org.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="問い合わせ先の所属",
    )
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="出典",
    )

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title
