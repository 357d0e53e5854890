"""What the manual adds to the search of every page (collected by home)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaikaku.ui.manual import searching
from kaikaku.ui.search import Group, Wanted

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def found_for(user: AbstractBaseUser, wanted: Wanted) -> list[Group]:
    """The sections of the manual that have the words; it is the same for everyone."""
    return [searching.found(wanted)]
