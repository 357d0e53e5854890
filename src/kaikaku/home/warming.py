"""What a process of the server does as it begins, so that whoever comes first does not wait for it."""

from __future__ import annotations

from django.db import DatabaseError
from django.template import engines
from django.urls import reverse

from kaikaku.plans.queries import keep_ready

# the frame of every page, and the pages that everyone begins at
COMPILED = ("ui/", "look/", "home/", "plans/parts")


def warm() -> None:
    """Import every view (the first address asked for does), compile the templates of the frame and of home,
    read and rate the editions in force.

    With 200 sections of 57 indicators that is two seconds, which the first page after a start took.
    """
    reverse("home:index")
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
