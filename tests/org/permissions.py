"""Who may open the office's pages."""

from collections.abc import Callable, Mapping
from typing import Any

from kaikaku.org import queries
from tests.cast import Cast
from tests.site.permissions import OFFICE, PUBLIC, Row


def _department(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.zeimu.pk}


def _person(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.kobayashi.pk}


def _holding(of: str) -> Callable[[Cast], Mapping[str, Any]]:
    def make(cast: Cast) -> Mapping[str, Any]:
        holding = queries.holdings_of(cast.kobayashi).get()
        return {"pk": holding.pk if of == "holding" else holding.post_id}

    return make


ROWS = {
    "org:organisation": Row(OFFICE),
    "org:departments": Row(OFFICE),
    "org:new_department": Row(OFFICE),
    "org:department": Row(OFFICE, _department),
    "org:revise_department": Row(OFFICE, _department),
    "org:rename_department": Row(OFFICE, _department),
    "org:close_department": Row(OFFICE, _department),
    "org:new_post": Row(OFFICE, _department),
    "org:close_post": Row(OFFICE, _holding("post")),
    "org:appoint": Row(OFFICE, _holding("post")),
    "org:release": Row(OFFICE, _holding("holding")),
    "org:start_transfer": Row(OFFICE),
    "org:transfer": Row(OFFICE, lambda cast: {"pk": cast.somu.pk, "day": "2026-04-01"}),
    "org:people": Row(OFFICE),
    "org:new_person": Row(OFFICE),
    "org:person": Row(OFFICE, _person),
    "org:revise_person": Row(OFFICE, _person),
    "org:reset_password": Row(OFFICE, _person, post={}),
    "org:told": Row(OFFICE, _person),
    "org:deactivate": Row(OFFICE, _person, post={}),
    "org:reactivate": Row(OFFICE, _person, post={}),
    "org:history": Row(OFFICE),
    "org:history_csv": Row(OFFICE),
    "org:healthz": Row(PUBLIC),
}
