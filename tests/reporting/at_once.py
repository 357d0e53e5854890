"""One of two people who act at the same moment, as a process of its own (SQLite): see test_at_once.

    python -m tests.reporting.at_once prepare
    python -m tests.reporting.at_once ACT USERNAME VERSION

It says that it is ready, waits for a line, acts, and tells as JSON what came of it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import django


def act(name: str, username: str, version: int) -> str:
    """Do it; "done", or the code of the refusal."""
    from kaikaku.core.errors import RuleViolation
    from kaikaku.org.models import User
    from kaikaku.reporting import services
    from kaikaku.reporting.models import Sheet
    from tests.reporting.conftest import saying

    sheet, by = Sheet.objects.get(), User.objects.get(username=username)
    acts: dict[str, Callable[[], object]] = {
        "confirm": lambda: services.confirm(sheet=sheet, by=by, version=version),
        "save": lambda: services.save_sheet(
            sheet=sheet, entry=saying(sheet, done=f"{username}の文"), version=version, by=by
        ),
        "undo": lambda: services.undo(sheet=sheet, by=by),
    }
    try:
        acts[name]()
    except RuleViolation as refused:
        return refused.code
    return "done"


def prepare() -> None:
    """A database with a filled sheet and everybody who may act on it."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    people()


def people() -> int:
    """佐藤's and 阿部's sheet, saved once; 森 and 鈴木 may confirm it. Returns its version."""
    from kaikaku.org.roles import Role
    from tests.cast import make_cast, person, post
    from tests.reporting.conftest import fill, make_edition, make_round

    cast = make_cast()
    post(cast.zeimu, "税務課長", Role.CHIEF, person(cast.sakura, "mori", "森"))
    post(cast.zeimu, "主査", Role.CLERK, person(cast.sakura, "abe", "阿部"))
    return fill(make_round(cast, make_edition(cast)).sheets.get(), cast).version


def submit() -> int:
    """Send it on; returns the version that the approvers see."""
    from kaikaku.org.models import User
    from kaikaku.reporting import services
    from kaikaku.reporting.models import Sheet
    from tests.reporting.conftest import reasons

    sheet = Sheet.objects.get()
    by = User.objects.get(username="sato")
    return services.submit_sheet(sheet=sheet, explanations=reasons(sheet), by=by).version


def main(words: list[str]) -> None:
    django.setup()
    if words == ["prepare"]:
        prepare()
        return
    if words == ["submit"]:
        print(submit())
        return
    from kaikaku.reporting.models import Sheet

    Sheet.objects.count()  # connected before the other begins
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(act(words[0], words[1], int(words[2]))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
