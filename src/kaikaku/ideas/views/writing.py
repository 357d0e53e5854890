"""Writing an idea, seeing what is like it, sending it, following one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import forms, queries, services, words
from kaikaku.ideas.axes import read_axes
from kaikaku.ideas.forms.writing import KEEP, initial_of
from kaikaku.ideas.similarity import ABSENT_WORDS, embeddings_installed
from kaikaku.ideas.states import Step, allows
from kaikaku.ideas.views.common import at_campaign, found, link, root
from kaikaku.org.access import user_of
from kaikaku.ui.views import form_page, press

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign, Idea
    from kaikaku.org.models import User

TEXTS = ("title", "problem", "proposal", "effect", "may_publish")
KEPT = "下書きを保存しました。"
SENT = "提案を受け付けました。回答があると、この画面とメールでお知らせします。"


@found(queries.campaign_for)
def write(request: HttpRequest, part: Campaign) -> HttpResponse:
    """Everyone who works here: an idea in a minute.

    「題名と提案だけで送りたい」「誰が出したか知られたくない」「途中で保存したい」
    """
    user = user_of(request)

    def save(form: forms.IdeaForm) -> Idea:
        fields = form.entry()
        idea = services.start_draft(campaign=part, fields=fields, by=user)
        return idea if form.keeping else services.send_idea(idea=idea, fields=fields, by=user)

    return _form(request, part, save, title="提案を書く", idea=None, initial={})


@found(queries.own_idea_for)
def edit(request: HttpRequest, part: Idea) -> HttpResponse:
    """The proposer: go on with a draft."""
    user = user_of(request)

    def save(form: forms.IdeaForm) -> Idea:
        act = services.keep_draft if form.keeping else services.send_idea
        return act(idea=part, fields=form.entry(), by=user)

    texts = {name: getattr(part, name) for name in TEXTS}
    initial = initial_of(texts, queries.own_values(part))
    return _form(request, part.campaign, save, title="下書きの続きを書く", idea=part, initial=initial)


def _form(
    request: HttpRequest,
    campaign: Campaign,
    save: Any,
    *,
    title: str,
    idea: Idea | None,
    initial: dict[str, Any],
) -> HttpResponse:
    user = user_of(request)
    keeping = KEEP in request.POST
    text = idea.text if idea is not None else ""
    context = {
        "title": title,
        "campaign": campaign,
        "idea": idea,
        "alike": queries.similar_for(user, text, without=idea.pk if idea else None),
        "absent": "" if embeddings_installed() else ABSENT_WORDS,
        "autosave": reverse("ideas:autosave", args=[campaign.pk]),
        "similar": reverse("ideas:similar", args=[campaign.pk]),
        "breadcrumbs": [*at_campaign(campaign), (title, "")],
    }
    return form_page(
        request,
        partial(forms.IdeaForm, axes=read_axes(campaign.axes)),
        "ideas/write.html",
        save=save,
        initial=initial,
        context=context,
        success_url=lambda kept: link("edit" if keeping else "mine", kept),
        message=KEPT if keeping else SENT,
    )


@require_POST
@found(queries.campaign_for)
def autosave(request: HttpRequest, part: Campaign) -> HttpResponse:
    """What has been typed so far, kept without a press; answers where the draft is. For script."""
    user = user_of(request)
    data = request.POST.copy()
    data[KEEP] = "1"
    form = forms.IdeaForm(data, axes=read_axes(part.axes))
    if not form.is_valid():
        return JsonResponse({"error": "保存できない内容があります。"}, status=400)
    key = request.POST.get("draft", "")
    try:
        if key.isdecimal():
            idea = queries.own_idea_for(user, int(key))
            services.keep_draft(idea=idea, fields=form.entry(), by=user)
        else:
            idea = services.start_draft(campaign=part, fields=form.entry(), by=user)
    except RuleViolation as violation:
        return JsonResponse({"error": violation.message}, status=409)
    return JsonResponse({"draft": idea.pk, "url": link("edit", idea), "said": KEPT})


@require_POST
@found(queries.campaign_for)
def similar(request: HttpRequest, part: Campaign) -> HttpResponse:
    """A piece of the page: ideas like what is typed; by POST, so that no log of addresses has it."""
    text = "\n".join(request.POST.get(name, "") for name in ("title", "problem", "proposal", "effect"))
    key = request.POST.get("draft", "")
    alike = _alike(user_of(request), text[:4000], key)
    context = {"alike": alike, "absent": "" if embeddings_installed() else ABSENT_WORDS}
    return render(request, "ideas/similar.html", context)


def _alike(user: User, text: str, key: str) -> list[queries.Alike]:
    return queries.similar_for(user, text, without=int(key) if key.isdecimal() and len(key) < 12 else None)


@found(queries.own_idea_for)
def mine(request: HttpRequest, part: Idea) -> HttpResponse:
    """The proposer alone: where it stands, what was answered, what can still be done.

    「受け付けられたか」「どこまで進んだか」「取り下げたい」
    """
    user = user_of(request)
    if part.state == "draft":
        return edit(request, part.pk)
    answers = list(part.answers.order_by("-pk"))
    context = {
        "idea": part,
        "fate": queries.fate_of(part),
        "answers": answers,
        "unread": queries.unread_of(user, part),
        "fulfilments": list(part.fulfilments.select_related("realisation")),
        "alike": queries.similar_for(user, part.text, without=part.pk),
        "values": _values(part),
        "may_withdraw": allows(part.state, Step.WITHDRAW),
        "words": words,
        "breadcrumbs": [*root(), (part.title, "")],
    }
    return render(request, "ideas/mine.html", context)


def _values(idea: Idea) -> list[tuple[str, str]]:
    chosen = queries.own_values(idea)
    return [(axis.label, chosen[axis.key]) for axis in read_axes(idea.campaign.axes) if axis.key in chosen]


@require_POST
@found(queries.own_idea_for)
def read(request: HttpRequest, part: Idea) -> HttpResponse:
    """The proposer: the answers have been read."""
    by = user_of(request)
    return press(
        request,
        lambda: services.read_answers(idea=part, by=by),
        done="回答を確認済みにしました。",
        back=link("mine", part),
    )


@require_POST
@found(queries.own_idea_for)
def discard(request: HttpRequest, part: Idea) -> HttpResponse:
    """The proposer: throw a draft away."""
    by = user_of(request)
    return press(
        request,
        lambda: services.discard_draft(idea=part, by=by),
        done="下書きを捨てました。",
        back=reverse("ideas:index"),
    )


@require_POST
@found(queries.own_idea_for)
def withdraw(request: HttpRequest, part: Idea) -> HttpResponse:
    """The proposer: take it back."""
    by = user_of(request)
    return press(
        request,
        lambda: services.withdraw_idea(idea=part, by=by),
        done="提案を取り下げました。",
        back=link("mine", part),
    )


@require_POST
@found(queries.own_idea_for)
def consent(request: HttpRequest, part: Idea) -> HttpResponse:
    """The proposer: let the words be shown, or no longer."""
    by, to = user_of(request), request.POST.get("to") == "open"
    return press(
        request,
        lambda: services.change_consent(idea=part, may_publish=to, by=by),
        done="本文を公表してよいことにしました。" if to else "本文を公表しないことにしました。",
        back=link("mine", part),
    )
