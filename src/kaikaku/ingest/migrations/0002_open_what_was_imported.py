"""Documents kept before they had an audience are closed; those of plans stay as open as they were."""

from typing import Any

from django.db import migrations
from django.db.models import Q


def open_imported(apps: Any, schema_editor: Any) -> None:
    """What was imported, and the tables kept by 「表の点検」: read with their text, and no sheet's."""
    documents = apps.get_model("sources", "SourceDocument").objects
    evidence = apps.get_model("reporting", "Evidence").objects.values("document")
    uploads = apps.get_model("reporting", "Upload").objects.values("document")
    imported = apps.get_model("ingest", "Import").objects.values("document")
    of_no_sheet = ~Q(text_lines=[]) & ~Q(pk__in=evidence) & ~Q(pk__in=uploads)
    documents.filter(Q(pk__in=imported) | of_no_sheet).update(audience="insiders")


class Migration(migrations.Migration):
    dependencies = [
        ("ingest", "0001_initial"),
        ("reporting", "0006_upload_alone"),
        ("sources", "0002_audience"),
    ]

    operations = [migrations.RunPython(open_imported, migrations.RunPython.noop)]
