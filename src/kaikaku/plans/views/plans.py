"""The list of plans, a plan with its editions, and the making of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import changed
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role
from kaikaku.plans import forms, queries, services
from kaikaku.plans.views.common import edition_url, may_write, plan_crumbs, writing
from kaikaku.ui.views import change_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Plan


def index(request: HttpRequest) -> HttpResponse:
    """Everyone here: which plans there are, how they stand, which to open.

    「うちの県にはどのプランがあるのか」「今年はどこまで進んだのか」「続きを開きたい」
    """
    context = {"cards": queries.cards_for(user_of(request)), "may_write": may_write(request)}
    return render(request, "plans/index.html", context)


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: the line of editions of one plan, and its own words for its levels.

    「去年の版はどこか」「来年の版を作りたい」「柱・取組という呼び名を直したい」
    """
    user = user_of(request)
    shown = queries.plan_for(user, pk)
    context = {
        "plan": shown,
        "editions": queries.editions_for(user).filter(plan=shown),
        "may_write": may_write(request),
        "sentence": sentence,
        "changed": changed,
        "history": queries.history_for(user, shown),
        "breadcrumbs": plan_crumbs(shown),
    }
    return render(request, "plans/plan.html", context)


@only(Role.SECRETARIAT)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Open a plan by hand; most come in by the import of their document."""
    user = user_of(request)
    return change_page(
        request,
        forms.PlanForm,
        title="プランを追加する",
        lead="文書がある場合は、取り込むと構成・指標・数値まで読み取れます。ここでは名称だけを決めて、中身を手で入力します。",
        crumbs=[("プラン", reverse("plans:index"))],
        save=lambda form: services.create_plan(
            organisation=organisation_of(user),
            name=form.cleaned_data["name"],
            level_names=form.levels(),
            by=user,
        ),
        back=reverse("plans:index"),
        success_url=lambda made: reverse("plans:plan", args=[made.pk]),
        message="プランを追加しました。次に、版を作成してください。",
    )


@writing(queries.plan_for)
def revise_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Name and words for levels."""
    user = user_of(request)
    return change_page(
        request,
        forms.PlanForm,
        title="プランを変更する",
        crumbs=plan_crumbs(plan),
        initial={"name": plan.name, "level_names": "\n".join(plan.level_names)},
        save=lambda form: services.revise_plan(
            plan=plan, name=form.cleaned_data["name"], level_names=form.levels(), by=user
        ),
        back=reverse("plans:plan", args=[plan.pk]),
        message="プランを変更しました。",
    )


@writing(queries.plan_for)
def new_edition(request: HttpRequest, plan: Plan) -> HttpResponse:
    """A new edition, empty and in draft."""
    user = user_of(request)
    return change_page(
        request,
        forms.EditionForm,
        title="版を作成する",
        lead="作成した版は「作成中」になります。中身を入力し、決まったら「実施中」にします。",
        crumbs=plan_crumbs(plan),
        save=lambda form: services.create_edition(plan=plan, fields=form.entry(), by=user),
        back=reverse("plans:plan", args=[plan.pk]),
        success_url=edition_url,
        message="版を作成しました。次に、見出しを追加してください。",
    )
