"""A call for ideas: what is asked of whom until when, by which axes, and its days."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Campaign(models.Model):
    """提案の募集. Ideas are taken from `opens_on` to `closes_on` (both inclusive), once it is announced.

    `axes` hold axes.Axis as JSON and are fixed by the first idea sent. `statistics` are the counts by axis,
    made safe once when it is closed, and never again: a table that changed by one idea would name its
    proposer. `published_total` is a number that only a document tells (`citation`).
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    edition = models.ForeignKey(
        "plans.Edition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="結果を載せる版",
    )
    title = models.CharField("名称", max_length=200)
    theme = models.TextField("募集テーマ")
    audience = models.CharField("対象者", max_length=200, default="全職員")
    rules = models.TextField("応募のきまり", blank=True)
    opens_on = models.DateField("募集を始める日")
    closes_on = models.DateField("募集を終える日")
    axes = models.JSONField("集計の区分", default=list, blank=True)
    likes = models.BooleanField("「いいね」を受け付ける", default=True)
    comments = models.BooleanField("コメントを受け付ける", default=True)
    announced_at = models.DateTimeField("公開日時", null=True, blank=True)
    closed_at = models.DateTimeField("締切の処理をした日時", null=True, blank=True)
    statistics = models.JSONField("集計", null=True, blank=True)
    last_number = models.PositiveIntegerField("最後の受付番号", default=0)
    published_total = models.PositiveIntegerField("公表された提案件数", null=True, blank=True)
    policy = models.TextField("実現の進め方", blank=True)
    list_note = models.CharField("実現一覧の注記", max_length=200, blank=True)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="出典",
    )

    class Meta:
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "title"), name="ideas_campaign_title_once"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="ideas_campaign_closes_after_it_opens"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """A day of a campaign's timeline; `text` is the day as printed (令和6年2～3月), `first` orders it."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="milestones", verbose_name="募集"
    )
    first = models.DateField("日（始まり）")
    last = models.DateField("日（終わり）")
    text = models.CharField("日の書き方", max_length=60, blank=True)
    title = models.CharField("予定", max_length=200)
    note = models.CharField("説明", max_length=200, blank=True)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="出典",
    )

    class Meta:
        ordering = ("first", "last", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="ideas_milestone_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return self.title
