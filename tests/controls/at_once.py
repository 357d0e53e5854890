"""One of two people who act on internal control at the same moment, as a process (see test_at_once).

python -m tests.controls.at_once ACT[,ACT…] USERNAME 0    (prepare: the database; tell: what stands there)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.racing import run


def act(name: str, username: str, version: int = 0) -> str:
    """Do it; "done", or the code of the refusal."""
    from kaikaku.controls import services
    from kaikaku.controls.entries import YearFields
    from kaikaku.controls.models import Control, ControlYear, Incident, Rollout, SampleCheck
    from kaikaku.core.errors import RuleViolation
    from kaikaku.org.models import Department, User
    from kaikaku.org.queries import today
    from tests.controls import kept

    by, zeimu = User.objects.get(username=username), Department.objects.get(name="税務課")
    now, over = ControlYear.objects.order_by("-fiscal_year")[:2]
    answers = dict.fromkeys(Control.objects.values_list("pk", flat=True), kept.NOT_DONE)
    incident = Incident.objects.get()
    acts: dict[str, Callable[[], object]] = {
        "add": lambda: services.add_risk(organisation=by.organisation, fields=kept.risk_fields(zeimu), by=by),
        "check": lambda: services.self_check(year=now, department=zeimu, answers=answers, send=True, by=by),
        "draw": lambda: services.draw_sample(year=now, seed=username, by=by),
        "look": lambda: services.check_sample(
            sample=SampleCheck.objects.get(year=over), answer=kept.NOT_DONE, by=by
        ),
        "ask": lambda: services.ask_sections(
            incident=incident, departments=[zeimu.parent], due=today(), by=by
        ),
        "answer": lambda: services.answer_rollout(
            rollout=Rollout.objects.get(), state="checked", text=username, seen="asked:", by=by
        ),
        "issue": lambda: services.issue_report(year=over, by=by),
        "open": lambda: services.open_year(
            organisation=by.organisation,
            fiscal_year=2022,
            fields=YearFields("方針", "財務に関する事務", date(2023, 3, 1)),
            by=by,
        ),
    }
    try:
        acts[name]()
    except RuleViolation as refused:
        return refused.code
    return "done"


def people() -> None:
    """税務課's control, asked about this year, drawn in one that is over; two of the office, two of it."""
    from kaikaku.controls import services
    from kaikaku.org.roles import Role
    from tests.cast import make_cast, person, post
    from tests.controls import kept

    cast = make_cast()
    post(cast.gyokaku, "副主査", Role.SECRETARIAT, person(cast.sakura, "endo", "遠藤"))
    kept.control(cast)
    kept.year(cast)
    services.draw_sample(year=kept.year(cast, 2023), seed="さくら", by=cast.takahashi)
    kept.asked(cast)


def tell() -> dict[str, Any]:
    """What may not be there twice: numbers, answers, deficiencies, the sample, reports; breaks of the log."""
    from kaikaku.audit.models import Entry
    from kaikaku.audit.services import verify
    from kaikaku.controls.models import ControlYear, Deficiency, Risk, Rollout, SampleCheck, SelfCheck

    now = ControlYear.objects.order_by("-fiscal_year")[0]
    entries = Entry.objects.filter(action__startswith="controls.").values_list("action", flat=True)
    return {
        "numbers": sorted(Risk.objects.values_list("number", flat=True)),
        "sent": SelfCheck.objects.filter(sent_at__isnull=False).count(),
        "deficiencies": Deficiency.objects.count(),
        "drawn": SampleCheck.objects.filter(year=now).count(),
        "asked": Rollout.objects.count(),
        "rollout": Rollout.objects.order_by("pk")[0].text,
        "years": ControlYear.objects.count(),
        "issued": ControlYear.objects.filter(issued_at__isnull=False).count(),
        "log": {action: list(entries).count(action) for action in set(entries)},
        "broken": len(verify()),
    }


if __name__ == "__main__":
    run(sys.argv[1:], prepare=people, tell=tell, act=act)
