"""The Jinja2 environment of the office's pages (settings: TEMPLATES … OPTIONS environment)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from jinja2 import Environment, StrictUndefined

from kaikaku import __version__
from kaikaku.ui.manual import help_of
from kaikaku.ui.navigation import frame, navigation, tools
from kaikaku.ui.rendering import field_view, summary_of
from kaikaku.writers import jinja_filters

FONTS_CSS = "fonts/fonts.css"


def environment(**options: Any) -> Environment:
    """Build the environment: unknown names are errors, and compiled templates stay in memory."""
    options["auto_reload"] = bool(settings.DEBUG)
    options["undefined"] = StrictUndefined
    options.setdefault("autoescape", True)
    options["cache_size"] = -1
    env = Environment(**options)  # noqa: S701 - autoescape is on by the line above
    jinja_filters.register(env)
    env.globals.update(
        url=url,
        url_if=url_if,
        static=static,
        frame=frame,
        help_of=help_of,
        navigation=navigation,
        tools=tools,
        messages_of=messages_of,
        field_view=field_view,
        summary_of=summary_of,
        version=__version__,
        fonts_css=FONTS_CSS if finders.find(FONTS_CSS) else "",
    )
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page; an unknown name is an error."""
    return reverse(name, args=args, kwargs=kwargs)


def url_if(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page of an app that may be switched off; empty where it is."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def messages_of(request: HttpRequest | None) -> Iterable[Message]:
    """What the last action has to say to the person, shown once."""
    if request is None or not hasattr(request, "_messages"):
        return ()
    return get_messages(request)
