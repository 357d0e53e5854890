"""What similar ideas are found by: kept for each idea, made anew when its words change."""

from __future__ import annotations

from django.db import models

from kaikaku.ideas.models.idea import Idea


class Vector(models.Model):
    """An idea's meaning as 384 numbers of one byte, by the engine named; `made_from` is its words' hash.

    A row is never changed but made anew: whoever has read up to a key reads on from there.
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="vector", verbose_name="提案")
    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.CASCADE, related_name="+", verbose_name="団体"
    )
    engine = models.CharField("方式", max_length=40)
    data = models.BinaryField("値")
    made_from = models.CharField("元の文章", max_length=64)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("organisation", "id"), name="ideas_vector_by_organisation"),)

    def __str__(self) -> str:
        return f"#{self.idea_id}"


class Gram(models.Model):
    """One of the telling pieces of an idea's words (two or three letters, hashed): the inverted index."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="grams", verbose_name="提案")
    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.CASCADE, related_name="+", verbose_name="団体"
    )
    gram = models.BigIntegerField("文字の並び")

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("organisation", "gram", "idea"), name="ideas_gram_postings"),)

    def __str__(self) -> str:
        return f"#{self.idea_id}"


class GramFrequency(models.Model):
    """How many ideas of a government have a piece, as counted when the index was last made whole."""

    organisation = models.OneToOneField(
        "org.Organisation", on_delete=models.CASCADE, related_name="+", verbose_name="団体"
    )
    ideas = models.PositiveIntegerField("数えた提案の数")
    counts = models.BinaryField("数")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.organisation}"
