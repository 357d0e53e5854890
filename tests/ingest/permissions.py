"""Who may import: the secretariat alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kaikaku.ingest import services
from kaikaku.ingest.models import Import, Proposal
from kaikaku.org.roles import Role
from tests.cast import Cast
from tests.site.permissions import EVERYONE, Row

OFFICE = (Role.SECRETARIAT,)
TEXT = "改革プラン（令和8年度）\n\n第1 業務の改革\n\n1 会議の見直し\n\n- 会議を減らす\n"


def bring(cast: Cast) -> Import:
    """A short document of さくら県, read and waiting."""
    return services.propose(organisation=cast.sakura, name="plan.txt", data=TEXT.encode(), by=cast.takahashi)


def _import(cast: Cast) -> Mapping[str, Any]:
    return {"pk": bring(cast).pk}


def _thing(kind: str) -> Callable[[Cast], Mapping[str, Any]]:
    def make(cast: Cast) -> Mapping[str, Any]:
        return {"pk": Proposal.objects.filter(imported=bring(cast), kind=kind)[0].pk}

    return make


ROWS = {
    "ingest:imports": Row(OFFICE),
    "ingest:new": Row(OFFICE),
    "ingest:lint": Row(EVERYONE),
    "ingest:findings": Row(EVERYONE, post={"findings": ""}),
    "ingest:import": Row(OFFICE, _import),
    "ingest:decide": Row(OFFICE, _import, post={"do": "accept_all"}),
    "ingest:head": Row(OFFICE, _import),
    "ingest:add": Row(OFFICE, _import, query="?kind=item"),
    "ingest:discard": Row(OFFICE, _import),
    "ingest:result": Row(OFFICE, _import),
    "ingest:at": Row(OFFICE, _thing("item")),
    "ingest:correct": Row(OFFICE, _thing("section")),
    "ingest:split": Row(OFFICE, _thing("item")),
}
