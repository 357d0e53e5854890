"""A government without this app runs the tests of the others."""

from django.conf import settings

if "controls" not in settings.KAIKAKU_APPS:
    collect_ignore_glob = ["test_*.py"]
