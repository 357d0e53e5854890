"""The office sorts: the list, what is done to the ticked ideas, heaps of alike ones; evaluators' queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.ideas import forms, queries, services, words
from kaikaku.ideas.similarity import ABSENT_WORDS, embeddings_installed
from kaikaku.ideas.views.common import OFFICE, STAFF, at_campaign, at_idea, change_page, found, keys_of, link
from kaikaku.org import queries as org
from kaikaku.org.access import require, user_of
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign, Evaluation, Idea, Theme
    from kaikaku.org.models import User


@found(queries.campaign_for, OFFICE)
def triage(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: which ideas wait for what; tick some and do one thing to all.

    「まだ仕分けていない提案はどれ」「同じテーマの提案をまとめて仕分けたい」「未回答を残したくない」
    """
    wanted = _wanted(request)
    page = queries.idea_page(part, wanted)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "campaign": part,
        "page": page,
        "wanted": wanted,
        "query": query.urlencode(),
        "themes": queries.themes_of(part),
        "labels": queries.labels_of(part),
        "axes": queries.open_axes(part),
        "acts": ACTS,
        "words": words,
        "total": sum(page.states.values()),
        "breadcrumbs": [*at_campaign(part), ("仕分け", "")],
    }
    return render(request, "ideas/triage.html", context)


def _wanted(request: HttpRequest) -> queries.Wanted:
    query = request.GET
    axis, _, value = query.get("axis", "").partition(":")
    return queries.Wanted(
        state=query.get("state", ""),
        track=query.get("track", ""),
        theme=next(iter(keys_of([query.get("theme", "")])), None),
        label=next(iter(keys_of([query.get("label", "")])), None),
        axis=axis,
        value=value,
        unanswered=query.get("unanswered") == "1",
        undecided=query.get("view") == "unsorted",
        words=query.get("q", ""),
        sort=query.get("sort", "number"),
        page=next(iter(keys_of([query.get("page", "")])), 1),
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done to ticked ideas: its words, its form, the choices it needs, its service.

    With `sections` the section in charge of a handed idea may do it too.
    """

    label: str
    submit: str
    form: Any
    do: Callable[[User, list[Idea], Any], Any]
    choices: Callable[[User, Campaign], dict[str, Any]] = lambda user, campaign: {}
    lead: str = ""
    sections: bool = False


def _theme(user: User, ideas: list[Idea], form: forms.ThemeForm) -> Any:
    chosen, title = form.cleaned_data["theme"], form.cleaned_data["title"]
    theme = (
        queries.theme_for(user, int(chosen))
        if chosen
        else services.make_theme(campaign=ideas[0].campaign, title=title, by=user)
    )
    return services.put_in_theme(ideas=ideas, theme=theme, by=user, seen=form.versions())


def _label(user: User, ideas: list[Idea], form: forms.LabelForm) -> Any:
    labels = {str(label.pk): label for label in queries.labels_of(ideas[0].campaign)}
    add, remove = ([labels[key] for key in form.cleaned_data[name]] for name in ("add", "remove"))
    return services.label_ideas(ideas=ideas, add=add, remove=remove, by=user)


def _decide(user: User, ideas: list[Idea], form: forms.DecideForm) -> Any:
    key = form.cleaned_data["department"]
    department = org.department_for(user, int(key)) if key else None
    return services.decide(ideas=ideas, fields=form.entry(department), by=user, seen=form.versions())


def _evaluators(user: User, ideas: list[Idea], form: forms.EvaluatorsForm) -> Any:
    people = queries.people_among(user, keys_of(form.cleaned_data["evaluators"]))
    return services.ask_evaluators(ideas=ideas, evaluators=people, due=form.cleaned_data["due"], by=user)


def _realise(user: User, ideas: list[Idea], form: forms.RealiseForm) -> Any:
    data = form.cleaned_data
    realisation = queries.realisation_for(user, data["realisation"])
    return services.fulfil(
        ideas=ideas, realisation=realisation, extent=data["extent"], rest=data["rest"], by=user
    )


def _departments(user: User, campaign: Campaign) -> dict[str, Any]:
    return {"department_choices": org.department_choices(user)}


ACTS: dict[str, Act] = {
    "theme": Act(
        "テーマに分類する",
        "分類する",
        forms.ThemeForm,
        _theme,
        lambda user, campaign: {"theme_choices": [(t.pk, t.title) for t in queries.themes_of(campaign)]},
    ),
    "decide": Act(
        "仕分ける",
        "仕分ける",
        forms.DecideForm,
        _decide,
        _departments,
        lead="すぐできるものは今年度に実現し、準備が要るものは今年度に着手します。そのほかは時期と予算を、"
        "1つの所属だけにかかわるものは検討する所属を決めます。",
    ),
    "evaluators": Act(
        "評価を依頼する",
        "依頼する",
        forms.EvaluatorsForm,
        _evaluators,
        lambda user, campaign: {"evaluator_choices": queries.evaluators_for(user)},
    ),
    "label": Act(
        "目印を付ける・外す",
        "変更する",
        forms.LabelForm,
        _label,
        lambda user, campaign: {"label_choices": [(str(x.pk), x.name) for x in queries.labels_of(campaign)]},
        lead="目印を付けても、提案は検討の対象のままです。見送るときは「見送る」で理由を伝えます。",
    ),
    "start": Act(
        "着手とする",
        "着手とする",
        forms.StartForm,
        lambda user, ideas, form: services.start(ideas=ideas, by=user, seen=form.versions()),
        sections=True,
    ),
    "realise": Act(
        "実現した取組につなぐ",
        "つなぐ",
        forms.RealiseForm,
        _realise,
        lambda user, campaign: {
            "realisation_choices": [(x.pk, x.title) for x in queries.realisations_of(campaign)]
        },
        lead="1つの取組に複数の提案を、1つの提案に複数の取組をつなげます。",
        sections=True,
    ),
    "answer": Act(
        "回答する",
        "回答する",
        forms.AnswerForm,
        lambda user, ideas, form: services.answer(ideas=ideas, text=form.cleaned_data["text"], by=user),
        sections=True,
    ),
    "decline": Act(
        "見送る",
        "見送る",
        forms.DeclineForm,
        lambda user, ideas, form: services.decline(
            ideas=ideas, reason=form.cleaned_data["reason"], by=user, seen=form.versions()
        ),
        sections=True,
    ),
}


def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The office (for some acts the section in charge): one thing to all ticked ideas (?idea=1&idea=2)."""
    user = user_of(request)
    part = queries.campaign_for(user, pk)
    if what not in ACTS:
        raise Http404
    kind = ACTS[what]
    ideas = queries.chosen_ideas(user, part, keys_of(request.GET.getlist("idea")))
    if not kind.sections or not ideas or not all(queries.may_handle(user, idea) for idea in ideas):
        require(user, OFFICE)
    back = link("idea", ideas[0]) if len(ideas) == 1 else link("triage", part)
    if not ideas:
        messages.error(request, "提案が選ばれていません。一覧で1件以上にチェックを入れてください。")
        return HttpResponseRedirect(back)
    return change_page(
        request,
        kind.form,
        title=kind.label,
        crumbs=at_idea(ideas[0])
        if len(ideas) == 1
        else [*at_campaign(part), ("仕分け", link("triage", part))],
        lead=kind.lead,
        submit=kind.submit,
        template="ideas/act.html",
        save=lambda form: kind.do(user, ideas, form),
        back=back,
        message=f"{len(ideas)}件の提案を処理しました（{kind.label}）。",
        form_kwargs=kind.choices(user, part),
        context={"ideas": ideas, "campaign": part},
    )


@found(queries.idea_for, OFFICE)
def reopen(request: HttpRequest, part: Idea) -> HttpResponse:
    """The office: take up again."""
    by = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="検討に戻す",
        crumbs=at_idea(part),
        submit="検討に戻す",
        save=lambda form: services.reopen(idea=part, by=by, **form.cleaned_data),
        back=link("idea", part),
        message="検討に戻しました。",
    )


@found(queries.campaign_for, OFFICE)
def clusters(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: heaps of alike ideas that may make themes.

    「同じことを言っている提案をまとめて見たい」「テーマの名前は自分で付けたい」
    """
    context = {
        "campaign": part,
        "heaps": queries.heaps_of(part),
        "themes": queries.themes_of(part),
        "absent": "" if embeddings_installed() else ABSENT_WORDS,
        "breadcrumbs": [*at_campaign(part), ("仕分け", link("triage", part)), ("似た提案のまとまり", "")],
    }
    return render(request, "ideas/clusters.html", context)


@require_POST
@found(queries.campaign_for, OFFICE)
def make_theme(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: the ticked ideas of a heap become a theme."""
    user, title = user_of(request), request.POST.get("title", "")
    ideas = queries.chosen_ideas(user, part, keys_of(request.POST.getlist("idea")))

    def do() -> None:
        theme = services.make_theme(campaign=part, title=title, by=user)
        services.put_in_theme(ideas=ideas, theme=theme, by=user)

    return press(
        request, do, done=f"{len(ideas)}件を「{title.strip()}」に分類しました。", back=link("clusters", part)
    )


@found(queries.theme_for, OFFICE)
def rename_theme(request: HttpRequest, part: Theme) -> HttpResponse:
    """The office: another name for a theme."""
    by = user_of(request)
    return change_page(
        request,
        forms.ThemeNameForm,
        title="テーマの名前を変更する",
        crumbs=at_campaign(part.campaign),
        initial={"title": part.title},
        save=lambda form: services.rename_theme(theme=part, by=by, **form.cleaned_data),
        back=link("clusters", part.campaign),
    )


@found(queries.evaluation_for, STAFF)
def evaluation(request: HttpRequest, part: Evaluation) -> HttpResponse:
    """An evaluator: how feasible, how good.

    「何を評価すればよいか」「あと何件あるか」「提案した人に自分の評価は見えるか」
    """
    user = user_of(request)
    waiting = [one for one in queries.evaluations_of(user) if one.done_on is None and one.pk != part.pk]
    return change_page(
        request,
        forms.EvaluationForm,
        title=f"「{part.idea}」を評価する",
        crumbs=at_campaign(part.idea.campaign),
        template="ideas/evaluate.html",
        submit="評価を保存する",
        next="事務局と、同じ提案を評価する人だけが読みます。提案した人には見えません。",
        initial={name: getattr(part, name) for name in ("feasibility", "benefit", "text")},
        save=lambda form: services.evaluate(evaluation=part, fields=form.entry(), by=user),
        back=link("idea", part.idea),
        success_url=lambda _: link("evaluation", waiting[0]) if waiting else link("idea", part.idea),
        message=f"評価を保存しました。残りは{len(waiting)}件です。",
        context={"idea": part.idea, "beside": queries.beside(user, part.idea), "waiting": len(waiting)},
    )
