"""The meetings where items are taken up, what experts said there, what a draft does with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.core.eras import show_date
from kaikaku.plans.models import Indicator, Section
from kaikaku.reviews import words
from kaikaku.reviews.models.loops import ONE_THING, About, Loop


class Meeting(models.Model):
    """A meeting on an edition. `opened_at`: the committee's members may read it; `concluded_at`: its papers
    are as they were then.
    """

    edition = models.ForeignKey(
        "plans.Edition", on_delete=models.PROTECT, related_name="meetings", verbose_name="版"
    )
    kind = models.CharField("種類", max_length=20, choices=list(words.MEETINGS.items()))
    title = models.CharField("名称", max_length=200)
    held_on = models.DateField("開催日")
    starts_at = models.TimeField("開始時刻", null=True, blank=True)
    place = models.CharField("場所", max_length=200, blank=True)
    opinions_due = models.DateField("意見の締切", null=True, blank=True)
    opened_at = models.DateTimeField("委員への公開日時", null=True, blank=True)
    concluded_at = models.DateTimeField("資料の確定日時", null=True, blank=True)

    class Meta:
        ordering = ("-held_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("edition", "title"), name="reviews_meeting_title_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(words.MEETINGS)), name="reviews_meeting_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="committee") | Q(opinions_due__isnull=False),
                name="reviews_meeting_committee_has_due_day",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(kind="committee"),
                name="reviews_meeting_only_committee_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}（{show_date(self.held_on)}）"

    @property
    def reports(self) -> bool:
        """Whether the year's sheets count as reported once it has been held (本部会議報告済み)."""
        return self.kind == "headquarters"

    @property
    def decides(self) -> bool:
        return self.kind in words.DECIDING


class AgendaItem(About):
    """Something a meeting takes up, with why (`reasons`, codes of words.REASONS) and what is asked.

    `shown` is what was printed of it, kept when the meeting is concluded. Taken off the agenda, the row
    stays.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", verbose_name="会議")
    position = models.PositiveIntegerField("並び順")
    reasons = models.JSONField("理由", default=list, blank=True)
    question = models.TextField("確認・決定いただきたいこと", blank=True)
    loop = models.ForeignKey(
        Loop,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
        verbose_name="見直し",
    )
    shown = models.JSONField("資料の内容", null=True, blank=True)
    removed_at = models.DateTimeField("外した日時", null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            ONE_THING,
            models.UniqueConstraint(fields=("meeting", "section"), name="reviews_agenda_section_once"),
            models.UniqueConstraint(fields=("meeting", "indicator"), name="reviews_agenda_indicator_once"),
        )

    def __str__(self) -> str:
        return str(self.subject)


class Opinion(models.Model):
    """What one member of the committee says of one item; `is_public` is decided by the office."""

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="opinions", verbose_name="議題"
    )
    by = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", verbose_name="委員")
    text = models.TextField("意見")
    is_public = models.BooleanField("公表する", default=True)
    written_at = models.DateTimeField("提出日時", auto_now_add=True)

    class Meta:
        ordering = ("item__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("item", "by"), name="reviews_opinion_one_a_member"),
            models.CheckConstraint(condition=~Q(text=""), name="reviews_opinion_has_words"),
        )

    def __str__(self) -> str:
        return self.text[:60]


class Answer(models.Model):
    """対応方針: what becomes of an opinion, and the line of another edition that it changed."""

    opinion = models.OneToOneField(
        Opinion, on_delete=models.PROTECT, related_name="answer", verbose_name="意見"
    )
    stance = models.CharField("対応", max_length=20, choices=list(words.STANCES.items()))
    text = models.TextField("対応方針")
    department = models.ForeignKey(
        "org.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="回答した所属",
    )
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="回答した人"
    )
    answered_at = models.DateTimeField("回答日時", auto_now_add=True)
    to_section = models.ForeignKey(
        "plans.Section",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="反映した見出し",
    )
    to_indicator = models.ForeignKey(
        "plans.Indicator",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="反映した指標",
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(stance__in=list(words.STANCES)), name="reviews_answer_stance_known"
            ),
            models.CheckConstraint(
                condition=Q(to_section__isnull=True, to_indicator__isnull=True)
                | Q(stance__in=list(words.LEADING)),
                name="reviews_answer_only_reflected_leads_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_stance_display()}：{self.text[:60]}"

    @property
    def target(self) -> Section | Indicator | None:
        """The line it changed, if it is linked."""
        return self.to_section or self.to_indicator


class Handling(models.Model):
    """Whether an edition in draft takes up what is still open: a loop, or an opinion of the committee.

    What is left for now says why; it is offered again in the edition after.
    """

    edition = models.ForeignKey(
        "plans.Edition", on_delete=models.PROTECT, related_name="+", verbose_name="次の版"
    )
    loop = models.ForeignKey(
        Loop,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handlings",
        verbose_name="見直し",
    )
    opinion = models.ForeignKey(
        Opinion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handlings",
        verbose_name="意見",
    )
    choice = models.CharField("扱い", max_length=10, choices=list(words.HANDLINGS.items()))
    reason = models.TextField("理由", blank=True)
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="決めた人"
    )
    decided_at = models.DateTimeField("決めた日時", auto_now=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(loop__isnull=True, opinion__isnull=False)
                | Q(loop__isnull=False, opinion__isnull=True),
                name="reviews_handling_of_one_thing",
            ),
            models.UniqueConstraint(fields=("edition", "loop"), name="reviews_handling_loop_once"),
            models.UniqueConstraint(fields=("edition", "opinion"), name="reviews_handling_opinion_once"),
            models.CheckConstraint(
                condition=Q(choice="take") | ~Q(reason=""), name="reviews_handling_left_with_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_choice_display()}：{self.loop or self.opinion}"
