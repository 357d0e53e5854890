"""What the pages of reporting share: who may open them, where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from kaikaku.org.access import PageOf, found_for, user_of
from kaikaku.org.roles import Role
from kaikaku.reporting import queries
from kaikaku.ui.views import Crumbs

if TYPE_CHECKING:
    from kaikaku.reporting.models import Round, Sheet

FORM = "ui/form_page.html"
HOME = ("報告", "/reports/")
APPROVERS = (Role.CHIEF, Role.SECRETARIAT)
BOARD_READERS = (Role.SECRETARIAT, Role.EXECUTIVE)


def on_sheet(*roles: Role) -> PageOf[Sheet]:
    """A page of one sheet for these roles."""
    return found_for(queries.sheet_for, *roles)


def on_round(*roles: Role) -> PageOf[Round]:
    """A page of one round for these roles."""
    return found_for(queries.round_for, *roles)


def sheet_url(sheet: Sheet, page: str = "sheet") -> str:
    return reverse(f"reporting:{page}", args=[sheet.pk])


def round_url(round_: Round) -> str:
    return reverse("reporting:round", args=[round_.pk])


def round_crumbs(round_: Round) -> Crumbs:
    return [HOME, (round_.title, round_url(round_))]


def sheet_crumbs(request: HttpRequest, sheet: Sheet) -> Crumbs:
    """From the board where one may see it, else from the person's own list."""
    standing = queries.standing_of(user_of(request))
    above = round_crumbs(sheet.round) if standing.reads_all else [HOME]
    return [*above, (sheet.department.name, sheet_url(sheet))]


def page_of(title: str, crumbs: Crumbs, *, cancel: str, **more: str) -> dict[str, object]:
    """The context of a page with one form; `more` may say lead, submit, next."""
    return {"title": title, "breadcrumbs": [*crumbs, (title, "")], "cancel_url": cancel, **more}
