"""The database itself refuses to change the log."""

from django.db import migrations

from kaikaku.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: triggers.install(schema_editor.connection),
            lambda apps, schema_editor: triggers.drop(schema_editor.connection),
        ),
    ]
