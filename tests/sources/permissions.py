"""Who may open kept documents."""

from collections.abc import Mapping
from typing import Any

from kaikaku.org.roles import Role
from kaikaku.sources import services
from kaikaku.sources.audience import Audience
from kaikaku.sources.models import SourceDocument
from tests.cast import Cast
from tests.site.permissions import EVERYONE, Row


def keep(cast: Cast) -> SourceDocument:
    """A short document of さくら県."""
    lines = ["行財政改革プラン", "", "県債残高 △1,743億円"]
    return services.keep_document(
        organisation=cast.sakura,
        name="plan.txt",
        data="\n".join(lines).encode(),
        title="行財政改革プラン",
        media_type="text/plain",
        lines=lines,
        by=cast.takahashi,
        audience=Audience.INSIDERS,
    )


def _document(cast: Cast) -> Mapping[str, Any]:
    return {"pk": keep(cast).pk}


def _citation(cast: Cast) -> Mapping[str, Any]:
    spot = services.Spot(3, "△1,743億円")
    return {"pk": services.cite(document=keep(cast), spot=spot).pk}


ROWS = {
    "sources:documents": Row(EVERYONE),
    "sources:document": Row(EVERYONE, _document),
    "sources:original": Row(EVERYONE, _document),
    "sources:citation": Row(EVERYONE, _citation),
    "sources:revise": Row((Role.SECRETARIAT,), _document),
}
