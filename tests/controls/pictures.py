"""Pictures of internal control, for the manual."""

from __future__ import annotations

from kaikaku.controls.models import ControlYear, Incident
from tests.manual.pictures import Picture
from tests.manual.world import World


def year(fiscal_year: int) -> ControlYear:
    return ControlYear.objects.get(organisation__slug="mihon", fiscal_year=fiscal_year)


def self_check(world: World) -> str:
    """税務課's, of which a part is answered."""
    return world.at("controls:self_check", year(2026).pk, world.sheet("税務課").department_id)


def incident(world: World) -> str:
    found = Incident.objects.get(title="検収の日付を誤った契約が見つかった")
    return world.at("controls:incident", found.pk)


PICTURES = (
    Picture(
        "controls/register",
        "jimukyoku",
        lambda world: world.at("controls:index"),
        crop=(".page-title", "main .tabs:first-of-type", ".heat", ".heat + .facts"),
        width=820,
    ),
    Picture(
        "controls/self-check",
        "tanto",
        self_check,
        crop=(".page-title", ".lead", ".control:nth-of-type(1)"),
        width=820,
    ),
    Picture(
        "controls/year",
        "jimukyoku",
        lambda world: world.at("controls:year", year(2026).pk),
        crop=(".page-title", ".verdict", ".verdict + h2 + p + * tr:nth-child(-n+6)"),
    ),
    Picture(
        "controls/incident",
        "jimukyoku",
        incident,
        crop=(".page-title", ".key-values", "main .table-region:nth-of-type(1)"),
    ),
)
