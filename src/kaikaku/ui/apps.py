"""Registers the look with Django."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from kaikaku.ui.manual import ManualPage


class UiConfig(AppConfig):
    name = "kaikaku.ui"
    label = "ui"
    verbose_name = "画面"

    def manual(self) -> Iterable[ManualPage]:
        """What holds on every screen, and what to do when something goes wrong."""
        from kaikaku.ui.manual.own import PAGES

        return PAGES
