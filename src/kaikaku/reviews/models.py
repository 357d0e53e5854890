"""What was noticed, decided and changed; the meetings where it was; what experts said of it.

Every row is about one section or one indicator of an edition.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.core.eras import show_date
from kaikaku.plans.models import Indicator, Section
from kaikaku.reviews import words

ONE_THING = models.CheckConstraint(
    condition=Q(section__isnull=True, indicator__isnull=False)
    | Q(section__isnull=False, indicator__isnull=True),
    name="%(app_label)s_%(class)s_about_one_thing",
)


class About(models.Model):
    """A row about one section or one indicator; `edition` is theirs."""

    edition = models.ForeignKey(
        "plans.Edition", on_delete=models.PROTECT, related_name="+", verbose_name="版"
    )
    section = models.ForeignKey(
        "plans.Section",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="見出し",
    )
    indicator = models.ForeignKey(
        "plans.Indicator",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="指標",
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Section | Indicator:
        """What the row is about."""
        found = self.section or self.indicator
        assert found is not None  # the constraint above
        return found


class Loop(About):
    """One course of events on an item: observation → orientation → decision → act, as often as need be.

    `stage` is the last step taken, `review_by` the day by which what was decided is looked at again; both
    follow from the events and are kept here so that lists need not read them. `fiscal_year` is the year whose
    results it concerns, by which the yearly table finds it.
    """

    title = models.CharField("件名", max_length=200)
    fiscal_year = models.PositiveSmallIntegerField("関係する年度")
    stage = models.CharField("段階", max_length=20, choices=list(words.STAGES.items()))
    review_by = models.DateField("見直しの期限", null=True, blank=True)
    opened_at = models.DateTimeField("記録日時", auto_now_add=True)
    opened_by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="気づいた人"
    )
    closed_at = models.DateTimeField("終えた日時", null=True, blank=True)
    closing = models.TextField("終えた理由", blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            ONE_THING,
            models.CheckConstraint(
                condition=Q(stage__in=list(words.STAGES)), name="reviews_loop_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closing=""), name="reviews_loop_closed_with_reason"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Event(models.Model):
    """One dated step of a loop; never changed, a later one says what has become of it.

    An observation has its `source` with `evidence` in words or a `citation`; an orientation its
    `alternatives`; a decision its `decider`, what was `rejected` and by when it is looked at again; an act
    the log's `entry` of the change it made, or the line of another edition that it became.
    """

    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="events", verbose_name="見直し")
    kind = models.CharField("種類", max_length=20, choices=list(words.EVENTS.items()))
    happened_on = models.DateField("日付")
    text = models.TextField("内容")
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="記録した人"
    )
    recorded_at = models.DateTimeField("記録日時", auto_now_add=True)
    source = models.CharField("きっかけ", max_length=20, blank=True, choices=list(words.SOURCES.items()))
    evidence = models.TextField("根拠", blank=True)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="出典",
    )
    alternatives = models.TextField("ほかの見方・選択肢", blank=True)
    decider = models.CharField("決めた人・会議", max_length=200, blank=True)
    rejected = models.TextField("採らなかった案", blank=True)
    review_by = models.DateField("見直しの期限", null=True, blank=True)
    agenda_item = models.ForeignKey(
        "reviews.AgendaItem",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name="議題",
    )
    entry = models.ForeignKey(
        "audit.Entry",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="操作の記録",
    )
    to_section = models.ForeignKey(
        "plans.Section",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="変えた見出し",
    )
    to_indicator = models.ForeignKey(
        "plans.Indicator",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="変えた指標",
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(words.EVENTS)), name="reviews_event_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="decision") | ~Q(decider=""), name="reviews_event_decision_has_decider"
            ),
            models.CheckConstraint(
                condition=~Q(kind="observation") | ~Q(source=""), name="reviews_event_observation_has_source"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text[:60]}"

    @property
    def target(self) -> Section | Indicator | None:
        """The line that an act changed, if it is linked."""
        return self.to_section or self.to_indicator


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
