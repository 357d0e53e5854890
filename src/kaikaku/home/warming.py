"""What a process of the server does as it begins, so that whoever comes first does not wait for it."""

from __future__ import annotations

from django.db import DatabaseError
from django.template import engines
from django.urls import get_resolver

from kaikaku.plans.queries import keep_ready

# the frame of every page, and the pages that everyone begins at
COMPILED = ("ui/", "look/", "home/")


def warm() -> None:
    """Import every view, compile the templates of the frame and of home, read the editions in force.

    On two cores of the yard-stick that is a second and a half, which the first page after a start took.
    """
    get_resolver().url_patterns  # noqa: B018 - reading it imports what every address leads to
    _compile()
    try:
        keep_ready()
    except DatabaseError:
        # set-up comes after: the first page says what is missing
        return


def _compile() -> None:
    pages = engines["jinja2"].env  # type: ignore[attr-defined]
    for name in pages.list_templates(extensions=["html"]):
        if name.startswith(COMPILED) and "/manual/" not in name:
            pages.get_template(name)
