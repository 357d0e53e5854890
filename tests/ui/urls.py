"""Pages that exist only to test the machinery: a form that saves, and pages that go wrong."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kaikaku.core.errors import RuleViolation
from kaikaku.ui.fields import QuantityField
from kaikaku.ui.forms import BaseForm
from kaikaku.ui.views import form_page

SAVED: list[str] = []


class NameForm(BaseForm):
    """Two fields; the service below refuses some names."""

    name = forms.CharField(label="名称", help_text="プランのとおりに")
    amount = QuantityField(label="削減額", unit="円", required=False)


def keep(form: NameForm) -> str:
    """Stands for a service."""
    name: str = form.cleaned_data["name"]
    if name == "重複":
        raise RuleViolation(
            "name.taken", "「重複」は、すでにあります。別の名称にしてください。", field="name"
        )
    if name == "締切":
        raise RuleViolation("round.closed", "受付は終わりました。事務局に連絡してください。")
    if name == "故障":
        raise RuntimeError("a fault of ours")
    SAVED.append(name)
    return name


def name_page(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        NameForm,
        "ui/form_page.html",
        save=keep,
        success_url=lambda name: f"/done/{len(SAVED)}/",
        message=lambda name: f"「{name}」を保存しました。",
        initial={"name": "はじめ"},
        context={"title": "名称を決める", "cancel_url": "/done/0/"},
    )


def done(request: HttpRequest, number: int) -> HttpResponse:
    from django.shortcuts import render

    context = {"title": "終わりました", "form": NameForm(), "number": number}
    return render(request, "ui/form_page.html", context)


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("承認は、所属長だけができます。")


def broken_rule(request: HttpRequest) -> HttpResponse:
    raise RuleViolation("edition.closed", "この年度のプランは終了しています。")


def fault(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


urlpatterns = [
    path("name/", name_page),
    path("done/<int:number>/", done),
    path("forbidden/", forbidden),
    path("broken-rule/", broken_rule),
    path("fault/", fault),
    path("", include("kaikaku.urls")),
]
handler400 = "kaikaku.ui.errors.bad_request"
handler403 = "kaikaku.ui.errors.permission_denied"
handler404 = "kaikaku.ui.errors.page_not_found"
handler500 = "kaikaku.ui.errors.server_error"
