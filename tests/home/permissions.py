"""Who may open home: everyone their own page and the search, the overseers the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kaikaku.org.roles import Role
from tests.cast import Cast
from tests.plans.permissions import edition
from tests.site.permissions import EVERYONE, Row

OVERSEERS = (Role.SECRETARIAT, Role.EXECUTIVE)


def _edition(cast: Cast) -> Mapping[str, Any]:
    return {"pk": edition(cast).pk}


def _clerks_post(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.sato.holdings.get().post_id}


def _thing(cast: Cast) -> Mapping[str, Any]:
    return {"kind": "plans.edition", "pk": edition(cast).pk}


ROWS = {
    "home:index": Row(EVERYONE),
    "home:handovers": Row(EVERYONE),
    "home:handover": Row(
        (Role.SECRETARIAT, Role.IT, Role.CLERK), lambda cast: {"pk": cast.sato.holdings.get().post_id}
    ),
    "home:notices": Row(EVERYONE),
    "home:read": Row(EVERYONE, post={"number": "1"}),
    "home:digest": Row(EVERYONE, post={}),
    "home:follow": Row(EVERYONE, _thing, post={}),
    "home:search": Row(EVERYONE, query="?q=健康"),
    "home:dashboard": Row(OVERSEERS),
    "home:dashboard_of": Row(OVERSEERS, _edition),
    "home:governor": Row(OVERSEERS, _edition),
}
