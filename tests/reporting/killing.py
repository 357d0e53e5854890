"""Run as a program by test_killed: kills itself between any two writes of a sheet's steps.

    python -m tests.reporting.killing FOLDER

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
EVERY = frozenset({"submit", "confirm", "accept"})


def main(folder: Path) -> None:
    os.environ["KAIKAKU_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaikaku.settings"
    django.setup()
    from django.core.management import call_command

    from tests.cast import make_cast
    from tests.reporting.conftest import make_edition, make_round

    call_command("migrate", verbosity=0)
    cast = make_cast()
    make_round(cast, make_edition(cast))
    for name, act in acts().items():
        try_all(folder, name, act, standing=standing, every=name in EVERY)


def acts() -> dict[str, Callable[[], object]]:
    """The way of a sheet, twice: what is accepted, returned, written again and accepted again."""
    from kaikaku.org.models import User
    from kaikaku.reporting import services
    from kaikaku.reporting.models import Sheet
    from tests.reporting.conftest import entry, reasons, saying

    def sheet() -> Sheet:
        return Sheet.objects.get()

    def user(name: str) -> User:
        return User.objects.get(username=name)

    def save() -> object:
        return services.save_sheet(
            sheet=sheet(), entry=entry(sheet()), version=sheet().version, by=user("sato")
        )

    def submit() -> object:
        return services.submit_sheet(sheet=sheet(), explanations=reasons(sheet()), by=user("sato"))

    def confirm() -> object:
        return services.confirm(sheet=sheet(), by=user("suzuki"))

    def bundle() -> object:
        return services.bundle(sheet=sheet(), by=user("suzuki"))

    def accept() -> object:
        return services.accept(sheet=sheet(), by=user("takahashi"))

    def send_back() -> object:
        return services.return_sheet(sheet=sheet(), reason="足してください", by=user("takahashi"))

    def rewrite() -> object:
        told = saying(sheet(), done="一\n二\n三", next_plan="")
        return services.save_sheet(sheet=sheet(), entry=told, version=sheet().version, by=user("sato"))

    def publish() -> object:
        edition = sheet().round.edition
        return services.mark_published(edition=edition, publication="第1回公表", by=user("takahashi"))

    return {
        "save": save,
        "submit": submit,
        "confirm": confirm,
        "bundle": bundle,
        "accept": accept,
        "send_back": send_back,
        "rewrite": rewrite,
        "submit_again": submit,
        "confirm_again": confirm,
        "bundle_again": bundle,
        "accept_again": accept,
        "publish": publish,
    }


def standing() -> dict[str, Any]:
    """What the database holds now."""
    from kaikaku.audit.models import Entry
    from kaikaku.audit.services import verify
    from kaikaku.plans.models import Figure, Item
    from kaikaku.reporting.models import Look, Move, PartItem, Sheet, SheetFigure, SheetPart

    models = (Move, Look, PartItem, Entry, Figure)
    actuals = Figure.objects.filter(role="actual", is_current=True, fiscal_year=2023)
    lines = Item.objects.filter(kind="achievement", fiscal_year=2023, removed_at__isnull=True)
    return {
        **{model.__name__: model.objects.count() for model in models},
        "sheet": list(Sheet.objects.values_list("state", "version", "texts")),
        "parts": list(SheetPart.objects.order_by("pk").values_list("texts", flat=True)),
        "figures": list(SheetFigure.objects.order_by("pk").values_list("text", flat=True)),
        "actuals": list(actuals.order_by("indicator__position").values_list("text", flat=True)),
        "lines": list(lines.order_by("section", "position", "pk").values_list("text", flat=True)),
        "breaks": len(verify()),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
