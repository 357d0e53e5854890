"""The rows that the metrics of controls count, for one fiscal year or one day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from kaikaku.controls.models import Deficiency, Incident, Risk, Rollout, SelfCheck
from kaikaku.core.eras import days_of_fiscal_year
from kaikaku.org.models import Organisation


def risks_on(organisation: Organisation, day: date, *, least: int = 1) -> QuerySet[Risk]:
    """The risks looked after on a day with at least so high a score."""
    kept = Q(retired_on__isnull=True) | Q(retired_on__gt=day)
    found = Risk.objects.filter(kept, organisation=organisation, score__gte=least, added_on__lte=day)
    return found.order_by("number")


def self_checks_in(organisation: Organisation, fiscal_year: int) -> QuerySet[SelfCheck]:
    """What sections were asked and have begun to answer for the year."""
    rows = SelfCheck.objects.filter(year__organisation=organisation, year__fiscal_year=fiscal_year)
    return rows.order_by("pk")


def deficiencies_found(organisation: Organisation, fiscal_year: int) -> QuerySet[Deficiency]:
    """Those found in the year, less those taken back."""
    return _deficiencies(organisation).filter(found_on__range=days_of_fiscal_year(fiscal_year))


def deficiencies_mended(organisation: Organisation, fiscal_year: int) -> QuerySet[Deficiency]:
    """Those mended in the year, whenever they were found."""
    return _deficiencies(organisation).filter(mended_on__range=days_of_fiscal_year(fiscal_year))


def incidents_in(organisation: Organisation, fiscal_year: int) -> QuerySet[Incident]:
    """Those that happened in the year."""
    days = days_of_fiscal_year(fiscal_year)
    return Incident.objects.filter(organisation=organisation, happened_on__range=days).order_by("pk")


def rollouts_in(organisation: Organisation, fiscal_year: int) -> QuerySet[Rollout]:
    """What sections were asked after the incidents of the year."""
    days = days_of_fiscal_year(fiscal_year)
    rows = Rollout.objects.filter(incident__organisation=organisation, incident__happened_on__range=days)
    return rows.select_related("incident", "department").order_by("pk")


def _deficiencies(organisation: Organisation) -> QuerySet[Deficiency]:
    rows = Deficiency.objects.filter(control__risk__organisation=organisation, void="")
    return rows.select_related("control__risk").order_by("pk")
