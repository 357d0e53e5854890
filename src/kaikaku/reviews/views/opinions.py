"""Members' opinions, the answers to them, and the report of what became of them (反映状況)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.org.access import allowed, found_for, user_of
from kaikaku.org.roles import Role
from kaikaku.plans import queries as plans
from kaikaku.reviews import forms, queries, services, words
from kaikaku.reviews.views.common import change_page, item_url, keep_in_view, meeting_crumbs, root_crumbs
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition
    from kaikaku.reviews.models import AgendaItem, Opinion

READERS = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK, Role.MEMBER)


@found_for(queries.item_for, Role.MEMBER)
def write(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """A member: an opinion on one item, until the due day."""
    user = user_of(request)
    mine = queries.my_opinion(user, item)
    return change_page(
        request,
        forms.OpinionForm,
        title=f"「{item}」への意見",
        crumbs=meeting_crumbs(item.meeting),
        submit="意見を提出する",
        next="事務局と所管の所属が読み、対応方針を回答します。",
        initial={"text": mine.text if mine else ""},
        save=lambda form: services.write_opinion(item=item, by=user, **form.cleaned_data),
        back=item_url(item),
        message="意見を提出しました。",
    )


@found_for(queries.opinion_for)
def answer(request: HttpRequest, opinion: Opinion) -> HttpResponse:
    """The section in charge, or the office: what becomes of an opinion.

    「この意見をどう扱うか」「次の版のどこに反映したか」
    """
    user, item = user_of(request), opinion.item
    if not queries.may_answer(user, item):
        raise PermissionDenied("回答できるのは、所管の担当・所属長と事務局です。")
    return change_page(
        request,
        forms.AnswerForm,
        title=f"「{item}」への意見に回答する",
        crumbs=meeting_crumbs(item.meeting),
        submit="回答する",
        context={"quoted": (("委員の意見", opinion.text),)},
        form_kwargs={"targets": queries.target_choices(item.edition, others_only=True)},
        initial=_given(opinion),
        save=lambda form: services.answer_opinion(
            opinion=opinion,
            fields=form.entry(queries.target_in(item.edition, form.cleaned_data["target"])),
            by=user,
        ),
        back=item_url(item),
        message="回答しました。",
        next="公表する意見への回答は、反映状況と公表資料に載ります。",
    )


def _given(opinion: Opinion) -> dict[str, Any]:
    """The answer so far, for its form."""
    given = queries.answer_of(opinion)
    if given is None:
        return {}
    target = queries.key_of(given.target) if given.target else ""
    return {"stance": given.stance, "text": given.text, "target": target}


@require_POST
@found_for(queries.opinion_for, Role.SECRETARIAT)
def publicity(request: HttpRequest, opinion: Opinion) -> HttpResponse:
    """The office: whether it is published."""
    user, is_public = user_of(request), request.POST.get("to") == "public"
    return press(
        request,
        lambda: services.set_publicity(opinion=opinion, is_public=is_public, by=user),
        done="公表する意見にしました。" if is_public else "公表しない意見にしました。",
        back=item_url(opinion.item),
    )


@found_for(plans.edition_for, *READERS)
def follow_up(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What became of the opinions on an edition, each with the line that it changed.

    「意見は反映されたのか」「どの取組のどこが変わったのか」「まだ答えていない意見は」
    """
    user = user_of(request)
    keep_in_view(request, edition)
    rows = queries.report_rows(edition, user=user)
    context = {
        "edition": edition,
        "rows": rows,
        "counts": queries.stance_counts(rows),
        "hidden": sum(not row.is_public for row in rows),
        "names": queries.sees_meetings(user),
        "is_staff": allowed(user, Role.EMPLOYEE),
        "words": words,
        "breadcrumbs": [*root_crumbs(), (f"{edition.title}　反映状況", "")],
    }
    return render(request, "reviews/follow_up.html", context)
