"""The rating rule of an edition: chosen, changed, and tried before it is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaikaku.org.access import user_of
from kaikaku.org.queries import today
from kaikaku.plans import forms, queries, services
from kaikaku.plans.forms.schemes import initial_of
from kaikaku.plans.views.common import edition_crumbs, edition_url, writing
from kaikaku.ui.views import form_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition

PAGE = "plans/scheme.html"


@writing(queries.edition_for)
def scheme(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The secretariat: which rule, what would change by it, and then to apply it.

    「基準を変えたら評価はどう変わるか」「県の基準に合わせたい」「いつからの決まりか残したい」
    """
    user = user_of(request)
    context = _context(request, edition)
    if request.POST.get("act") == "preview":
        form = forms.SchemeForm(request.POST)
        form.once = request.POST.get("_once", "")
        if form.is_valid():
            context["preview"] = queries.preview_scheme(edition, form.cleaned_data["scheme"])
        return render(request, PAGE, {**context, "form": form}, status=400 if form.errors else 200)
    return form_page(
        request,
        forms.SchemeForm,
        PAGE,
        initial=_initial(request, edition),
        context=context,
        save=lambda form: services.change_scheme(
            edition=edition,
            scheme=form.cleaned_data["scheme"],
            valid_from=form.cleaned_data["valid_from"],
            reason=form.cleaned_data["reason"],
            by=user,
        ),
        success_url=edition_url(edition),
        message="評価の決まりを変更しました。",
    )


def _context(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition,
        "current": queries.scheme_of(edition),
        "offered": queries.schemes_for(user_of(request)),
        "chosen": request.GET.get("from", ""),
        "preview": None,
        "breadcrumbs": [*edition_crumbs(edition), ("評価の決まり", "")],
    }


def _initial(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """The rule asked for as a start, else the edition's own, else the plain one."""
    asked = request.GET.get("from", "")
    base = queries.scheme_for(user_of(request), asked) if asked else queries.scheme_of(edition)
    return {**initial_of(base or queries.scheme_for(user_of(request), "plain")), "valid_from": today()}
