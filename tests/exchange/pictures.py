"""Pictures of help between sections, for the manual."""

from __future__ import annotations

from kaikaku.exchange.models import Assignment, Request, Run
from tests.manual.pictures import Picture
from tests.manual.world import World


def asked(world: World, section: str) -> Request:
    return Request.objects.get(department__organisation__slug="mihon", department__name=section, state="open")


def waiting(world: World) -> Assignment:
    """What waits for the chief of 税務課."""
    return Assignment.objects.get(waiting="own_chief", home__name="税務課")


def own(world: World) -> Assignment:
    return Assignment.objects.get(user=world.user("shokuin"), state="active")


PICTURES = (
    Picture(
        "exchange/index",
        "shokuin",
        lambda world: world.at("exchange:index"),
        crop=(".page-title", "main h2", "main .table-region"),
    ),
    Picture(
        "exchange/request",
        "shozokucho",
        lambda world: world.at("exchange:new_request"),
        crop=(".page-title", "form.form > :nth-child(-n+5)"),
        width=820,
    ),
    Picture(
        "exchange/run",
        "jimukyoku",
        lambda world: world.at("exchange:run", Run.objects.get().pk),
        crop=(".page-head", "main .table-region"),
    ),
    Picture(
        "exchange/candidates",
        "jimukyoku",
        lambda world: (
            world.at("exchange:candidates", asked(world, "子育て支援課").pk) + f"?run={Run.objects.get().pk}"
        ),
        crop=(".page-title", "main .table-region"),
    ),
    Picture(
        "exchange/approve",
        "shozokucho",
        lambda world: world.at("exchange:assignment", waiting(world).pk),
        crop=(".page-title", ".facts", ".call", ".call ~ .table-region:nth-of-type(1)"),
    ),
    Picture(
        "exchange/work",
        "shokuin",
        lambda world: world.at("exchange:assignment", own(world).pk),
        crop=(".page-title", "h2:nth-of-type(3)", "h2:nth-of-type(3) ~ .table-region"),
    ),
    Picture(
        "exchange/flows",
        "jimukyoku",
        lambda world: world.at("exchange:flows") + "?year=2025",
        crop=(".page-title", ".tiles", "main .table-region"),
    ),
)
