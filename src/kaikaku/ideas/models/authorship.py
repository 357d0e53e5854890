"""Who sent an idea. Read by the proposer's own pages, by the letters to proposers, and, as counts that are
made safe, by the statistics; by nothing else (a test looks at the SQL of the pages of triage).
"""

from __future__ import annotations

from django.db import models

from kaikaku.ideas.models.idea import Idea


class Authorship(models.Model):
    """The proposer of an idea, and the latest answer that they have opened."""

    idea = models.OneToOneField(
        Idea, on_delete=models.CASCADE, related_name="authorship", verbose_name="提案"
    )
    user = models.ForeignKey(
        "org.User", on_delete=models.PROTECT, related_name="+", verbose_name="提案した人"
    )
    read_answers = models.PositiveIntegerField("読んだ回答の数", default=0)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("user", "idea"), name="ideas_authorship_by_user"),)

    def __str__(self) -> str:
        return f"#{self.idea_id}"


class PersonalValue(models.Model):
    """Where an idea stands on an axis that tells something of its proposer (部局, 職位)."""

    idea = models.ForeignKey(
        Idea, on_delete=models.CASCADE, related_name="personal_values", verbose_name="提案"
    )
    axis = models.CharField("区分", max_length=30)
    value = models.CharField("値", max_length=100)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("idea", "axis"), name="ideas_personal_value_one_an_axis"),
        )

    def __str__(self) -> str:
        return f"#{self.idea_id} {self.axis}"
