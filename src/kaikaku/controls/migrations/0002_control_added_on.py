"""When a control was registered: one that is newer than a year is not asked about in it."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_its_risk(apps: Any, schema_editor: Any) -> None:
    """A control that is there already came, as far as is known, with its risk."""
    risk = apps.get_model("controls", "Risk").objects.filter(pk=OuterRef("risk"))
    apps.get_model("controls", "Control").objects.update(added_on=Subquery(risk.values("added_on")[:1]))


class Migration(migrations.Migration):
    dependencies = [("controls", "0001_initial")]

    operations = [
        migrations.AddField("control", "added_on", models.DateField("登録した日", null=True)),
        migrations.RunPython(as_its_risk, migrations.RunPython.noop),
        migrations.AlterField("control", "added_on", models.DateField("登録した日")),
    ]
