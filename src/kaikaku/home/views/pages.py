"""The page one begins at, the dashboard, the governor's page and the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kaikaku.home import queries
from kaikaku.org.access import OFFICE, allowed, only, user_of
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans.queries import edition_for, editions_for, notes_of
from kaikaku.ui.search import Wanted
from kaikaku.writers.charts import share_chart

MOST_THINGS = 6
OVERSEERS = (Role.SECRETARIAT, Role.EXECUTIVE)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everyone: what waits for me, what I sent, what has changed, my plans.

    「きょうは何をすればよいか」「出した調書はどこまで進んだか」「留守の間に何が変わったか」
    """
    user = user_of(request)
    if user.organisation_id is None:
        return render(request, "home/nobody.html")
    context = {
        "today": today(),
        "tasks": queries.tasks_of(user),
        "sent": queries.sent_of(user),
        "notices": queries.notices_for(user),
        "most": MOST_THINGS,
        "plans": queries.plans_of(user),
        "oversees": allowed(user, *OVERSEERS),
    }
    return render(request, "home/index.html", context)


@require_safe
@only(*OVERSEERS)
def dashboard(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The secretariat and the headquarters: how an edition stands, who is late, what is to be decided.

    「全体ではどこまで進んだか」「だれが遅れているか」「次の会議で何を決めるか」
    """
    user = user_of(request)
    edition = queries.edition_in_force(user) if pk is None else edition_for(user, pk)
    standing = queries.standing(user, edition) if edition else None
    trend = standing.trend if standing else None
    if edition:
        request.edition_in_view = edition.pk  # type: ignore[attr-defined]
    context = {
        "today": today(),
        "standing": standing,
        "editions": editions_for(user),
        "chart": share_chart(trend.tally, bands=standing.rows.columns) if standing and trend else "",
        "notes": notes_of(standing.rows) if standing else (),
        "late": queries.late_of(user),
        "decisions": queries.decisions_of(user),
    }
    return render(request, "home/dashboard.html", context)


@require_safe
@only(*OVERSEERS)
def governor(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet of A4 for the governor: what moves, what does not, what to decide.

    「一枚で説明してほしい」
    """
    user = user_of(request)
    edition = edition_for(user, pk)
    request.edition_in_view = edition.pk  # type: ignore[attr-defined]
    standing = queries.standing(user, edition)
    context = {
        "today": today(),
        "standing": standing,
        "movement": queries.movement(standing.rows),
        "late": queries.late_of(user),
        "decisions": queries.decisions_of(user),
        "most": queries.MOST,
        "breadcrumbs": [("全体の状況", reverse("home:dashboard_of", args=[pk])), ("知事説明用", "")],
    }
    return render(request, "home/governor.html", context)


@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """「4月から何を引き継ぐのか」: one's posts, and to the office all that change hands these weeks."""
    user = user_of(request)
    context = {
        "posts": queries.posts_to_hand_over(user),
        "is_office": allowed(user, *OFFICE),
        "breadcrumbs": [("引継ぎ", "")],
    }
    return render(request, "home/handovers.html", context)


@require_safe
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """「この職は何を抱えているか、前は誰がしていたか」: one post on paper."""
    found = queries.handover(user_of(request), pk)
    context = {
        "found": found,
        "post": found.post,
        "today": today(),
        "breadcrumbs": [("引継ぎ", reverse("home:handovers")), (str(found.post), "")],
    }
    return render(request, "home/handover.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everyone: look through everything one may see.

    「『健康』と書いてあるのはどこか」
    """
    user = user_of(request)
    wanted = Wanted.of(request.GET.get("q", ""))
    groups = queries.search(user, wanted)
    context = {"wanted": wanted, "groups": groups, "total": sum(group.total for group in groups)}
    return render(request, "home/search.html", context)
