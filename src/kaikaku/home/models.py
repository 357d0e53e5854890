"""What a person chose to follow, and how far they have read; the changes themselves stand in the log."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Following(models.Model):
    """A person's choice about one thing: to follow it, or not to though it would be followed by itself."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="人")
    subject_type = models.CharField("種類", max_length=100)
    subject_id = models.CharField("番号", max_length=40)
    follows = models.BooleanField("フォローする", default=True)
    chosen_at = models.DateTimeField("選んだ日時", auto_now=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "subject_type", "subject_id"), name="home_following_one_choice_a_thing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"


class Reading(models.Model):
    """How far a person has read the log of their government, and whether they want a letter a day.

    A mark in a book: it says nothing of the government's work, so that moving it is not itself recorded.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="人")
    number = models.PositiveBigIntegerField("読んだところ", default=0)
    digest = models.BooleanField("1日1回メールで受け取る", default=False)
    digest_number = models.PositiveBigIntegerField("メールで送ったところ", default=0)
    digest_on = models.DateField("メールを送った日", null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.number}"
