"""What the office sets for its reports: the checks of an edition and of a round."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.core.checks import Policy
from kaikaku.org.access import only, user_of
from kaikaku.org.roles import Role
from kaikaku.reporting import chain_forms, check_forms, queries, services
from kaikaku.reporting.views.common import FORM, HOME, on_round, page_of, round_crumbs, round_url
from kaikaku.ui.views import form_page

if TYPE_CHECKING:
    from kaikaku.reporting.models import Round

CHECKS = "reporting/checks.html"


@only(Role.SECRETARIAT)
def edition_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """「どんな入力を止め、何に理由を書いてもらうか」: the checks with which rounds of the edition begin."""
    user = user_of(request)
    edition = queries.edition_for_checks(user, pk)
    return form_page(
        request,
        check_forms.EditionChecksForm,
        CHECKS,
        save=lambda form: services.set_edition_checks(
            edition=edition,
            policy=form.policy(),
            by=user,
            open_rounds_too=form.cleaned_data["open_rounds_too"],
        ),
        initial=check_forms.ChecksForm.initial_of(Policy.from_json(queries.checks_of(edition))),
        success_url=reverse("reporting:edition_checks", args=[pk]),
        message="入力の点検を決めました。",
        context={
            **page_of(
                "入力の点検を決める",
                [HOME],
                cancel=reverse("reporting:index"),
                lead=f"「{edition.title}」の照会で使います。照会を始めると、その時の設定が写されます。",
            ),
            "history": queries.checks_history(user, edition),
        },
    )


@on_round(Role.SECRETARIAT)
def checks(request: HttpRequest, round_: Round) -> HttpResponse:
    """Which checks the sheets of this round pass."""
    user = user_of(request)
    return form_page(
        request,
        check_forms.ChecksForm,
        CHECKS,
        save=lambda form: services.set_checks(round_=round_, policy=form.policy(), by=user),
        initial=check_forms.ChecksForm.initial_of(Policy.from_json(round_.checks)),
        success_url=round_url,
        message="点検の設定を変更しました。次に保存・提出される調書から使われます。",
        context=page_of(
            "この照会の点検を決める",
            round_crumbs(round_),
            cancel=round_url(round_),
            lead="この照会だけに使う設定です。次の照会は、版の設定から始まります。",
        ),
    )


@only(Role.SECRETARIAT)
def chains(request: HttpRequest) -> HttpResponse:
    """「医療局や教育委員会は、誰が確認すれば事務局に届くか」."""
    context = {
        "rows": queries.chain_rows(user_of(request)),
        "breadcrumbs": [HOME, ("確認の流れ", "")],
    }
    return render(request, "reporting/chains.html", context)


@only(Role.SECRETARIAT)
def chain(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: automatic, bundled or not, and its last post."""
    user = user_of(request)
    department, found = queries.chain_for(user, pk)
    posts = {post.pk: post for post in queries.chief_posts(user)}
    choices = [(key, str(post)) for key, post in posts.items()]
    way = "auto" if found is None else "bundle" if found.bundles else "direct"

    def save(form: chain_forms.ChainForm) -> None:
        data = form.cleaned_data
        if data["way"] == "auto":
            services.clear_chain(department=department, by=user)
            return
        final = posts[int(data["final_post"])] if data["final_post"] else None
        bundles = data["way"] == "bundle"
        services.set_chain(department=department, bundles=bundles, final_post=final, by=user)

    return form_page(
        request,
        partial(chain_forms.ChainForm, posts=choices),
        FORM,
        save=save,
        initial={"way": way, "final_post": found.final_post_id if found else ""},
        success_url=reverse("reporting:chains"),
        message="確認の流れを決めました。",
        context=page_of(
            f"「{department.name}」の確認の流れ",
            [HOME, ("確認の流れ", reverse("reporting:chains"))],
            cancel=reverse("reporting:chains"),
            lead=f"「{department.name}」と、その下のすべての所属の調書に使います。",
        ),
    )
