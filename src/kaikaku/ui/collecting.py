"""Collecting by name from the apps that are installed; of one that is switched off nothing is missed.

Nothing below imports what stands above it: an app offers a function or a value of an agreed name in its
`queries` (or `metrics`), and whoever shows it asks here.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps


def module_of(app: str, name: str) -> ModuleType | None:
    """The module of that name in one of our apps, if there is one."""
    path = f"{app}.{name}"
    return import_module(path) if app.startswith("kaikaku.") and find_spec(path) else None


def offers(name: str, module: str = "queries") -> Iterator[Any]:
    """What our installed apps have under this name in that module, from the lowest app up."""
    for config in apps.get_app_configs():
        found = module_of(config.name, module)
        if found is not None and hasattr(found, name):
            yield getattr(found, name)
