"""Pictures of staff ideas, for the manual."""

from __future__ import annotations

from kaikaku.ideas.models import Campaign, Idea, Realisation
from tests.manual.pictures import Picture
from tests.manual.world import World


def campaign(world: World) -> Campaign:
    return Campaign.objects.get(organisation__slug="mihon", statistics__isnull=False)


def draft(world: World) -> Idea:
    return Idea.objects.get(authorship__user=world.user("shokuin"), state="draft")


def realised(world: World) -> Realisation:
    return Realisation.objects.get(title="査定と部長協議の資料を画面で見る取扱い")


PICTURES = (
    Picture(
        "ideas/write",
        "shokuin",
        lambda world: world.at("ideas:edit", draft(world).pk),
        crop=(".page-title", ".lead", "[data-autosave] > :nth-child(-n+3)"),
        width=820,
    ),
    Picture(
        "ideas/campaign",
        "shokuin",
        lambda world: world.at("ideas:campaign", campaign(world).pk),
        crop=(".page-title", ".tiles", ".ways"),
    ),
    Picture(
        "ideas/triage",
        "jimukyoku",
        lambda world: f"{world.at('ideas:triage', campaign(world).pk)}?view=unsorted",
        crop=(".page-title", ".picked"),
    ),
    Picture(
        "ideas/statistics",
        "shokuin",
        lambda world: world.at("ideas:statistics", campaign(world).pk),
        crop=(".page-title", "main section:nth-of-type(2)"),
    ),
    Picture(
        "ideas/realisation",
        "shokuin",
        lambda world: world.at("ideas:realisation", realised(world).pk),
        crop=(".page-title", "main > .flow"),
    ),
)
