"""Schemes, what sections ask for under them, and who applied."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kaikaku.core import staffing
from kaikaku.exchange import words


class Scheme(models.Model):
    """短期業務支援, 庁内複業, ジョブチャレンジ: `rules` are core.staffing.Scheme as JSON."""

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    code = models.CharField("記号", max_length=40)
    name = models.CharField("制度の名称", max_length=100)
    rules = models.JSONField("決まり")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="exchange_scheme_code_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def read(self) -> staffing.Scheme:
        """The rules."""
        return staffing.Scheme.from_json(self.rules)


class Request(models.Model):
    """A section asks for `people`, each for `minutes` a week from `first` to `last` (both inclusive).

    `widened`: people of other 部 may be chosen too. `reconsulted` is why a period beyond the scheme's limit
    was agreed to (再協議).
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="requests", verbose_name="制度")
    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="+", verbose_name="依頼した所属"
    )
    title = models.CharField("業務の名称", max_length=200)
    duties = models.TextField("業務の内容")
    first = models.DateField("始まりの日")
    last = models.DateField("終わりの日")
    minutes = models.PositiveIntegerField("1人の1週間の時間（分）")
    people = models.PositiveSmallIntegerField("人数")
    skills = models.JSONField("求める経験・技能", default=list, blank=True)
    widened = models.BooleanField("全庁に広げた", default=False)
    reconsulted = models.TextField("上限を超える期間の理由", blank=True)
    state = models.CharField("状態", max_length=20, choices=list(words.REQUESTS.items()), default="open")
    closing = models.TextField("取り下げた理由", blank=True)
    made_by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="依頼した人"
    )
    made_at = models.DateTimeField("依頼日時", auto_now_add=True)

    class Meta:
        ordering = ("-first", "-pk")
        indexes = (models.Index(fields=("state", "first"), name="exchange_request_state"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="exchange_request_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, people__gt=0), name="exchange_request_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(words.REQUESTS)), name="exchange_request_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> staffing.Period:
        return staffing.Period(self.first, self.last)


class Application(models.Model):
    """Someone wants to help: why, and how the time is made (長野県)."""

    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, related_name="applications", verbose_name="依頼"
    )
    user = models.ForeignKey(
        "org.User", on_delete=models.PROTECT, related_name="+", verbose_name="応募した人"
    )
    motive = models.TextField("応募の理由")
    time_made = models.TextField("時間の作り方")
    made_at = models.DateTimeField("応募日時", auto_now_add=True)
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("request", "user"),
                condition=Q(withdrawn_at__isnull=True),
                name="exchange_application_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}（{self.request}）"
