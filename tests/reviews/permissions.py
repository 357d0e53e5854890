"""Who may open the pages of reviews: staff the log, the office its steps, members what is opened to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.reviews import services
from tests.cast import Cast
from tests.reviews import year
from tests.site.permissions import Row

OFFICE = (Role.SECRETARIAT,)
STAFF = tuple(role for role in Role if role is not Role.MEMBER)
PAPERS = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK)
COMMITTEE = (*PAPERS, Role.MEMBER)
# 税務課 (佐藤) and 総務部 above it (鈴木) are in charge of the item; the office answers for all
IN_CHARGE = (Role.SECRETARIAT, Role.CLERK, Role.CHIEF)

Make = Callable[[Cast], Mapping[str, Any]]


def _edition(cast: Cast) -> Mapping[str, Any]:
    return {"pk": year.edition(cast).pk}


def _weak(cast: Cast) -> Any:
    return year.edition(cast).indicators.get(name="電子納税率")


def _indicator(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _weak(cast).pk}


def _section(cast: Cast) -> Mapping[str, Any]:
    return {"pk": year.edition(cast).sections.order_by("pk")[0].pk}


def _loop(cast: Cast) -> Mapping[str, Any]:
    return {"pk": year.noticed(cast, _weak(cast)).pk}


def _item(cast: Cast) -> Any:
    weak = _weak(cast)
    held = year.meeting(cast, weak.edition, held_on=today() - timedelta(days=1))
    return year.on_agenda(cast, held, weak)[0]


def _meeting(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _item(cast).meeting.pk}


def _opened(cast: Cast) -> Mapping[str, Any]:
    return {"pk": year.opened_item(cast, _weak(cast)).pk}


def _opinion(cast: Cast) -> Mapping[str, Any]:
    return {"pk": year.opinion(cast, year.opened_item(cast, _weak(cast))).pk}


def _event(cast: Cast) -> Mapping[str, Any]:
    return {"pk": year.noticed(cast, _weak(cast)).events.get().pk}


def _notes(cast: Cast) -> Mapping[str, Any]:
    """An edition to write of, and a note of the office's own."""
    weak = _weak(cast)
    services.observe(subject=weak, fields=year.observation(), by=cast.takahashi)
    return {}


def _draft(cast: Cast) -> Mapping[str, Any]:
    """A draft that finds something noticed and an opinion still open."""
    weak = _weak(cast)
    year.noticed(cast, weak)
    year.opinion(cast, year.opened_item(cast, weak))
    return {"pk": year.drafted(cast, weak.edition).pk}


def _as(kind: str, make: Make) -> Make:
    return lambda cast: {**make(cast), "kind": kind}


ROWS = {
    "reviews:index": Row(STAFF),
    "reviews:section": Row(STAFF, _section),
    "reviews:indicator": Row(STAFF, _indicator),
    "reviews:noticed": Row(STAFF, _notes, own=True),
    "reviews:event": Row(STAFF, _event),
    "reviews:opinion": Row(COMMITTEE, _opinion),
    "reviews:carry": Row(OFFICE, _draft),
    "reviews:handle": Row(OFFICE, _draft, post={"key": "loop-0", "choice": "take"}),
    "reviews:observe": Row(STAFF, _edition),
    "reviews:observe_again": Row(STAFF, _loop),
    "reviews:orient": Row(OFFICE, _loop),
    "reviews:decide": Row(OFFICE, _loop),
    "reviews:act": Row(OFFICE, _loop),
    "reviews:close": Row(OFFICE, _loop),
    "reviews:reopen": Row(OFFICE, _loop),
    "reviews:meetings": Row(COMMITTEE),
    "reviews:new_meeting": Row(OFFICE, _edition),
    "reviews:meeting": Row(PAPERS, _meeting),
    "reviews:revise_meeting": Row(OFFICE, _meeting),
    "reviews:agenda": Row(OFFICE, _meeting),
    "reviews:open_meeting": Row(OFFICE, _meeting, post={}),
    "reviews:report_sheets": Row(OFFICE, _meeting, post={}),
    "reviews:conclude_meeting": Row(OFFICE, _meeting, post={}),
    "reviews:meeting_paper": Row(PAPERS, _as("docx", _meeting)),
    "reviews:item": Row(COMMITTEE, _opened),
    "reviews:resolve": Row(OFFICE, lambda cast: {"pk": _item(cast).pk}),
    "reviews:write_opinion": Row((Role.MEMBER,), _opened),
    "reviews:answer": Row(IN_CHARGE, _opinion),
    "reviews:publicity": Row(OFFICE, _opinion, post={"to": "hidden"}),
    "reviews:follow_up": Row(COMMITTEE, _edition),
    "reviews:follow_up_paper": Row(COMMITTEE, _as("csv", _edition)),
}
