"""A year of internal control: what was decided, what sections say, what the sample shows, what is wrong."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kaikaku.controls import rules, words
from kaikaku.controls.models.incidents import Incident
from kaikaku.controls.models.register import Control
from kaikaku.core.eras import show_fiscal_year


class ControlYear(models.Model):
    """A fiscal year under 自治法150条: the policy (方針), the system (体制), the scope, and its report.

    `seed` and `drawn_at` are of the sample. `shown` is the report's text and figures as issued: later changes
    of records do not reach it.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    policy = models.TextField("方針")
    system = models.TextField("体制", blank=True)
    scope = models.TextField("対象とする事務")
    due = models.DateField("自己評価の期限")
    seed = models.CharField("抽出のもとになる語", max_length=100, blank=True)
    drawn_at = models.DateTimeField("抽出した日時", null=True, blank=True)
    opinion = models.TextField("監査委員の意見", blank=True)
    opinion_on = models.DateField("意見を受けた日", null=True, blank=True)
    assembly_on = models.DateField("議会に提出した日", null=True, blank=True)
    issued_at = models.DateTimeField("報告書の確定日時", null=True, blank=True)
    shown = models.JSONField("報告書の内容", null=True, blank=True)

    class Meta:
        ordering = ("-fiscal_year",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "fiscal_year"), name="controls_year_once"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | Q(shown__isnull=False),
                name="controls_year_issued_with_its_report",
            ),
        )

    def __str__(self) -> str:
        return f"{show_fiscal_year(self.fiscal_year)}の内部統制"


# rules.Answer.complete and rules.Answer.finding, for counting rows in the database
COMPLETE = Q(designed=False) | Q(designed=True) & (Q(operated__isnull=False) | ~Q(not_used=""))
FINDING = Q(designed=False) | Q(designed=True, operated=False, not_used="")


class Said(models.Model):
    """What is said of one control in one year: is it designed, did it operate, where is that seen.

    None is not answered yet; `not_used` says why there was nothing to operate on.
    """

    year = models.ForeignKey(ControlYear, on_delete=models.PROTECT, related_name="%(class)ses")
    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="%(class)ses")
    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="+", verbose_name="所属"
    )
    designed = models.BooleanField("手順が整っている", null=True, blank=True)
    operated = models.BooleanField("手順どおり行った", null=True, blank=True)
    evidence = models.CharField("確かめた書類・記録", max_length=300, blank=True)
    not_used = models.CharField("行う機会がなかった理由", max_length=300, blank=True)
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="記入した人"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.control}（{self.department}）"

    @property
    def answer(self) -> rules.Answer:
        return rules.Answer(self.designed, self.operated, self.evidence, self.not_used)


class SelfCheck(Said):
    """自己評価 of a section; `sent_at` once the section has handed it in."""

    sent_at = models.DateTimeField("提出日時", null=True, blank=True)

    class Meta:
        ordering = ("control__risk__number", "control")
        constraints = (
            models.UniqueConstraint(fields=("year", "control"), name="controls_selfcheck_once_a_year"),
        )


class SampleCheck(Said):
    """抽出点検 of a control by somebody of another section; drawn first, `checked_on` when done."""

    checked_on = models.DateField("点検した日", null=True, blank=True)

    class Meta:
        ordering = ("control__risk__number", "control")
        constraints = (
            models.UniqueConstraint(fields=("year", "control"), name="controls_samplecheck_once_a_year"),
        )

    @property
    def result(self) -> str:
        """What was seen, in a word."""
        if self.checked_on is None:
            return "未点検"
        finding = self.answer.finding
        return rules.KIND_LABELS[finding] if finding else "問題なし"


class Deficiency(models.Model):
    """不備 of a control: of design or of operation, material or not, mended or standing.

    `void` says why it turned out to be none; then it is not counted.
    """

    control = models.ForeignKey(
        Control, on_delete=models.PROTECT, related_name="deficiencies", verbose_name="統制"
    )
    kind = models.CharField("種類", max_length=20, choices=list(words.KINDS.items()))
    material = models.BooleanField("重大な不備", default=False)
    source = models.CharField("見つけた機会", max_length=20, choices=list(words.SOURCES.items()))
    text = models.TextField("内容")
    cause = models.TextField("原因", blank=True)
    remedy = models.TextField("是正の内容", blank=True)
    found_on = models.DateField("見つけた日")
    mended_on = models.DateField("是正した日", null=True, blank=True)
    void = models.TextField("取り消した理由", blank=True)
    incident = models.ForeignKey(
        Incident,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deficiencies",
        verbose_name="事故・ミス",
    )

    class Meta:
        ordering = ("-found_on", "-pk")
        indexes = (models.Index(fields=("found_on", "mended_on")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(mended_on__isnull=True) | Q(mended_on__gte=F("found_on")),
                name="controls_deficiency_mended_after_it_is_found",
            ),
        )

    def __str__(self) -> str:
        return self.text
