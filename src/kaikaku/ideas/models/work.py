"""What is done with an idea: evaluated, sorted, answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.ideas import words
from kaikaku.ideas.models.idea import Idea


class Triage(models.Model):
    """仕分け: a decision on an idea; never changed, a later one is added. The idea has the latest."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="triages", verbose_name="提案")
    track = models.CharField("仕分け", max_length=20, choices=list(words.TRACKS.items()))
    need = models.CharField("先に要ること", max_length=20, blank=True, choices=list(words.NEEDS.items()))
    budget_step = models.CharField(
        "予算の段階", max_length=20, blank=True, choices=list(words.BUDGET_STEPS.items())
    )
    department = models.ForeignKey(
        "org.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="検討を依頼した所属",
    )
    reason = models.TextField("理由", blank=True)
    decided_on = models.DateField("仕分けた日")
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="仕分けた人"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(track__in=list(words.TRACKS)), name="ideas_triage_track_known"
            ),
            models.CheckConstraint(
                condition=~Q(track="delegated") | Q(department__isnull=False),
                name="ideas_triage_delegated_to_someone",
            ),
            models.CheckConstraint(
                condition=~Q(track="start_now") | ~Q(need=""), name="ideas_triage_start_has_need"
            ),
            models.CheckConstraint(
                condition=~Q(track__in=list(words.LATER)) | ~Q(budget_step=""),
                name="ideas_triage_later_has_budget_step",
            ),
        )

    def __str__(self) -> str:
        return self.get_track_display()


class Evaluation(models.Model):
    """An idea put before an evaluator, and what they found; private to evaluators and the office."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="evaluations", verbose_name="提案")
    evaluator = models.ForeignKey(
        "org.User", on_delete=models.PROTECT, related_name="+", verbose_name="評価する人"
    )
    due = models.DateField("評価の期限", null=True, blank=True)
    feasibility = models.CharField(
        "実現しやすさ", max_length=20, blank=True, choices=list(words.LEVELS.items())
    )
    benefit = models.CharField("効果", max_length=20, blank=True, choices=list(words.LEVELS.items()))
    text = models.TextField("評価の理由", blank=True)
    done_on = models.DateField("評価した日", null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("idea", "evaluator"), name="ideas_evaluation_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | (~Q(feasibility="") & ~Q(benefit="")),
                name="ideas_evaluation_done_with_marks",
            ),
        )
        indexes = (models.Index(fields=("evaluator", "done_on"), name="ideas_evaluation_queue"),)

    def __str__(self) -> str:
        return f"{self.idea}"


class Note(models.Model):
    """A private note on an idea, among the office and its evaluators; never shown to the proposer."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="notes", verbose_name="提案")
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="書いた人"
    )
    text = models.TextField("メモ")
    written_at = models.DateTimeField("書いた日時", auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="ideas_note_has_words"),)

    def __str__(self) -> str:
        return self.text[:60]


class Answer(models.Model):
    """回答: what is told to the proposer and shown to all; never changed, a later one is added.

    `told_on` is the day on which the proposer was written to.
    """

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="answers", verbose_name="提案")
    text = models.TextField("回答")
    answered_on = models.DateField("回答した日")
    by = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="回答した人"
    )
    told_on = models.DateField("提案した人に知らせた日", null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="ideas_answer_has_words"),)
        indexes = (models.Index(fields=("told_on", "idea"), name="ideas_answer_untold"),)

    def __str__(self) -> str:
        return self.text[:60]
