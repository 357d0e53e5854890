"""The register of re-engineered work (業務改革台帳): projects, steps before and after, measurements.

Time is in minutes. What a project saves is never stored as one number: it comes of its steps or of what was
measured, by month in use (core.bpr).
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from kaikaku.bpr import words
from kaikaku.core.bpr import HOURS_OF_A_PERSON, Stage


def _minutes(label: str) -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(label, max_digits=14, decimal_places=2, default=Decimal(0))


class Policy(models.Model):
    """How a government expresses hours: of what many hours a person's year is made, and what one costs."""

    organisation = models.OneToOneField(
        "org.Organisation", on_delete=models.PROTECT, related_name="bpr_policy", verbose_name="団体"
    )
    hours_of_a_person = models.DecimalField(
        "1人1年の勤務時間", max_digits=7, decimal_places=2, default=HOURS_OF_A_PERSON
    )
    hourly_yen = models.DecimalField(
        "1時間の人件費（円）", max_digits=9, decimal_places=2, null=True, blank=True
    )

    def __str__(self) -> str:
        return f"{self.organisation}の換算"


class Project(models.Model):
    """A piece of work that is looked at anew.

    `began_on` is the day from which the new way is in use, `retired_on` the last one; nothing counts outside
    them. `upkeep` and `exceptions` are minutes a year, `build` the one-off minutes. `was_started` stays when
    a project is suspended later: it counts as started (着手) all the same. `origin_url` leads to the idea or
    the initiative that it comes from, whichever app that is kept in.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="bpr_projects", verbose_name="団体"
    )
    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="bpr_projects", verbose_name="所属"
    )
    title = models.CharField("名称", max_length=200)
    summary = models.TextField("取組内容", blank=True)
    stage = models.CharField(
        "段階", max_length=20, default=Stage.CANDIDATE, choices=list(words.STAGES.items())
    )
    was_started = models.BooleanField("着手した", default=False)
    fiscal_year = models.PositiveSmallIntegerField("選定した年度", null=True, blank=True)
    started_on = models.DateField("着手日", null=True, blank=True)
    completed_on = models.DateField("完了日", null=True, blank=True)
    began_on = models.DateField("新しい方法を使い始めた日", null=True, blank=True)
    retired_on = models.DateField("使い終えた日", null=True, blank=True)
    retired_why = models.CharField("使い終えた理由", max_length=300, blank=True)
    upkeep = _minutes("維持管理の時間（年・分）")
    exceptions = _minutes("例外の処理の時間（年・分）")
    build = _minutes("導入にかけた時間（分）")
    build_yen = models.DecimalField("導入費用（円）", max_digits=15, decimal_places=0, null=True, blank=True)
    upkeep_yen = models.DecimalField(
        "維持費用（年・円）", max_digits=15, decimal_places=0, null=True, blank=True
    )
    tools = models.JSONField("使った道具", default=list, blank=True)
    is_public = models.BooleanField("公表する", default=True)
    origin = models.CharField("もとになった提案・取組", max_length=200, blank=True)
    origin_url = models.CharField("もとの場所", max_length=200, blank=True)
    citation = models.ForeignKey(
        "sources.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField("版数", default=1)
    created_at = models.DateTimeField("登録日時", auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("organisation", "stage"), name="bpr_project_by_stage"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=F("began_on")),
                name="bpr_project_retires_after_it_began",
            ),
            models.CheckConstraint(condition=Q(stage__in=list(words.STAGES)), name="bpr_project_stage_known"),
        )

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """A step of the work: who does it, and minutes × times a year × people before and after."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="steps", verbose_name="業務")
    position = models.PositiveIntegerField("並び順", default=0)
    name = models.CharField("手順", max_length=100)
    lane = models.CharField("担い手", max_length=60, blank=True)
    lane_after = models.CharField("見直し後の担い手", max_length=60, blank=True)
    before_minutes = models.DecimalField("見直し前：1回（分）", max_digits=10, decimal_places=2, null=True)
    before_times = models.DecimalField("見直し前：年間の回数", max_digits=10, decimal_places=2, null=True)
    before_people = models.DecimalField("見直し前：人数", max_digits=7, decimal_places=2, null=True)
    after_minutes = models.DecimalField("見直し後：1回（分）", max_digits=10, decimal_places=2, null=True)
    after_times = models.DecimalField("見直し後：年間の回数", max_digits=10, decimal_places=2, null=True)
    after_people = models.DecimalField("見直し後：人数", max_digits=7, decimal_places=2, null=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class Measurement(models.Model):
    """What the new way saves a year, as found on an occasion; `minutes` a year, negative where it costs.

    `counted_from` is the day from which this finding holds. It counts once somebody else than the one who
    entered it has verified it (神奈川県: self-reported hours differ in unit and method).
    """

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="measurements", verbose_name="業務"
    )
    occasion = models.CharField("いつの測定か", max_length=20, choices=list(words.OCCASIONS.items()))
    method = models.CharField("測り方", max_length=20, choices=list(words.METHODS.items()))
    counted_from = models.DateField("この効果を数え始める日")
    measured_from = models.DateField("測った期間の始まり", null=True, blank=True)
    measured_to = models.DateField("測った期間の終わり", null=True, blank=True)
    sample = models.PositiveIntegerField("測った件数", null=True, blank=True)
    minutes = models.DecimalField("年間の効果（分）", max_digits=14, decimal_places=2)
    working = models.TextField("計算", blank=True)
    note = models.TextField("備考", blank=True)
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="入力した人"
    )
    at = models.DateTimeField("入力日時", auto_now_add=True)
    verified_by = models.ForeignKey(
        "org.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="確かめた人",
    )
    verified_at = models.DateTimeField("確かめた日時", null=True, blank=True)
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)

    class Meta:
        ordering = ("counted_from", "pk")
        indexes = (models.Index(fields=("project", "counted_from"), name="bpr_measurement_by_day"),)

    def __str__(self) -> str:
        return f"{self.project}：{self.get_occasion_display()}"


class Intake(models.Model):
    """A workbook as it came back: what each cell would change, until someone takes it in or drops it."""

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    uploaded_by = models.ForeignKey(
        "org.User", on_delete=models.PROTECT, related_name="+", verbose_name="送った人"
    )
    file_name = models.CharField("ファイル名", max_length=255)
    cells = models.JSONField("読み取った内容", default=list)
    uploaded_at = models.DateTimeField("送った日時", auto_now_add=True)
    settled_at = models.DateTimeField("処理した日時", null=True, blank=True)
    taken = models.BooleanField("取り込んだ", default=False)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name


class PublishedTotal(models.Model):
    """What a document tells of a register whose records we do not have (青森県, 令和元〜4年度)."""

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="bpr_totals", verbose_name="団体"
    )
    first_year = models.PositiveSmallIntegerField("最初の年度")
    last_year = models.PositiveSmallIntegerField("最後の年度")
    started = models.PositiveIntegerField("着手件数", null=True, blank=True)
    completed = models.PositiveIntegerField("完了件数", null=True, blank=True)
    hours = models.DecimalField("削減時間", max_digits=12, decimal_places=2, null=True, blank=True)
    by_tool = models.JSONField("道具ごとの件数", default=dict, blank=True)
    note = models.CharField("注記", max_length=300, blank=True)
    citation = models.ForeignKey(
        "sources.Citation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("first_year", "pk")

    def __str__(self) -> str:
        return f"{self.first_year}〜{self.last_year}"

    @property
    def tool_rows(self) -> list[tuple[str, int]]:
        """(tool, projects), the most used first; PostgreSQL does not keep the order they were given in."""
        counted = sorted(self.by_tool.items(), key=lambda one: (-one[1], one[0]))
        return [(words.TOOLS.get(code, code), count) for code, count in counted]
