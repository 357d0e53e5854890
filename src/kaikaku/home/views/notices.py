"""The page of notices, and what one does with them: read, follow, ask for a letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kaikaku.home import queries, services
from kaikaku.org.access import user_of
from kaikaku.org.queries import organisation_of


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Everyone: what others changed in what I follow, by thing; `?all=1` what I have read too.

    「留守の間に何が変わったか」「もう見たものは消したい」「メールで知りたい」
    """
    user = user_of(request)
    organisation_of(user)
    read_too = bool(request.GET.get("all"))
    context = {
        "notices": queries.notices_for(user, read_too=read_too),
        "read_too": read_too,
        "chosen": queries.chosen_by(user),
        "has_address": bool(user.email),
    }
    return render(request, "home/notices.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Everyone: read up to here, that is to the number the page reached when it was drawn."""
    user = user_of(request)
    organisation_of(user)
    number = request.POST.get("number", "")
    if number.isdecimal() and len(number) < 19:
        head = queries.notices_for(user).head
        services.read_up_to(number=min(int(number), head), by=user)
        messages.success(request, "ここまで読んだことにしました。次からは、この後の変更だけが出ます。")
    return HttpResponseRedirect(_back(request))


@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """Everyone: a letter a day, or none."""
    user = user_of(request)
    organisation_of(user)
    wanted = bool(request.POST.get("digest"))
    services.set_digest(wanted=wanted, by=user)
    said = "変更があった日に1通、メールを送ります。" if wanted else "メールを送らないようにしました。"
    messages.success(request, said)
    return HttpResponseRedirect(reverse("home:notices"))


@require_POST
def follow(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Everyone: follow a section, an indicator, a meeting, or no longer; 404 for what one may not see."""
    user = user_of(request)
    organisation_of(user)
    standing = queries.standing_of(user, (kind, str(pk)))
    if standing is None:
        raise Http404
    wanted = bool(request.POST.get("follow"))
    services.follow(thing=standing.thing, follows=wanted, by=user)
    label = f"{standing.thing.kind}「{standing.thing.label}」"
    said = f"{label}をフォローしました。" if wanted else f"{label}のフォローをやめました。"
    messages.success(request, said)
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Where the button stood, if that is a page of ours."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if back.startswith("/") and ours else reverse("home:notices")
