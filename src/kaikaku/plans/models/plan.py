"""A plan, its editions and the text of an edition."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kaikaku.core.eras import show_fiscal_year
from kaikaku.plans import words


class Removable(models.Model):
    """Rows of a plan are never deleted: a slip is removed from view, and what has run its course is marked
    ended.

    `ended_as` is solved | absorbed | abandoned for what ended in the plan's own life and stays in sight.
    """

    removed_at = models.DateTimeField("削除日時", null=True, blank=True)
    ended_as = models.CharField(
        "終了の種類", max_length=20, blank=True, choices=list(words.END_OUTCOMES.items())
    )
    end_reason = models.TextField("理由", blank=True)

    class Meta:
        abstract = True


class Plan(models.Model):
    """A line of editions of one government, with the words it uses for its own levels.

    `level_names` names the levels from the top (["柱", "取組"]). `last_code` is the counter that opaque codes
    of sections and indicators are drawn from; it only rises, so that a code is never used twice in a plan.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="plans", verbose_name="団体"
    )
    name = models.CharField("名称", max_length=200)
    level_names = models.JSONField("段の呼び名", default=list, blank=True)
    last_code = models.PositiveIntegerField("最後の符号", default=0)
    created_at = models.DateTimeField("登録日時", auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "name"), name="plans_plan_name_once_per_organisation"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One edition (版) of a plan: what is in force for a period, and the year it reports on or plans for.

    `scheme` is the edition's whole rating policy, formula and denominator included; a locked edition takes no
    changes. `drafted_from` is the edition this one was copied from; its links then follow what is changed.
    With `directions_fixed` the sections of the first level stay as they are (宮城県's four 方向性).
    `overall_policy` is how sections are rated as a whole (`core.rollup.Policy` as JSON), None for not at all.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions", verbose_name="プラン")
    title = models.CharField("名称", max_length=300)
    fiscal_year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    period_from = models.PositiveSmallIntegerField("期間の始め", null=True, blank=True)
    period_to = models.PositiveSmallIntegerField("期間の終わり", null=True, blank=True)
    summary = models.TextField("概要", blank=True)
    scheme = models.ForeignKey(
        "plans.RatingScheme",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="editions",
        verbose_name="評価の決まり",
    )
    state = models.CharField("状態", max_length=20, default="draft", choices=list(words.STATES.items()))
    drafted_from = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="next_edition",
        verbose_name="もとにした版",
    )
    directions_fixed = models.BooleanField("いちばん上の段を変えない", default=False)
    overall_policy = models.JSONField("総合評価の決まり", null=True, blank=True)
    locked_at = models.DateTimeField("確定日時", null=True, blank=True)
    created_at = models.DateTimeField("登録日時", auto_now_add=True)

    class Meta:
        ordering = ("-fiscal_year", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("plan", "title"), name="plans_edition_title_once_per_plan"),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="plans_edition_period_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(words.STATES)), name="plans_edition_state_known"
            ),
        )

    @property
    def full_name(self) -> str:
        """The plan and the edition in one; a title that names the plan already says both."""
        return self.title if self.plan.name in self.title else f"{self.plan.name} {self.title}"

    @property
    def own_name(self) -> str:
        """What to call the edition beside its plan: by its year where it bears the plan's own name."""
        if self.title != self.plan.name:
            return self.title
        return f"{show_fiscal_year(self.fiscal_year)}の版" if self.fiscal_year else "この版"

    def __str__(self) -> str:
        return self.title


class Section(Removable):
    """A node of an edition's tree. `number` is what is printed before the title and identifies nothing."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="sections", verbose_name="版")
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name="上の見出し",
    )
    code = models.CharField("符号", max_length=20)
    position = models.PositiveIntegerField("並び順")
    number = models.CharField("番号", max_length=40, blank=True)
    title = models.CharField("見出し", max_length=500)
    subtitle = models.CharField("副題", max_length=500, blank=True)
    body = models.TextField("本文", blank=True)
    owner = models.ForeignKey(
        "org.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_sections",
        verbose_name="所管",
    )
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_sections",
        verbose_name="出典",
    )

    class Meta(Removable.Meta):
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="plans_section_code_once_per_edition"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="plans_section_not_its_own_parent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Item(Removable):
    """A line of what was done or is planned under a section; depth 1 is a main line, 2 its detail.

    `label` is what the document sets before it in brackets (医療局), `marks` the footnote marks it carries; a
    line that is shown elsewhere too (再掲) is `cross_listed` and counted there.
    """

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="items", verbose_name="見出し"
    )
    position = models.PositiveIntegerField("並び順")
    depth = models.PositiveSmallIntegerField("段", default=1)
    number = models.CharField("番号", max_length=40, blank=True)
    label = models.CharField("区分", max_length=100, blank=True)
    text = models.TextField("本文")
    marks = models.CharField("注の記号", max_length=20, blank=True)
    cross_listed = models.BooleanField("再掲", default=False)
    kind = models.CharField("種類", max_length=20, blank=True)
    fiscal_year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_items",
        verbose_name="出典",
    )

    class Meta(Removable.Meta):
        ordering = ("position", "pk")
        constraints = (models.CheckConstraint(condition=Q(depth__gte=1), name="plans_item_depth_from_one"),)

    def __str__(self) -> str:
        return self.text[:60]


class PlanTable(Removable):
    """A table carried as the document has it; without a section it stands with the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="tables", verbose_name="版")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="tables", verbose_name="見出し"
    )
    position = models.PositiveIntegerField("並び順")
    caption = models.CharField("表題", max_length=300, blank=True)
    unit = models.CharField("単位", max_length=40, blank=True)
    header = models.JSONField("見出し行", default=list)
    rows = models.JSONField("行", default=list)
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_tables",
        verbose_name="出典",
    )

    class Meta(Removable.Meta):
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.caption or "表"


class Footnote(Removable):
    """A footnote of an edition, with the mark that points to it (※, *1)."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="footnotes", verbose_name="版"
    )
    position = models.PositiveIntegerField("並び順")
    mark = models.CharField("記号", max_length=20, blank=True)
    text = models.TextField("本文")
    citation = models.ForeignKey(
        "sources.Citation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_footnotes",
        verbose_name="出典",
    )

    class Meta(Removable.Meta):
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.mark} {self.text[:60]}".strip()
