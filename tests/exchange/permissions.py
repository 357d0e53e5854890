"""Who may open the pages of exchange: all the requests, those concerned one person's help, the office all.

鈴木 (所属長, 総務部) is above both sections, 小林 (職員, 税務課) helps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kaikaku.exchange import services
from kaikaku.exchange.models import Profile
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from tests.cast import Cast
from tests.exchange import world
from tests.site.permissions import Row

OFFICE = (Role.SECRETARIAT,)
STAFF = tuple(role for role in Role if role is not Role.MEMBER)
ASKING = (Role.SECRETARIAT, Role.CHIEF)
CONCERNED = (Role.SECRETARIAT, Role.CHIEF, Role.EMPLOYEE)

Make = Callable[[Cast], Mapping[str, Any]]


def _of(make: Callable[[Cast], Any]) -> Make:
    return lambda cast: {"pk": make(cast).pk}


def _candidates(cast: Cast) -> Any:
    world.profile(cast.kobayashi)
    return world.asked(cast)


def _application(cast: Cast) -> Any:
    world.profile(cast.kobayashi)
    asked = world.asked(cast, "side_job")
    return services.apply_for(request=asked, motive="学びたい", time_made="毎週水曜", by=cast.kobayashi)


def _absence(cast: Cast) -> Any:
    own: Profile = world.profile(cast.kobayashi)
    return services.add_absence(profile=own, first=today(), last=today(), by=cast.kobayashi)


def _own(cast: Cast) -> Mapping[str, Any]:
    for user in (cast.of(role) for role in STAFF):
        world.profile(user)
    return {}


def _logged(cast: Cast) -> Any:
    helped = world.active(cast)
    world.logged(cast, helped)
    return helped


def _personnel(cast: Cast) -> Any:
    helped = world.proposed(cast)
    services.approve(assignment=helped, step="self", by=cast.kobayashi)
    return services.approve(assignment=helped, step="own_chief", by=cast.suzuki)


def _scheme(cast: Cast) -> Any:
    _candidates(cast)
    return world.scheme(cast)


def _run(cast: Cast) -> Any:
    return services.run_matching(scheme=_scheme(cast), by=cast.takahashi)


def _matching(cast: Cast) -> Mapping[str, Any]:
    _run(cast)
    return {}


def _flows(cast: Cast) -> Mapping[str, Any]:
    world.logged(cast, world.active(cast))
    return {}


REQUEST = _of(world.asked)

ROWS = {
    "exchange:index": Row(STAFF, _flows, own=True),
    "exchange:new_request": Row((Role.CHIEF,)),
    "exchange:request": Row(STAFF, REQUEST),
    "exchange:revise_request": Row(ASKING, REQUEST),
    "exchange:withdraw_request": Row(ASKING, REQUEST),
    "exchange:close_request": Row(ASKING, REQUEST, post={}),
    "exchange:widen_request": Row(OFFICE, REQUEST, post={}),
    "exchange:apply": Row(STAFF, REQUEST),
    "exchange:candidates": Row(OFFICE, _of(_candidates)),
    "exchange:choose": Row(OFFICE, _of(_candidates), post={"user": ""}),
    "exchange:withdraw_application": Row((Role.EMPLOYEE,), _of(_application), post={}),
    "exchange:me": Row(STAFF),
    "exchange:add_absence": Row(STAFF, _own, own=True),
    "exchange:remove_absence": Row((Role.EMPLOYEE,), _of(_absence), post={}),
    "exchange:bank": Row(ASKING, _own, own=True),
    "exchange:calendar": Row(STAFF),
    "exchange:busy": Row(ASKING, lambda cast: {"pk": cast.zeimu.pk}),
    "exchange:flows": Row(STAFF, _flows, own=True),
    "exchange:assignment": Row(CONCERNED, _of(_logged)),
    "exchange:approve": Row(OFFICE, _of(_personnel), post={"step": "personnel"}),
    "exchange:refuse": Row(OFFICE, _of(_personnel)),
    "exchange:start": Row(OFFICE, _of(world.approved)),
    "exchange:log_work": Row((Role.EMPLOYEE,), _of(world.active)),
    "exchange:extend": Row((Role.CHIEF,), _of(world.active)),
    "exchange:report": Row((Role.CHIEF,), _of(world.active)),
    "exchange:cancel": Row(OFFICE, _of(world.active)),
    "exchange:matching": Row(OFFICE, _matching, own=True),
    "exchange:ensure": Row(OFFICE, post={}),
    "exchange:scheme": Row(OFFICE, _of(_scheme)),
    "exchange:run_matching": Row(OFFICE, _of(_scheme), post={}),
    "exchange:run": Row(OFFICE, _of(_run)),
    "exchange:propose_run": Row(OFFICE, _of(_run), post={}),
}
