"""Bringing up Django for the commands that need the database; the others never pay for it."""

from __future__ import annotations

import os

from kaikaku.core.errors import RuleViolation


def start() -> None:
    """Set Django up. A setting that is refused becomes a sentence, like any other refusal."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaikaku.settings")
    try:
        django.setup()
    except ImproperlyConfigured as refusal:
        raise RuleViolation("cli.settings", str(refusal)) from refusal


def require_database() -> None:
    """Refuse, saying what to do, where `setup` has not been run or the database is of another version."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as trouble:
        raise RuleViolation(
            "cli.no_database",
            f"データベースにつながりません（{str(trouble).strip()}）。"
            "DATABASE_URL を確かめるか、kaikaku setup を実行してください。",
        ) from trouble
    if waiting:
        raise RuleViolation(
            "cli.not_set_up", "データベースの準備ができていません。先に kaikaku setup を実行してください。"
        )
