"""What the pages of bpr share: who may, where one is, how a form's page works."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kaikaku.bpr import queries
from kaikaku.org.access import require, user_of
from kaikaku.ui.views import Crumbs

if TYPE_CHECKING:
    from kaikaku.bpr.models import Measurement, Project
    from kaikaku.org.models import User

Part = TypeVar("Part")
LABEL = "業務改革"
View = Callable[[HttpRequest, Part], HttpResponse]


def found_for(
    find: Callable[[User, int], Part], *, edit: Callable[[Part], Project] | None = None
) -> Callable[[View[Part]], Callable[[HttpRequest, int], HttpResponse]]:
    """A page about one thing: found first, so that a stranger gets 404 and not 403. With `edit`, only for
    who may change that project.
    """

    def decorate(view: View[Part]) -> Callable[[HttpRequest, int], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            user = user_of(request)
            part = find(user, pk)
            require(user, *queries.READERS)
            if edit is not None:
                _must_edit(user, edit(part))
            return view(request, part)

        return guarded

    return decorate


def _must_edit(user: User, project: Project) -> None:
    if not queries.may_edit(user, project.department):
        raise PermissionDenied(
            f"この案件を直せるのは、「{project.department.name}」の担当・所属長と事務局です。"
        )


def itself(project: Project) -> Project:
    return project


def of_measurement(measurement: Measurement) -> Project:
    return measurement.project


def root_crumbs() -> Crumbs:
    return [(LABEL, reverse("bpr:index"))]


def project_crumbs(project: Project) -> Crumbs:
    return [*root_crumbs(), (project.title, queries.url_of(project.pk))]
