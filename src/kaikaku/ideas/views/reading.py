"""Reading the ideas of colleagues; いいね and comments; the one page of an idea for every reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.audit import queries as audit
from kaikaku.audit.actions import sentence
from kaikaku.ideas import forms, queries, services, words
from kaikaku.ideas.states import Step, allows
from kaikaku.ideas.views.common import OFFICE, at_campaign, at_idea, change_page, found, link
from kaikaku.org.access import allowed, user_of
from kaikaku.ui.search import Wanted
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign, Comment, Idea

PER_PAGE = 30
SORTS = {"new": "-number", "liked": "-liked"}


@found(queries.campaign_for)
def ideas(request: HttpRequest, part: Campaign) -> HttpResponse:
    """Everyone who works here: what colleagues have proposed, those with consent, without names.

    「ほかにどんな提案が出ているか」「同じことを考えた人はいるか」
    """
    sort = request.GET.get("sort", "new")
    typed = request.GET.get("q", "")
    rows = queries.open_ideas(user_of(request)).filter(campaign=part)
    for key in Wanted.of(typed).keys:
        rows = rows.filter(search_key__contains=key)
    rows = rows.order_by(SORTS.get(sort, "-number"), "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": part,
        "page": page,
        "sort": sort if sort in SORTS else "new",
        "typed": typed,
        "words": words,
        "breadcrumbs": [*at_campaign(part), ("みんなの提案", "")],
    }
    return render(request, "ideas/ideas.html", context)


@found(queries.idea_for)
def idea(request: HttpRequest, part: Idea) -> HttpResponse:
    """A colleague reads; an evaluator and the office also see what is private; nobody sees who proposed.

    「何に困り、どうしたいのか」「似た提案はあるか」「これまでの検討はどうか」
    """
    user = user_of(request)
    office = allowed(user, OFFICE)
    handles = queries.may_handle(user, part)
    steps = {step.value: handles and allows(part.state, step) for step in Step}
    context = {
        "idea": part,
        "fate": queries.fate_of(part),
        "beside": queries.beside(user, part),
        "is_office": office,
        "handles": handles,
        "steps": steps,
        "is_own": not office and queries.is_own(user, part),
        "history": audit.history_of(user, part) if office else (),
        "sentence": sentence,
        "comment_form": forms.CommentForm(),
        "note_form": forms.NoteForm(),
        "words": words,
        "breadcrumbs": at_idea(part),
    }
    return render(request, "ideas/idea.html", context)


@require_POST
@found(queries.idea_for)
def like(request: HttpRequest, part: Idea) -> HttpResponse:
    """A colleague: いいね, or no longer."""
    by, off = user_of(request), request.POST.get("to") == "off"
    act = services.unlike if off else services.like
    return press(
        request,
        lambda: act(idea=part, by=by),
        done="「いいね」を取り消しました。" if off else "「いいね」をしました。",
        back=link("idea", part),
    )


@require_POST
@found(queries.idea_for)
def comment(request: HttpRequest, part: Idea) -> HttpResponse:
    """A colleague, or the proposer without a name."""
    by, text = user_of(request), request.POST.get("text", "")
    return press(
        request,
        lambda: services.comment(idea=part, text=text, by=by),
        done="コメントを書きました。",
        back=f"{link('idea', part)}#comments",
    )


@found(queries.comment_for, OFFICE)
def hide_comment(request: HttpRequest, part: Comment) -> HttpResponse:
    """The office: out of sight, with the reason in its place."""
    by = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="コメントを非表示にする",
        crumbs=at_idea(part.idea),
        lead=f"「{part}」",
        submit="非表示にする",
        save=lambda form: services.hide_comment(comment=part, by=by, **form.cleaned_data),
        back=link("idea", part.idea),
        message="コメントを非表示にしました。",
    )


@require_POST
@found(queries.idea_for)
def note(request: HttpRequest, part: Idea) -> HttpResponse:
    """The office and evaluators: a private note."""
    by, text = user_of(request), request.POST.get("text", "")
    return press(
        request,
        lambda: services.write_note(idea=part, text=text, by=by),
        done="メモを加えました。",
        back=f"{link('idea', part)}#notes",
    )
