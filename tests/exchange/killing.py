"""Run as a program by test_killed: kills itself between any two writes of one person's help.

    python -m tests.exchange.killing FOLDER

As tests/ingest/killing.py, whose machinery it uses; printed is one JSON object a line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from tests.ingest.killing import try_all

# the steps that are killed after each of their writes; the others after some
EVERY = frozenset({"approve_personnel", "log"})


def main(folder: Path) -> None:
    os.environ["KAIKAKU_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaikaku.settings"
    django.setup()
    from django.core.management import call_command

    from tests.cast import make_cast
    from tests.exchange import world

    call_command("migrate", verbosity=0)
    cast = make_cast()
    world.profile(cast.kobayashi)
    world.asked(cast)
    for name, act in acts().items():
        try_all(folder, name, act, standing=standing, every=name in EVERY)


def acts() -> dict[str, Callable[[], object]]:
    """The way of one person's help."""
    from kaikaku.exchange import services
    from kaikaku.exchange.entries import ReportFields, WorkFields
    from kaikaku.exchange.models import Assignment, Request
    from kaikaku.org.models import User
    from kaikaku.org.queries import today

    def helped() -> Assignment:
        return Assignment.objects.get()

    def user(name: str) -> User:
        return User.objects.get(username=name)

    def choose() -> object:
        return services.propose(request=Request.objects.get(), user=user("kobayashi"), by=user("takahashi"))

    def approve(step: str, name: str) -> Callable[[], object]:
        return lambda: services.approve(assignment=helped(), step=step, by=user(name))

    def start() -> object:
        return services.start(assignment=helped(), order_number="人第12号", by=user("takahashi"))

    def log() -> object:
        fields = WorkFields(day=today(), minutes=120, text="入力")
        return services.log_work(assignment=helped(), fields=fields, by=user("kobayashi"))

    def report() -> object:
        fields = ReportFields(ended_on=today(), outcome="full", text="300件を入力できました。")
        return services.file_report(assignment=helped(), fields=fields, by=user("suzuki"))

    return {
        "choose": choose,
        "approve_self": approve("self", "kobayashi"),
        "approve_chief": approve("own_chief", "suzuki"),
        "approve_personnel": approve("personnel", "takahashi"),
        "start": start,
        "log": log,
        "report": report,
    }


def standing() -> dict[str, Any]:
    """What the database holds now."""
    from kaikaku.audit.models import Entry
    from kaikaku.audit.services import verify
    from kaikaku.exchange.models import Approval, Assignment, EndReport, WorkEntry

    models = (Approval, EndReport, Entry)
    return {
        **{model.__name__: model.objects.count() for model in models},
        "help": list(Assignment.objects.values_list("state", "waiting", "order_number")),
        "work": list(WorkEntry.objects.values_list("minutes", flat=True)),
        "breaks": len(verify()),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
