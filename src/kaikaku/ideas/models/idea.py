"""An idea, and what people who may not know its proposer see of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.ideas import words
from kaikaku.ideas.models.campaign import Campaign


class Theme(models.Model):
    """A heap of ideas on one matter; made by the office, with the machine's proposal at hand."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="themes", verbose_name="募集"
    )
    title = models.CharField("テーマ", max_length=100)
    position = models.PositiveIntegerField("並び順", default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("campaign", "title"), name="ideas_theme_title_once"),)

    def __str__(self) -> str:
        return self.title


class Label(models.Model):
    """A mark on ideas. One of kind `exclusion` is what an ordinance would exclude; `reason` tells it."""

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    code = models.CharField("記号", max_length=30)
    name = models.CharField("名前", max_length=60)
    kind = models.CharField("種類", max_length=20, choices=list(words.LABEL_KINDS.items()))
    reason = models.CharField("提案した人への説明", max_length=200, blank=True)

    class Meta:
        ordering = ("kind", "pk")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="ideas_label_code_once"),
        )

    def __str__(self) -> str:
        return self.name


class Idea(models.Model):
    """職員提案. Holds nothing of its proposer: who sent it stands in Authorship.

    `number` is given when it is sent. `may_publish` is the proposer's consent to show its words; without it
    only its theme and fate are shown. `version` rises with every write, so that two people who decide at once
    do not overwrite one another. `search_key` is what its words are found by (core.text.fold).
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="ideas", verbose_name="募集"
    )
    number = models.PositiveIntegerField("受付番号", null=True, blank=True)
    title = models.CharField("題名", max_length=100)
    problem = models.TextField("困っていること", blank=True)
    proposal = models.TextField("提案")
    effect = models.TextField("期待する効果", blank=True)
    may_publish = models.BooleanField("本文の公表に同意する", default=False)
    state = models.CharField("状態", max_length=20, choices=list(words.STATES.items()), default="draft")
    sent_on = models.DateField("受付日", null=True, blank=True)
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ideas",
        verbose_name="テーマ",
    )
    track = models.CharField("仕分け", max_length=20, blank=True, choices=list(words.TRACKS.items()))
    need = models.CharField("先に要ること", max_length=20, blank=True, choices=list(words.NEEDS.items()))
    budget_step = models.CharField(
        "予算の段階", max_length=20, blank=True, choices=list(words.BUDGET_STEPS.items())
    )
    delegated_to = models.ForeignKey(
        "org.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="検討を依頼した所属",
    )
    labels = models.ManyToManyField(Label, blank=True, related_name="ideas", verbose_name="目印")
    first_answered_on = models.DateField("最初に回答した日", null=True, blank=True)
    liked = models.PositiveIntegerField("いいねの数", default=0)
    version = models.PositiveIntegerField("版数", default=1)
    search_key = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("campaign", "number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number"), name="ideas_idea_number_once"),
            models.CheckConstraint(condition=Q(state__in=list(words.STATES)), name="ideas_idea_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft", number__isnull=True) | Q(~Q(state="draft"), number__isnull=False),
                name="ideas_idea_number_with_sending",
            ),
        )
        indexes = (
            models.Index(fields=("campaign", "state", "number"), name="ideas_idea_by_state"),
            models.Index(fields=("campaign", "track"), name="ideas_idea_by_track"),
            models.Index(fields=("campaign", "liked"), name="ideas_idea_by_liked"),
            models.Index(fields=("delegated_to", "state"), name="ideas_idea_by_department"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        """All its words, as they are compared with those of others."""
        return "\n".join(part for part in (self.title, self.problem, self.proposal, self.effect) if part)


class AxisValue(models.Model):
    """Where an idea stands on an axis that tells nothing of its proposer."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="values", verbose_name="提案")
    axis = models.CharField("区分", max_length=30)
    value = models.CharField("値", max_length=100)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("idea", "axis"), name="ideas_value_one_an_axis"),)
        indexes = (models.Index(fields=("axis", "value", "idea"), name="ideas_value_by_axis"),)

    def __str__(self) -> str:
        return f"{self.axis}：{self.value}"


class Like(models.Model):
    """One person's いいね on an idea; only their number is ever shown (Idea.liked)."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="likes", verbose_name="提案")
    user = models.ForeignKey(
        "org.User", on_delete=models.PROTECT, related_name="+", verbose_name="「いいね」をした人"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("idea", "user"), name="ideas_like_once"),)

    def __str__(self) -> str:
        return f"#{self.idea_id}"


class Comment(models.Model):
    """A comment. The proposer's own (`from_proposer`) carries no name, for it would tell who proposed."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="comments", verbose_name="提案")
    by = models.ForeignKey(
        "org.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="書いた人",
    )
    from_proposer = models.BooleanField("提案した人から", default=False)
    text = models.TextField("コメント")
    written_on = models.DateField("書いた日")
    hidden_because = models.CharField("非表示にした理由", max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="ideas_comment_has_words"),
            models.CheckConstraint(
                condition=Q(from_proposer=True, by__isnull=True) | Q(from_proposer=False, by__isnull=False),
                name="ideas_comment_proposer_is_not_named",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]
