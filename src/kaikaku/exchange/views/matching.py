"""人事 computes who goes where over a whole scheme, and keeps the schemes' rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.core.staffing import APPROVALS, show_minutes
from kaikaku.exchange import forms, queries, services, words
from kaikaku.exchange.matching import Solution, has_solver
from kaikaku.exchange.views.common import OFFICE, change_page, found, link, root
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import organisation_of
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.exchange.models import Run, Scheme

MOST_SAID = 5


@only(OFFICE)
def matching(request: HttpRequest) -> HttpResponse:
    """人事: the schemes with what is open, and the computations made."""
    user = user_of(request)
    schemes = [(one, one.read, queries.needs_of(one)) for one in queries.schemes_for(user)]
    context = {
        "schemes": schemes,
        "runs": queries.runs_for(user),
        "approvals": APPROVALS,
        "has_solver": has_solver(),
        "words": words,
        "minutes": show_minutes,
        "breadcrumbs": [*root(), ("組合せの計算と制度", "")],
    }
    return render(request, "exchange/matching.html", context)


@require_POST
@only(OFFICE)
def ensure(request: HttpRequest) -> HttpResponse:
    """人事: begin with the shipped schemes."""
    user = user_of(request)
    return press(
        request,
        lambda: services.ensure_schemes(organisation=organisation_of(user), by=user),
        done="3つの制度を使えるようにしました。決まりは変更できます。",
        back=reverse("exchange:matching"),
    )


@found(queries.scheme_for, OFFICE)
def scheme(request: HttpRequest, chosen: Scheme) -> HttpResponse:
    """人事: the rules of a scheme."""
    user, before = user_of(request), chosen.read
    back = reverse("exchange:matching")
    return change_page(
        request,
        forms.SchemeForm,
        title=f"「{chosen}」の決まり",
        crumbs=[*root(), ("組合せの計算と制度", back)],
        save=lambda form: services.set_scheme(scheme=chosen, rules=form.rules(before), by=user),
        back=back,
        initial=before.as_json(),
        message="制度の決まりを変更しました。",
    )


@require_POST
@found(queries.scheme_for, OFFICE)
def run_matching(request: HttpRequest, chosen: Scheme) -> HttpResponse:
    """人事: compute, at once or by the worker."""
    try:
        run = services.run_matching(scheme=chosen, by=user_of(request))
    except RuleViolation as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("exchange:matching"))
    return HttpResponseRedirect(link("run", run))


@found(queries.run_for, OFFICE)
def run(request: HttpRequest, made: Run) -> HttpResponse:
    """人事: whom the computation put where, how good it is for certain, and which places stay free."""
    crumbs = [*root(), ("組合せの計算と制度", reverse("exchange:matching")), ("計算の結果", "")]
    if made.state != "done":
        context = {"run": made, "words": words, "breadcrumbs": crumbs}
        return render(request, "exchange/computing.html", context)
    solution = Solution(tuple((n, p) for n, p in made.pairs), made.value, made.bound)
    rows = queries.run_rows(made)
    context = {
        "run": made,
        "rows": rows,
        "free": sum(row.free for row in rows),
        "proven": solution.proven,
        "gap": None if solution.gap is None else solution.gap * 100,
        "minutes": show_minutes,
        "breadcrumbs": crumbs,
    }
    return render(request, "exchange/run.html", context)


@require_POST
@found(queries.run_for, OFFICE)
def propose_run(request: HttpRequest, made: Run) -> HttpResponse:
    """人事: choose all of them; the approvals begin."""
    chosen, failed = services.propose_run(run=made, by=user_of(request))
    if chosen:
        messages.success(request, f"{len(chosen)}人を選びました。承認に進みます。")
    for one in failed[:MOST_SAID]:
        messages.error(request, one)
    if len(failed) > MOST_SAID:
        messages.error(request, f"ほかに{len(failed) - MOST_SAID}件が選べませんでした。")
    return HttpResponseRedirect(link("run", made))
