"""Run as a program by test_workbook_killed: kills itself amid receiving and applying a workbook.

    python -m tests.reporting.workbook_killing FOLDER

As tests/ingest/killing.py, whose machinery it uses; printed is one JSON object a line.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import django

from tests.ingest.killing import try_all


def main(folder: Path) -> None:
    os.environ["KAIKAKU_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaikaku.settings"
    django.setup()
    from django.core.management import call_command

    from kaikaku.org.models import User
    from kaikaku.reporting import services
    from kaikaku.reporting.models import Round, Sheet, Upload
    from tests.cast import make_cast
    from tests.reporting.conftest import make_edition, make_round
    from tests.reporting.workbooks import all_of, changed, made, put

    call_command("migrate", verbosity=0)
    cast = make_cast()
    round_ = make_round(cast, make_edition(cast))
    Sheet.objects.create(round=round_, department=cast.gyokaku)
    edit = all_of(
        put("実績値", 85.2),
        put("実績値", 2310, row=3),
        put("今回の記入内容", "オンラインに移した。", page="記入内容"),
        put("今回の記入内容", "内線1234", page="記入内容", row=18),
    )
    data = changed(made(round_, cast.takahashi), edit)

    def office() -> User:
        return User.objects.get(username="takahashi")

    def receive() -> object:
        return services.receive(round_=Round.objects.get(), name="全所属.xlsx", data=data, by=office())

    def apply() -> object:
        upload = Upload.objects.get()
        versions = {part.sheet_id: found.version for part, found in services.reviews_of(upload)}
        return services.apply(upload=upload, chosen=versions, by=office())

    for name, act in {"receive": receive, "apply": apply}.items():
        try_all(folder, name, act, standing=standing)


def standing() -> dict[str, Any]:
    """What the database holds now."""
    from kaikaku.audit.models import Entry
    from kaikaku.audit.services import verify
    from kaikaku.reporting.models import Evidence, Move, Sheet, SheetFigure, SheetPart, Upload, UploadPart
    from kaikaku.sources.models import SourceDocument

    models = (Upload, UploadPart, Evidence, Move, SourceDocument, Entry)
    return {
        **{model.__name__: model.objects.count() for model in models},
        "figures": list(SheetFigure.objects.order_by("pk").values_list("text", flat=True)),
        "texts": list(Sheet.objects.order_by("pk").values_list("texts", "version", "state")),
        "parts": list(SheetPart.objects.order_by("pk").values_list("texts", flat=True)),
        "applied": UploadPart.objects.filter(applied_at__isnull=False).count(),
        "breaks": len(verify()),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
