"""One person's help: proposed, approved step by step, worked, reported."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kaikaku.core import staffing
from kaikaku.exchange import words
from kaikaku.exchange.models.requests import Request, Scheme


class Run(models.Model):
    """A computation of who goes where over all open requests of a scheme: asked for, then computed.

    What is small is computed when it is asked for, the rest by the worker (docs/decisions). `pairs` are
    [request, user]. `value` is what they are worth, `bound` the most any answer could be (None: not proven).
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="runs", verbose_name="制度")
    ran_at = models.DateTimeField("求めた日時", auto_now_add=True)
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="計算を求めた人"
    )
    state = models.CharField("状態", max_length=20, choices=list(words.RUNS.items()), default="done")
    started_at = models.DateTimeField("計算を始めた日時", null=True, blank=True)
    finished_at = models.DateTimeField("計算を終えた日時", null=True, blank=True)
    failure = models.TextField("計算できなかった理由", blank=True)
    requests = models.JSONField("対象の依頼")
    people = models.PositiveIntegerField("候補の人数")
    possible = models.PositiveIntegerField("可能な組合せの数", default=0)
    pairs = models.JSONField("組合せ", default=list, blank=True)
    value = models.BigIntegerField("全体の点", default=0)
    bound = models.BigIntegerField("点の上限", null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state",), name="exchange_run_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("scheme",),
                condition=Q(state__in=("waiting", "computing")),
                name="exchange_run_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme}の組合せ（{self.ran_at:%Y-%m-%d %H:%M}）"


class Assignment(models.Model):
    """A person helps. `home` is the section they come from, as it was when they were chosen.

    `waiting` is the approval that is waited for ("" none), of round `turn`; a later turn approves an
    extension to `extend_to`. `reasons` keep why this person, as said then.
    """

    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, related_name="assignments", verbose_name="依頼"
    )
    user = models.ForeignKey(
        "org.User", on_delete=models.PROTECT, related_name="+", verbose_name="応援する職員"
    )
    home = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="+", verbose_name="本来の所属"
    )
    first = models.DateField("始まりの日")
    last = models.DateField("終わりの日")
    minutes = models.PositiveIntegerField("1週間の時間（分）")
    score = models.IntegerField("点")
    reasons = models.JSONField("選んだ理由", default=list, blank=True)
    state = models.CharField("状態", max_length=20, choices=list(words.STATES.items()), default="approving")
    waiting = models.CharField("待っている承認", max_length=20, blank=True)
    turn = models.PositiveSmallIntegerField("承認の回", default=1)
    extend_to = models.DateField("延長後の終わりの日", null=True, blank=True)
    extend_because = models.TextField("延長の理由", blank=True)
    order_number = models.CharField("命令書の番号", max_length=60, blank=True)
    started_on = models.DateField("開始日", null=True, blank=True)
    closing = models.TextField("取り消した理由", blank=True)
    proposed_by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="選んだ人"
    )
    proposed_at = models.DateTimeField("選んだ日時", auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("waiting", "home"), name="exchange_assignment_waiting"),
            models.Index(fields=("state", "first"), name="exchange_assignment_state"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("request", "user"),
                condition=Q(state__in=("approving", "approved", "active", "ended")),
                name="exchange_assignment_once",
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="exchange_assignment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(words.STATES)), name="exchange_assignment_state_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}（{self.request}）"

    @property
    def period(self) -> staffing.Period:
        return staffing.Period(self.first, self.last)


class Approval(models.Model):
    """One decision on an assignment; a refusal has its reason (domain §7)."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="approvals", verbose_name="応援"
    )
    turn = models.PositiveSmallIntegerField("承認の回")
    step = models.CharField("承認の段階", max_length=20, choices=list(staffing.APPROVALS.items()))
    decision = models.CharField("結果", max_length=20, choices=list(words.DECISIONS.items()))
    reason = models.TextField("理由", blank=True)
    decided_on = models.DateField("決めた日")
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="決めた人"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("assignment", "turn", "step"), name="exchange_approval_once"),
            models.CheckConstraint(
                condition=Q(decision="approved") | ~Q(reason=""), name="exchange_refusal_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_step_display()}：{self.get_decision_display()}"


class WorkEntry(models.Model):
    """What was worked on one day, in minutes. `over_because` says why the week's cap was passed."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="work", verbose_name="応援"
    )
    day = models.DateField("日付")
    minutes = models.PositiveIntegerField("従事した時間（分）")
    text = models.CharField("従事した内容", max_length=300)
    over_because = models.CharField("上限を超えた理由", max_length=300, blank=True)

    class Meta:
        ordering = ("day", "pk")
        constraints = (
            models.UniqueConstraint(fields=("assignment", "day"), name="exchange_work_once_a_day"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=1440), name="exchange_work_within_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assignment} {self.day}"


class EndReport(models.Model):
    """What the receiving chief says at the end."""

    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="report", verbose_name="応援"
    )
    ended_on = models.DateField("終わった日")
    outcome = models.CharField("評価", max_length=20, choices=list(words.OUTCOMES.items()))
    text = models.TextField("成果")
    learnt = models.TextField("気づき・引継ぎ", blank=True)
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="報告した人"
    )
    filed_at = models.DateTimeField("報告日時", auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.assignment)
