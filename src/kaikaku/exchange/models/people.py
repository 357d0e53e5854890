"""The talent bank by self entry, when people cannot help, and when sections are busy."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Profile(models.Model):
    """A person's own entry. `overtime` are hours of the last month.

    `listed`: may be asked without having applied.
    """

    user = models.OneToOneField(
        "org.User", on_delete=models.PROTECT, related_name="exchange_profile", verbose_name="職員"
    )
    grade = models.CharField("職位", max_length=40)
    occupation = models.CharField("職種", max_length=40)
    skills = models.JSONField("経験・技能", default=list, blank=True)
    wishes = models.ManyToManyField(
        "org.Department", blank=True, related_name="+", verbose_name="希望する所属・部局"
    )
    note = models.TextField("本人から", blank=True)
    listed = models.BooleanField("応援の候補になる", default=True)
    overtime = models.PositiveSmallIntegerField("先月の時間外勤務（時間）", default=0)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.user)


class Absence(models.Model):
    """Days on which a person cannot help; why is nobody's business and is not asked."""

    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="absences", verbose_name="職員"
    )
    first = models.DateField("始まりの日")
    last = models.DateField("終わりの日")

    class Meta:
        ordering = ("first", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="exchange_absence_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.profile}：{self.first}〜{self.last}"


class BusyMonth(models.Model):
    """How busy a section is in a month of every year: 1 a little, 2 busy, 3 peak; calm months have no row."""

    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="+", verbose_name="所属"
    )
    month = models.PositiveSmallIntegerField("月")
    level = models.PositiveSmallIntegerField("忙しさ")

    class Meta:
        ordering = ("department", "month")
        constraints = (
            models.UniqueConstraint(fields=("department", "month"), name="exchange_busy_month_once"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, level__gte=1, level__lte=3),
                name="exchange_busy_month_in_range",
            ),
        )

    def __str__(self) -> str:
        return f"{self.department} {self.month}月"
