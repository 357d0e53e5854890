"""Pictures of the register of re-engineered work, for the manual."""

from __future__ import annotations

from kaikaku.bpr.models import Project
from tests.manual.pictures import Picture


def project(title: str) -> Project:
    return Project.objects.get(organisation__slug="mihon", title=title)


PICTURES = (
    Picture(
        "bpr/list",
        "shokuin",
        lambda world: f"{world.at('bpr:index')}?stage=monitoring",
        crop=(".page-title", ".filter", ".table-region"),
    ),
    Picture(
        "bpr/map",
        "shokuin",
        lambda world: world.at("bpr:project", project("口座振替依頼書の入力業務").pk),
        crop=(".map-region", "main section:nth-of-type(1) .table-region"),
        width=1120,
    ),
    Picture(
        "bpr/lineage",
        "jimukyoku",
        lambda world: world.at("bpr:project", project("会議録の作成業務").pk),
        crop=("main section:nth-of-type(3)", "main section:nth-of-type(4)"),
    ),
    Picture(
        "bpr/summary",
        "shokuin",
        lambda world: world.at("bpr:summary"),
        crop=(".page-title", ".tiles", ".counts"),
    ),
)
