"""What a government sets for its reports: the checks of an edition, and who confirms in which department."""

from __future__ import annotations

from django.db import models


class CheckPolicy(models.Model):
    """The checks of an edition's reports (core.checks.Policy as JSON); a round takes them when it opens."""

    edition = models.OneToOneField(
        "plans.Edition", on_delete=models.PROTECT, related_name="check_policy", verbose_name="版"
    )
    checks = models.JSONField("点検の設定", default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.edition}の点検"


class Chain(models.Model):
    """How the sheets of a department and all below it are confirmed (医療局, 企業局, 教育委員会).

    Without a row the posts say it: who is chief above bundles. `bundles` False ends the department's part
    with the confirmation; `final_post` is the one post (管理者, 教育長) that makes its last step.
    """

    department = models.OneToOneField(
        "org.Department", on_delete=models.PROTECT, related_name="chain", verbose_name="部局"
    )
    bundles = models.BooleanField("取りまとめの段階を置く", default=True)
    final_post = models.ForeignKey(
        "org.Post",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="chains",
        verbose_name="最後に確認する職",
    )

    def __str__(self) -> str:
        return f"{self.department}の確認の流れ"
