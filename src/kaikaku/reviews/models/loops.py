"""What was noticed of a section or an indicator, decided and changed (OODA)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

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

    @property
    def titled(self) -> str:
        """Its title with what it is about, unless it is named after it."""
        subject = str(self.subject)
        return self.title if self.title == subject else f"{self.title}（{subject}）"


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


class Attachment(models.Model):
    """A document that shows what was noticed, kept as received."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="attachments", verbose_name="気づき"
    )
    document = models.ForeignKey(
        "sources.SourceDocument", on_delete=models.PROTECT, related_name="+", verbose_name="根拠資料"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("event", "document"), name="reviews_attachment_once"),)

    def __str__(self) -> str:
        return str(self.document)
