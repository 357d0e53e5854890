"""What became real of ideas, where it leads, and who took it over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.ideas import words
from kaikaku.ideas.models.campaign import Campaign
from kaikaku.ideas.models.idea import Idea


class Realisation(models.Model):
    """実現した取組. One may fulfil many ideas and an idea may need several (Fulfilment).

    `hours` are a year's hours saved, given only where no linked record of another app counts them already.
    `since` is the time as printed (R5.11～).
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="realisations", verbose_name="募集"
    )
    title = models.CharField("内容", max_length=200)
    text = models.TextField("説明", blank=True)
    progress = models.CharField("進み具合", max_length=20, choices=list(words.PROGRESS.items()))
    since = models.CharField("時期", max_length=60, blank=True)
    realised_on = models.DateField("実現した日", null=True, blank=True)
    department = models.ForeignKey(
        "org.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="担当の所属",
    )
    hours = models.DecimalField("1年間の削減時間", max_digits=12, decimal_places=2, null=True, blank=True)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="出典",
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "title"), name="ideas_realisation_title_once"),
            models.CheckConstraint(
                condition=Q(progress__in=list(words.PROGRESS)), name="ideas_realisation_progress_known"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Fulfilment(models.Model):
    """An idea realised by a realisation, in full or in part (一部実現)."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="fulfilments", verbose_name="提案")
    realisation = models.ForeignKey(
        Realisation, on_delete=models.PROTECT, related_name="fulfilments", verbose_name="実現した取組"
    )
    extent = models.CharField("範囲", max_length=20, choices=list(words.EXTENTS.items()))
    rest = models.CharField("実現していない部分", max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("idea", "realisation"), name="ideas_fulfilment_once"),)

    def __str__(self) -> str:
        return f"{self.idea} → {self.realisation}"


class Listed(models.Model):
    """A row of the published list of what was realised. 【再掲】 rows show a realisation again."""

    realisation = models.ForeignKey(
        Realisation, on_delete=models.PROTECT, related_name="listed", verbose_name="実現した取組"
    )
    position = models.PositiveIntegerField("並び順")
    category = models.CharField("カテゴリ", max_length=60)
    title = models.CharField("提案", max_length=200)
    cross_listed = models.BooleanField("再掲", default=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("realisation",), condition=Q(cross_listed=False), name="ideas_listed_first_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Trail(models.Model):
    """Where a realisation leads: a section or indicator of a plan, a record of another app, or an address.

    A record of another app is kept by its `key` (bpr.project:12) with the words and address it had then: the
    apps of the reform work are strangers to one another.
    """

    realisation = models.ForeignKey(
        Realisation, on_delete=models.PROTECT, related_name="trails", verbose_name="実現した取組"
    )
    kind = models.CharField("つながる先", max_length=20, choices=list(words.LINKS.items()))
    section = models.ForeignKey(
        "plans.Section",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="プランの取組",
    )
    indicator = models.ForeignKey(
        "plans.Indicator",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="プランの指標",
    )
    key = models.CharField("記録", max_length=100, blank=True)
    label = models.CharField("名前", max_length=200)
    url = models.CharField("アドレス", max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("realisation", "key"), condition=~Q(key=""), name="ideas_trail_key_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="section", section__isnull=False, indicator__isnull=True)
                | Q(kind="indicator", section__isnull=True, indicator__isnull=False)
                | (Q(kind="record", section__isnull=True, indicator__isnull=True) & ~Q(key=""))
                | (Q(kind="url", section__isnull=True, indicator__isnull=True) & ~Q(url="")),
                name="ideas_trail_leads_to_one_place",
            ),
        )

    def __str__(self) -> str:
        return self.label


class Rollout(models.Model):
    """水平展開: what one section did, offered to another, and what that one made of it."""

    realisation = models.ForeignKey(
        Realisation, on_delete=models.PROTECT, related_name="rollouts", verbose_name="実現した取組"
    )
    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="+", verbose_name="所属"
    )
    offered_on = models.DateField("紹介した日")
    due = models.DateField("回答の期限", null=True, blank=True)
    outcome = models.CharField("回答", max_length=20, choices=list(words.ROLLOUTS.items()), default="offered")
    reason = models.TextField("理由・変えた点", blank=True)
    answered_on = models.DateField("回答した日", null=True, blank=True)
    by = models.ForeignKey(
        "org.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="回答した人",
    )

    class Meta:
        ordering = ("department__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("realisation", "department"), name="ideas_rollout_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=("offered", "adopted")) | ~Q(reason=""),
                name="ideas_rollout_reason_given",
            ),
        )
        indexes = (models.Index(fields=("department", "outcome"), name="ideas_rollout_queue"),)

    def __str__(self) -> str:
        return f"{self.realisation} → {self.department}"
