"""A round (照会), the sheets (進捗管理調書) it asks for, and what happens to each.

What is accepted lives in plans (docs/decisions/0002); rows here are the way that leads there.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.workflow import State
from kaikaku.reporting import words
from kaikaku.reporting.calendar import Dates


class Round(models.Model):
    """One inquiry to the sections: an edition's results of a fiscal year, a mid-year check, or a question.

    `fields` are the texts asked, [{"key", "label", "hint", "required"}]; `with_figures` asks the indicators'
    values too. `checks` is a core.checks.Policy as JSON. The four days are the last of each step.
    """

    edition = models.ForeignKey(
        "plans.Edition", on_delete=models.PROTECT, related_name="rounds", verbose_name="版"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("種類", max_length=20, choices=list(words.KINDS.items()))
    title = models.CharField("名称", max_length=200)
    message = models.TextField("依頼文", blank=True)
    fields = models.JSONField("記入欄", default=list)
    checks = models.JSONField("点検の設定", default=dict, blank=True)
    with_figures = models.BooleanField("指標の値を求める", default=True)
    due_submit = models.DateField("提出期限")
    due_confirm = models.DateField("所属長の確認期限")
    due_bundle = models.DateField("取りまとめ期限")
    due_accept = models.DateField("受理期限")
    opened_at = models.DateTimeField("開始日時", auto_now_add=True)
    closed_at = models.DateTimeField("締切日時", null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "fiscal_year", "kind"),
                condition=Q(closed_at__isnull=True) & ~Q(kind="one_off"),
                name="reporting_round_one_open_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(due_submit__lte=F("due_confirm"))
                & Q(due_confirm__lte=F("due_bundle"))
                & Q(due_bundle__lte=F("due_accept")),
                name="reporting_round_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def dates(self) -> Dates:
        return Dates(self.due_submit, self.due_confirm, self.due_bundle, self.due_accept)

    @property
    def asked(self) -> tuple[words.Asked, ...]:
        return tuple(words.Asked(**field) for field in self.fields)

    @property
    def year_words(self) -> str:
        return show_fiscal_year(self.fiscal_year)


class Sheet(models.Model):
    """The reply of one department to one round.

    `version` rises with every change of contents or state: who sends a form made from an older one is shown
    both. `texts` are the answers by the keys asked once (what is asked of each section is in `SheetPart`);
    `hidden` the keys not to be published; `carried` last year's answers. The department is the one of the day
    the round opened; who has its duties now has the sheet.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets", verbose_name="照会")
    department = models.ForeignKey(
        "org.Department", on_delete=models.PROTECT, related_name="sheets", verbose_name="所属"
    )
    state = models.CharField(
        "状態", max_length=20, default=State.REQUESTED, choices=list(words.STATES.items())
    )
    version = models.PositiveIntegerField("版数", default=1)
    texts = models.JSONField("記入内容", default=dict, blank=True)
    hidden = models.JSONField("公表しない欄", default=list, blank=True)
    carried = models.JSONField("前回の記入内容", default=dict, blank=True)
    nothing_to_report = models.BooleanField("該当なし", default=False)
    extended_to = models.DateField("延長した期限", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "org.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="提出した人",
    )
    submitted_at = models.DateTimeField("提出日時", null=True, blank=True)
    changed_by = models.ForeignKey(
        "org.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="最後に変更した人",
    )
    changed_at = models.DateTimeField("最後の動き", default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("round", "department"), name="reporting_sheet_once_a_round"),
            models.CheckConstraint(
                condition=Q(state__in=list(words.STATES)), name="reporting_sheet_state_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.department.name}（{self.round.title}）"


class SheetPart(models.Model):
    """What a sheet says of one section (取組) of the plan; without a section, of the department as a whole.

    `texts`, `hidden` and `carried` are as in `Sheet`, for the keys asked of each section. Not `in_charge` is
    the part of a department that only has an indicator in another's section.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="parts", verbose_name="調書")
    section = models.ForeignKey(
        "plans.Section",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reported",
        verbose_name="見出し",
    )
    position = models.PositiveIntegerField("並び順")
    in_charge = models.BooleanField("所管する", default=True)
    texts = models.JSONField("記入内容", default=dict, blank=True)
    hidden = models.JSONField("公表しない欄", default=list, blank=True)
    carried = models.JSONField("前回の記入内容", default=dict, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("sheet", "section"), name="reporting_part_once_a_section"),
            models.UniqueConstraint(
                fields=("sheet",),
                condition=Q(section__isnull=True),
                name="reporting_part_one_without_section",
            ),
        )

    def __str__(self) -> str:
        return str(self.section) if self.section else words.WHOLE


class PartItem(models.Model):
    """A line of the plan that came from a part's text when its sheet was accepted: only these are replaced by
    a later acceptance.
    """

    part = models.ForeignKey(SheetPart, on_delete=models.PROTECT, related_name="items", verbose_name="調書")
    key = models.CharField("記入欄", max_length=40)
    item = models.OneToOneField(
        "plans.Item", on_delete=models.PROTECT, related_name="reported", verbose_name="プランの行"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.part_id} {self.key}"


class SheetFigure(models.Model):
    """What a sheet says of one indicator: the text as typed and what was understood (as plans.Figure).

    `findings` are those of the last save (core.checks.Finding as JSON); `explanations` the written reasons by
    the check they answer. `reason_note` says why a value is missing, or why a settled one changes.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="figures", verbose_name="調書")
    indicator = models.ForeignKey(
        "plans.Indicator", on_delete=models.PROTECT, related_name="reported", verbose_name="指標"
    )
    text = models.CharField("入力した値", max_length=300, blank=True)
    value = models.DecimalField("値", max_digits=30, decimal_places=10, null=True, blank=True)
    upper = models.DecimalField("上限", max_digits=30, decimal_places=10, null=True, blank=True)
    unit = models.CharField("単位", max_length=40, blank=True)
    shown = models.CharField("表示", max_length=300, blank=True)
    status = models.CharField(
        "値の状態", max_length=20, default="confirmed", choices=list(words.STATUSES.items())
    )
    reason = models.CharField("値がない理由", max_length=40, blank=True)
    reason_note = models.CharField("理由の説明", max_length=300, blank=True)
    external_factor = models.TextField("外的要因", blank=True)
    findings = models.JSONField("点検の結果", default=list, blank=True)
    explanations = models.JSONField("注意への理由", default=dict, blank=True)

    class Meta:
        ordering = ("indicator__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("sheet", "indicator"), name="reporting_figure_once_a_sheet"),
        )

    def __str__(self) -> str:
        return f"{self.indicator.name}：{self.text or '—'}"


class Move(models.Model):
    """One step of a sheet on its way. `acting` names the post for which a deputy decided (代決)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="moves", verbose_name="調書")
    action = models.CharField("手続", max_length=20)
    from_state = models.CharField("前の状態", max_length=20, choices=list(words.STATES.items()))
    to_state = models.CharField("後の状態", max_length=20, choices=list(words.STATES.items()))
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="行った人"
    )
    at = models.DateTimeField("日時", auto_now_add=True)
    reason = models.TextField("理由", blank=True)
    acting = models.CharField("代決", max_length=200, blank=True)
    undone_at = models.DateTimeField("取り消した日時", null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.from_state} → {self.to_state}"


class Look(models.Model):
    """What a sheet said when somebody last read it, so that they are shown what has changed since."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="looks", verbose_name="調書")
    user = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", verbose_name="読んだ人")
    at = models.DateTimeField("日時", default=timezone.now)
    contents = models.JSONField("その時の内容", default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sheet", "user"), name="reporting_look_last_only"),)

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"


class Extension(models.Model):
    """An exception to the deadline for one section, with its reason."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="extensions", verbose_name="調書")
    due = models.DateField("新しい期限")
    reason = models.TextField("理由")
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="認めた人"
    )
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.sheet_id} → {self.due}"


class Comment(models.Model):
    """What somebody wrote beside a sheet or one of its indicators; it is shown in later years too."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="comments", verbose_name="調書")
    indicator = models.ForeignKey(
        "plans.Indicator",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name="指標",
    )
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="書いた人"
    )
    at = models.DateTimeField("日時", auto_now_add=True)
    text = models.TextField("コメント")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:60]


class Evidence(models.Model):
    """A document that shows where a sheet's statements come from."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="evidence", verbose_name="調書")
    document = models.ForeignKey(
        "sources.SourceDocument", on_delete=models.PROTECT, related_name="evidence", verbose_name="資料"
    )
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="付けた人"
    )
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("sheet", "document"), name="reporting_evidence_once_a_sheet"),
        )

    def __str__(self) -> str:
        return str(self.document)


class Reminder(models.Model):
    """A reminder that was sent for a sheet; the automatic ones go out once for each due day."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="reminders", verbose_name="調書")
    kind = models.CharField("種類", max_length=20, choices=list(words.REMINDERS.items()))
    due = models.DateField("期限", null=True, blank=True)
    people = models.PositiveIntegerField("送った人数", default=0)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("sheet", "kind", "due"),
                condition=~Q(kind="manual"),
                name="reporting_reminder_once_a_due_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.kind}"
