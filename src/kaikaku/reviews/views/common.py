"""What the pages of reviews share: who may, where one is, how a form's page works."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from kaikaku.reviews import queries
from kaikaku.ui import views
from kaikaku.ui.views import Crumbs

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Indicator, Section
    from kaikaku.reviews.models import AgendaItem, Loop, Meeting

change_page = partial(views.change_page, template="reviews/form.html", submit="記録する")
LABEL = "点検・見直し"


def keep_in_view(request: HttpRequest, edition: Edition) -> None:
    """Tell the frame around the page which edition the header's switch stands at."""
    request.edition_in_view = edition.pk  # type: ignore[attr-defined]


def subject_url(subject: Section | Indicator) -> str:
    return reverse(f"reviews:{subject._meta.model_name}", args=[subject.pk])


def loop_url(loop: Loop) -> str:
    return f"{subject_url(loop.subject)}#loop-{loop.pk}"


def meeting_url(meeting: Meeting) -> str:
    return reverse("reviews:meeting", args=[meeting.pk])


def item_url(item: AgendaItem) -> str:
    return reverse("reviews:item", args=[item.pk])


def root_crumbs() -> Crumbs:
    return [(LABEL, reverse("reviews:index"))]


def subject_crumbs(subject: Section | Indicator) -> Crumbs:
    return [*root_crumbs(), (subject.edition.title, ""), (str(subject), subject_url(subject))]


def meeting_crumbs(meeting: Meeting) -> Crumbs:
    return [("会議", reverse("reviews:meetings")), (meeting.title, meeting_url(meeting))]


def quoted_events(loop: Loop) -> tuple[tuple[str, str], ...]:
    """What has been recorded so far, to be read above the form of the next step."""
    return tuple((event.get_kind_display(), event.text) for event in queries.events_of(loop))
