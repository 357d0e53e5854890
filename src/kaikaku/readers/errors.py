"""What a reader says of a file it cannot take in."""

from __future__ import annotations

from kaikaku.core.errors import RuleViolation


class Unreadable(RuleViolation):
    """A file that cannot be read, told in one Japanese sentence or two: what, where, what next.

    The only exception that leaves `kaikaku.readers`; `code` is stable, `message` is for people and `data`
    carries the file's name and the figures the message names.
    """
