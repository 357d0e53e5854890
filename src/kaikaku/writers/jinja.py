"""The writers' own Jinja2: templates compiled once, everything escaped, the look's filters on board."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kaikaku.writers import jinja_filters
from kaikaku.writers.book import file_name

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def environment() -> Environment:
    """One environment for the process; a name that a template misspells is an error, not a blank."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
    )
    jinja_filters.register(env)
    env.filters["file_name"] = file_name
    return env
