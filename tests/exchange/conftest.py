"""さくら県 with its schemes."""

from __future__ import annotations

from django.conf import settings

if "exchange" not in settings.KAIKAKU_APPS:  # a government without this app runs the tests of the others
    collect_ignore_glob = ["test_*.py"]
