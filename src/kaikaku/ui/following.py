"""What apps announce to the notices: to which thing a subject of the log belongs, and whether it is mine.

`home` collects by name, through the app registry, what the `queries` of an installed app offer:

    followed_types()             the kinds of subject it can tell of: {"plans.figure", …}
    things_for(user, subjects)   those of the subjects that the user may see, each with its thing

and from its `actions` module `FOLLOWS`, the actions whose doer follows the thing from then on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# a subject of the log: the model's label and the key
Subject = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """What a person follows: an indicator for its figures, a sheet for its comments.

    `is_mine` tells that the person's post has it in charge; `within` are the things it stands in: who follows
    one of those follows this too.
    """

    subject: Subject
    kind: str
    label: str
    url: str
    is_mine: bool = False
    within: tuple[Subject, ...] = ()


def keys_of(subjects: Iterable[Subject], kind: str) -> set[int]:
    """The keys of the subjects of one kind."""
    return {int(key) for subject, key in subjects if subject == kind and key.isdecimal()}
