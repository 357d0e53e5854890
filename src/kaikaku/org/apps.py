from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Identity, Link, Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage


class OrgConfig(AppConfig):
    name = "kaikaku.org"
    verbose_name = "組織と利用者"

    def places(self, user: User) -> Iterable[Place]:
        """The office's entry in the main row, for those who keep the register."""
        from .access import OFFICE, allowed

        if not allowed(user, *OFFICE):
            return ()
        also = (reverse("org:people"), reverse("org:history"), reverse("org:organisation"))
        return (Place("組織と利用者", reverse("org:departments"), order=90, also=also),)

    def identity(self, user: User) -> Identity | None:
        """Who is here: the government, the person and the post held today."""
        from .access import roles
        from .queries import holdings_of

        if user.organisation is None:
            return Identity("", user.name)
        held = holdings_of(user).first()
        links = (Link("パスワードを変える", reverse("account_change_password")),)
        return Identity(
            user.organisation.name,
            user.name,
            str(held.post) if held else "",
            sample=user.organisation.sample,
            links=links,
            roles=tuple(sorted(roles(user))),
        )

    def manual(self) -> Iterable[ManualPage]:
        """Signing in; people, posts and departments."""
        from kaikaku.org.manual import PAGES

        return PAGES
