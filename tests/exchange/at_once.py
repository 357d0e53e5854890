"""One of two people who act on help at the same moment, as a process of its own (see test_at_once).

python -m tests.exchange.at_once ACT USERNAME    (prepare: the database; tell: what stands there)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import django


def act(name: str, username: str) -> str:
    """Do it; "done", or the code of the refusal."""
    from kaikaku.core.errors import RuleViolation
    from kaikaku.exchange import services
    from kaikaku.exchange.entries import WorkFields
    from kaikaku.exchange.models import Assignment, Request, Run
    from kaikaku.org.models import User
    from kaikaku.org.queries import today

    by = User.objects.get(username=username)

    def of(title: str) -> Assignment:
        return Assignment.objects.get(request__title=title)

    def log(title: str) -> object:
        fields = WorkFields(day=today(), minutes=300, text="入力")
        return services.log_work(assignment=of(title), fields=fields, by=by)

    acts: dict[str, Callable[[], object]] = {
        "approve": lambda: services.approve(assignment=of("受付"), step="own_chief", by=by),
        "refuse": lambda: services.refuse(
            assignment=of("受付"), step="own_chief", reason="決算の時期のため", by=by
        ),
        "log-entry": lambda: log("入力"),
        "log-check": lambda: log("点検"),
        "choose": lambda: services.propose(
            request=Request.objects.get(title="郵送"), user=User.objects.get(username="mori"), by=by
        ),
        "ask": lambda: services.ask_matching(scheme=Request.objects.get(title="郵送").scheme, by=by),
        "compute": lambda: services.compute(run=Run.objects.get()) or _taken(),
    }
    try:
        acts[name]()
    except RuleViolation as refused:
        return refused.code
    return "done"


def _taken() -> object:
    from kaikaku.core.errors import RuleViolation

    raise RuleViolation("taken", "ほかの処理が計算しています。")


def people() -> None:
    """小林 helps with two things under way (half a day a week each), 受付 waits for their chief, of whom
    there are two: 鈴木 (総務部長) and 遠藤 (税務課長). 郵送 has one place.
    """
    from kaikaku.exchange import services
    from kaikaku.exchange.models import Assignment
    from kaikaku.org.roles import Role
    from tests.cast import make_cast, person, post
    from tests.exchange import world

    cast = make_cast()
    post(cast.zeimu, "課長", Role.CHIEF, person(cast.sakura, "endo", "遠藤"))
    post(cast.gyokaku, "副主査", Role.SECRETARIAT, person(cast.sakura, "goto", "後藤"))
    world.colleague(cast, "mori", "森")
    world.profile(cast.kobayashi)
    for title in ("入力", "点検"):
        request = world.asked(cast, "side_job", title=title, minutes=225)
        services.apply_for(request=request, motive="学びたい", time_made="水曜", by=cast.kobayashi)
        helped = world.proposed(cast, request)
        for step, by in (
            ("own_chief", cast.suzuki),
            ("receiving_chief", cast.suzuki),
            ("personnel", cast.takahashi),
        ):
            helped = services.approve(assignment=helped, step=step, by=by)
        services.start(assignment=helped, order_number="", by=cast.takahashi)
    Assignment.objects.update(first=world.fields().first)
    request = world.asked(cast, title="受付", minutes=60)
    services.approve(assignment=world.proposed(cast, request), step="self", by=cast.kobayashi)
    world.asked(cast, title="郵送", people=1)


def tell() -> dict[str, object]:
    """What stands: approvals of 受付, minutes of the week, places given, computations, breaks of the log."""
    from django.db.models import Sum

    from kaikaku.audit.services import verify
    from kaikaku.exchange.models import Approval, Assignment, Run, WorkEntry

    helped = Assignment.objects.get(request__title="受付")
    given = Approval.objects.filter(assignment=helped, step="own_chief")
    return {
        "state": helped.state,
        "waiting": helped.waiting,
        "approvals": [one.decision for one in given],
        "minutes": WorkEntry.objects.aggregate(total=Sum("minutes"))["total"],
        "chosen": Assignment.objects.filter(request__title="郵送").count(),
        "runs": list(Run.objects.values_list("state", flat=True)),
        "breaks": len(verify()),
    }


def main(words: list[str]) -> None:
    django.setup()
    if words == ["prepare"]:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        people()
    elif words == ["tell"]:
        print(json.dumps(tell()))
    else:
        from kaikaku.exchange.models import Request

        Request.objects.count()  # connected before the other begins
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(act(*words)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
