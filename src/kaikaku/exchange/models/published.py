"""What documents tell of help whose records are not here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kaikaku.core.staffing import SHIPPED
from kaikaku.exchange import words


class PublishedTotal(models.Model):
    """What a document tells of a scheme in a year: projects, participants, or only whether they grew.

    It is never added to what is on record. `fiscal_year` is None where the document names none (宮城県 R8
    says 「増えた」「減った」 without year or number); an unknown number is None, an unknown direction "".
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="団体"
    )
    scheme = models.CharField(
        "制度", max_length=40, choices=[(code, one.name) for code, one in SHIPPED.items()]
    )
    fiscal_year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    projects = models.PositiveIntegerField("支援した業務の数", null=True, blank=True)
    projects_change = models.CharField(
        "業務の数の動き", max_length=10, blank=True, choices=list(words.CHANGES.items())
    )
    participants = models.PositiveIntegerField("参加した職員の数", null=True, blank=True)
    participants_change = models.CharField(
        "職員の数の動き", max_length=10, blank=True, choices=list(words.CHANGES.items())
    )
    note = models.CharField("注記", max_length=300, blank=True)
    citation = models.ForeignKey("sources.Citation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("fiscal_year", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "scheme", "fiscal_year"), name="exchange_published_total_once"
            ),
            models.UniqueConstraint(
                fields=("organisation", "scheme"),
                condition=Q(fiscal_year__isnull=True),
                name="exchange_published_total_once_without_year",
            ),
            models.CheckConstraint(
                condition=Q(projects__isnull=False)
                | Q(participants__isnull=False)
                | ~Q(projects_change="")
                | ~Q(participants_change=""),
                name="exchange_published_total_tells_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_scheme_display()}（{self.citation}）"

    @property
    def projects_words(self) -> str:
        return words.told(self.projects, self.projects_change, "件")

    @property
    def participants_words(self) -> str:
        return words.told(self.participants, self.participants_change, "人")
