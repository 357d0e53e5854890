"""What became real: the list, one of them, where it leads, 水平展開."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.ideas import forms, queries, services, words
from kaikaku.ideas.views.common import (
    OFFICE,
    STAFF,
    at_campaign,
    at_realisation,
    change_page,
    found,
    keys_of,
    link,
)
from kaikaku.org import queries as org
from kaikaku.org.access import allowed, require, user_of
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign, Fulfilment, Listed, Realisation, Rollout, Trail
    from kaikaku.org.models import User

PLAIN = ("title", "text", "progress", "since", "realised_on", "hours")


@found(queries.campaign_for)
def realisations(request: HttpRequest, part: Campaign) -> HttpResponse:
    """Everyone who works here: what has become real of ideas, and who took it over.

    「何が実現したか」「うちの課でも使えるものはあるか」「どこまで広がったか」
    """
    listed = queries.listed_of(part)
    rows = list(queries.realisations_of(part))
    context = {
        "campaign": part,
        "rows": rows,
        "credits": queries.credits_of(part.organisation, rows),
        "listed": listed,
        "counts": queries.listed_counts(listed),
        "is_office": allowed(user_of(request), OFFICE),
        "words": words,
        "breadcrumbs": [*at_campaign(part), ("実現した取組", "")],
    }
    return render(request, "ideas/realisations.html", context)


@found(queries.realisation_for)
def realisation(request: HttpRequest, part: Realisation) -> HttpResponse:
    """Everyone who works here: what was done, for which ideas, where it led, who took it over.

    「どの提案が元か」「効果はどこで数えているか」「ほかの課はどうしたか」
    """
    user = user_of(request)
    context = {
        "shown": queries.realisation_page(user, part),
        "realisation": part,
        "is_office": allowed(user, OFFICE),
        "words": words,
        "breadcrumbs": at_realisation(part),
    }
    return render(request, "ideas/realisation.html", context)


def _department(user: User, form: Any) -> Any:
    key = form.cleaned_data["department"]
    return org.department_for(user, int(key)) if key else None


@found(queries.campaign_for, OFFICE)
def new(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: something became real."""
    user = user_of(request)

    def save(form: forms.RealisationForm) -> Realisation:
        fields = form.entry(_department(user, form))
        return services.record_realisation(campaign=part, fields=fields, by=user)

    return change_page(
        request,
        forms.RealisationForm,
        title="実現した取組を登録する",
        crumbs=at_campaign(part),
        submit="登録する",
        save=save,
        back=link("realisations", part),
        success_url=lambda made: link("realisation", made),
        next="次の画面で、元になった提案をつなぎ、一覧に載せます。",
        form_kwargs={"department_choices": org.department_choices(user)},
    )


@found(queries.realisation_for, OFFICE)
def revise(request: HttpRequest, part: Realisation) -> HttpResponse:
    """The office: change what is said of it."""
    user = user_of(request)

    def save(form: forms.RealisationForm) -> Realisation:
        fields = form.entry(_department(user, form))
        return services.revise_realisation(realisation=part, fields=fields, by=user)

    return change_page(
        request,
        forms.RealisationForm,
        title="実現した取組を変更する",
        crumbs=at_realisation(part),
        save=save,
        back=link("realisation", part),
        message="変更しました。",
        initial={**{name: getattr(part, name) for name in PLAIN}, "department": part.department_id or ""},
        form_kwargs={"department_choices": org.department_choices(user)},
    )


@found(queries.realisation_for, OFFICE)
def add_listed(request: HttpRequest, part: Realisation) -> HttpResponse:
    """The office: a row on the published list."""
    by = user_of(request)
    again = part.listed.exists()
    return change_page(
        request,
        forms.ListedForm,
        title="実現の一覧に載せる",
        crumbs=at_realisation(part),
        submit="載せる",
        lead="すでに一覧にあるため、再掲として載せます。" if again else "",
        initial={"cross_listed": again},
        save=lambda form: services.list_realisation(realisation=part, fields=form.entry(), by=by),
        back=link("realisation", part),
        message="一覧に載せました。",
    )


@require_POST
@found(queries.listed_for, OFFICE)
def remove_listed(request: HttpRequest, part: Listed) -> HttpResponse:
    """The office: a row off the list."""
    by, back = user_of(request), link("realisation", part.realisation)
    return press(request, lambda: services.unlist(listed=part, by=by), done="一覧から外しました。", back=back)


@found(queries.fulfilment_for, OFFICE)
def unlink(request: HttpRequest, part: Fulfilment) -> HttpResponse:
    """The office: the tie was a mistake."""
    by = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="提案とのつながりを外す",
        crumbs=at_realisation(part.realisation),
        lead=f"受付番号{part.idea.number}とのつながりを外します。提案の状態は変わりません。",
        submit="外す",
        save=lambda form: services.unlink(fulfilment=part, by=by, **form.cleaned_data),
        back=link("realisation", part.realisation),
        message="つながりを外しました。",
    )


@found(queries.realisation_for, OFFICE)
def add_trail(request: HttpRequest, part: Realisation) -> HttpResponse:
    """The office: on to a plan's item, another app's record, or an address."""
    user = user_of(request)

    def save(form: forms.TrailForm) -> Trail:
        data = form.cleaned_data
        fields = queries.trail_fields(user, data["target"], label=data["label"], url=data["url"])
        return services.add_trail(realisation=part, fields=fields, by=user)

    return change_page(
        request,
        forms.TrailForm,
        title="つながる先を加える",
        crumbs=at_realisation(part),
        lead="プランの取組・指標、業務改革（BPR）などの記録につなぐと、効果がどこで数えられているかをたどれます。",
        submit="加える",
        save=save,
        back=link("realisation", part),
        message="つながる先を加えました。",
        form_kwargs={"targets": queries.trail_choices(user, part.campaign)},
    )


@require_POST
@found(queries.trail_for, OFFICE)
def remove_trail(request: HttpRequest, part: Trail) -> HttpResponse:
    """The office: the lead away."""
    by, back = user_of(request), link("realisation", part.realisation)
    return press(
        request, lambda: services.remove_trail(trail=part, by=by), done="つながる先を外しました。", back=back
    )


@found(queries.realisation_for, OFFICE)
def offer(request: HttpRequest, part: Realisation) -> HttpResponse:
    """The office: offer it to other sections."""
    user = user_of(request)

    def save(form: forms.OfferForm) -> Any:
        chosen = keys_of(form.cleaned_data["departments"])
        departments = [org.department_for(user, key) for key in chosen]
        return services.offer(
            realisation=part, departments=departments, due=form.cleaned_data["due"], by=user
        )

    return change_page(
        request,
        forms.OfferForm,
        title="ほかの所属に紹介する（水平展開）",
        crumbs=at_realisation(part),
        submit="紹介する",
        next="紹介した所属の所属長と担当の「やること」に載ります。",
        save=save,
        back=link("realisation", part),
        message=lambda made: f"{len(made)}の所属に紹介しました。",
        form_kwargs={"department_choices": org.department_choices(user)},
    )


@found(queries.rollout_for, STAFF)
def rollout(request: HttpRequest, part: Rollout) -> HttpResponse:
    """The section: take it over, in another form, or not, and why.

    「何を紹介されたのか」「断ってよいのか」
    """
    user = user_of(request)
    if not queries.may_answer_rollout(user, part):
        require(user, OFFICE)
    return change_page(
        request,
        forms.RolloutForm,
        title=f"「{part.realisation}」を取り入れるか回答する",
        crumbs=at_realisation(part.realisation),
        template="ideas/rollout.html",
        submit="回答する",
        next="事務局が集計し、取り入れた所属の名前を事例集に載せます。",
        initial={"outcome": "" if part.outcome == "offered" else part.outcome, "reason": part.reason},
        save=lambda form: services.answer_rollout(rollout=part, by=user, **form.cleaned_data),
        back=link("realisation", part.realisation),
        message="回答しました。",
        context={"rollout": part, "realisation": part.realisation},
    )
