"""The office's pages of publishing, and the public address itself."""

from __future__ import annotations

import mimetypes
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse

from kaikaku.org.access import INSIDERS, allowed, only, user_of
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.ui.views import form_page

from . import queries, services
from .forms import PublishForm, WithdrawForm, reasons_by_field
from .places import address_of, folder_of, root

if TYPE_CHECKING:
    from .models import Publication

CRUMB = ("公表", "/publications/")
TYPES = {".jsonld": "application/ld+json", ".json": "application/json", ".svg": "image/svg+xml"}


@only(*INSIDERS)
def publications(request: HttpRequest) -> HttpResponse:
    """Every edition with what of it is public."""
    user = user_of(request)
    context = {"editions": queries.editions_for(user), "may_publish": allowed(user, Role.SECRETARIAT)}
    return render(request, "publish/publications.html", context)


@only(*INSIDERS)
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """One publication: when, by whom, which content, which errata, where it stands."""
    user = user_of(request)
    shown = queries.publication_for(user, pk)
    context = {
        "publication": shown,
        "address": f"{reverse('publish:public')}{address_of(shown)}/",
        "printed": folder_of(shown).is_dir() and shown.state == "published",
        "errata": shown.errata.all(),
        "may_publish": allowed(user, Role.SECRETARIAT),
        "breadcrumbs": [CRUMB, (str(shown), "")],
    }
    return render(request, "publish/publication.html", context)


@only(Role.SECRETARIAT)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What publishing would mean, and the button that does it."""
    user = user_of(request)
    edition = queries.edition_for(user, pk)
    prepared = queries.preparation(edition, published_on=today())

    def save(form: PublishForm) -> Publication:
        day, contact, reasons = form.asked()
        return services.freeze_edition(
            edition=edition, by=user, published_on=day, contact=contact, reasons=reasons
        )

    return form_page(
        request,
        partial(PublishForm, changes=prepared.changes),
        "publish/publish.html",
        save=save,
        initial={
            "published_on": today(),
            "contact": prepared.last.contact if prepared.last else "",
            **reasons_by_field(prepared.changes, queries.reasons_given(edition, prepared.changes)),
        },
        success_url=lambda done: reverse("publish:printing", args=[done.pk]),
        context={"prepared": prepared, "title": "公表する", "breadcrumbs": [CRUMB, (edition.title, "")]},
    )


@only(Role.SECRETARIAT)
def printing(request: HttpRequest, pk: int) -> HttpResponse:
    """Print what was frozen (POST), or say that it waits to be printed."""
    user = user_of(request)
    shown = queries.publication_for(user, pk)
    if request.method == "POST" and shown.state == "frozen":
        services.print_publication(publication=shown, by=user)
    if request.method == "POST" or shown.state != "frozen":
        return HttpResponseRedirect(reverse("publish:publication", args=[pk]))
    context = {"publication": shown, "breadcrumbs": [CRUMB, (str(shown), "")]}
    return render(request, "publish/printing.html", context)


@only(Role.SECRETARIAT)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the public address, with a reason."""
    user = user_of(request)
    shown = queries.publication_for(user, pk)
    page = reverse("publish:publication", args=[pk])
    return form_page(
        request,
        WithdrawForm,
        "ui/form_page.html",
        save=lambda form: services.withdraw_publication(
            publication=shown, by=user, reason=form.cleaned_data["reason"]
        ),
        success_url=page,
        message="公表を取り下げました。",
        context={
            "title": "公表を取り下げる",
            "lead": "公開サイトから消えます。固定した内容と記録は残ります。",
            "submit": "取り下げる",
            "danger": True,
            "cancel_url": page,
            "breadcrumbs": [CRUMB, (str(shown), page), ("取り下げ", "")],
        },
    )


@login_not_required
def public(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """A file of what is published, for anyone. Only what stands in the folder of publications is reached."""
    folder = root().resolve()
    if not path and not (folder / "index.html").is_file():
        return render(request, "publish/nothing.html", status=200)
    target = (folder / path).resolve()
    if target.is_dir():
        if path and not path.endswith("/"):
            return HttpResponseRedirect(f"{request.path}/")
        target = target / "index.html"
    hidden = any(part.startswith(".") for part in target.parts[len(folder.parts) :])
    if not target.is_relative_to(folder) or hidden or not target.is_file():
        raise Http404
    kind = TYPES.get(target.suffix) or mimetypes.guess_type(target.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith("json")
    return FileResponse(target.open("rb"), content_type=f"{kind}; charset=utf-8" if text else kind)
