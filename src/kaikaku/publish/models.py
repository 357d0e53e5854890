"""What was published: the frozen dataset of an edition, and the errata that later publications carry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

STATES = {"frozen": "印刷待ち", "published": "公表中", "replaced": "更新済み", "withdrawn": "取り下げ"}


class Publication(models.Model):
    """One publication of an edition. `dataset` is canonical JSON, never changed after it is written.

    frozen: fixed in the database, not printed yet; published: what stands at the public address; replaced: a
    later publication stands there; withdrawn: nothing stands there.
    """

    edition = models.ForeignKey(
        "plans.Edition", on_delete=models.PROTECT, related_name="publications", verbose_name="版"
    )
    number = models.PositiveIntegerField("公表の回")
    state = models.CharField("状態", max_length=20, default="frozen", choices=list(STATES.items()))
    dataset = models.BinaryField("固定した内容", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64)
    published_on = models.DateField("公表日")
    contact = models.CharField("問い合わせ先", max_length=200, blank=True)
    frozen_at = models.DateTimeField("固定日時", auto_now_add=True)
    frozen_by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="公表した人"
    )
    trouble = models.TextField("印刷できなかった理由", blank=True)

    class Meta:
        ordering = ("-frozen_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="publish_number_once_per_edition"),
            models.UniqueConstraint(
                fields=("edition",), condition=Q(state="published"), name="publish_one_stands_per_edition"
            ),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="publish_state_known"),
        )

    def __str__(self) -> str:
        return f"{self.edition.title}（第{self.number}回公表）"


class Erratum(models.Model):
    """A figure or text that differs from the publication before, with the reason (正誤表)."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="errata", verbose_name="訂正した公表"
    )
    number = models.PositiveIntegerField("番号")
    where = models.CharField("箇所", max_length=500)
    old = models.TextField("誤", blank=True)
    new = models.TextField("正", blank=True)
    reason = models.TextField("理由")

    class Meta:
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("publication", "number"), name="publish_erratum_numbered_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="publish_erratum_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.where}：{self.old} → {self.new}"
