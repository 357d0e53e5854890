"""実践事例集: edited, issued, printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import forms, papers, queries, services
from kaikaku.ideas.views.common import OFFICE, STAFF, at_campaign, at_casebook, change_page, found, link
from kaikaku.org import queries as org
from kaikaku.org.access import allowed, require, user_of
from kaikaku.org.queries import today
from kaikaku.ui.views import press
from kaikaku.writers.pdf import pdf_bytes
from kaikaku.writers.word import word_bytes

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign, Case, Casebook
    from kaikaku.org.models import User
    from kaikaku.writers.papers import Paper

KINDS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", pdf_bytes),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_bytes),
}
TEXTS = ("category", "title", "summary", "before", "after", "steps", "effect")


@found(queries.casebook_for)
def casebook(request: HttpRequest, part: Casebook) -> HttpResponse:
    """Everyone who works here once it is issued: what works elsewhere and how to do it.

    「自分の課でまねできるものは」「紙で配りたい」「あと何件書けば出せるか」
    """
    context = {
        "casebook": part,
        "groups": papers.by_category(queries.casebook_cases(part)),
        "is_office": allowed(user_of(request), OFFICE),
        "breadcrumbs": at_casebook(part),
    }
    return render(request, "ideas/casebook.html", context)


@found(queries.campaign_for, OFFICE)
def new(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: a new casebook."""
    by = user_of(request)
    return change_page(
        request,
        forms.CasebookForm,
        title="事例集を作る",
        crumbs=at_campaign(part),
        submit="作る",
        save=lambda form: services.make_casebook(campaign=part, by=by, **form.cleaned_data),
        back=link("campaign", part),
        success_url=lambda made: link("casebook", made),
    )


@found(queries.casebook_for, OFFICE)
def revise(request: HttpRequest, part: Casebook) -> HttpResponse:
    """The office: title and introduction."""
    by = user_of(request)
    return change_page(
        request,
        forms.CasebookForm,
        title="事例集の名称とはじめにを変更する",
        crumbs=at_casebook(part),
        initial={"title": part.title, "introduction": part.introduction},
        save=lambda form: services.revise_casebook(casebook=part, by=by, **form.cleaned_data),
        back=link("casebook", part),
        message="変更しました。",
    )


@require_POST
@found(queries.casebook_for, OFFICE)
def fill(request: HttpRequest, part: Casebook) -> HttpResponse:
    """The office: a case of everything realised that has none yet."""
    by = user_of(request)
    return press(
        request,
        lambda: services.add_realised(casebook=part, by=by),
        done="実現した取組から事例を作りました。内容を書き足してください。",
        back=link("casebook", part),
    )


@require_POST
@found(queries.casebook_for, OFFICE)
def issue(request: HttpRequest, part: Casebook) -> HttpResponse:
    """The office: to everyone."""
    by = user_of(request)
    return press(
        request,
        lambda: services.issue_casebook(casebook=part, by=by),
        done="発行しました。職員が読めるようになり、次の公表で公開サイトに載ります。",
        back=link("casebook", part),
    )


@found(queries.casebook_for, OFFICE)
def take_back(request: HttpRequest, part: Casebook) -> HttpResponse:
    """The office: for another edit."""
    by = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="事例集を編集に戻す",
        crumbs=at_casebook(part),
        lead="編集に戻している間、職員には見えません。公表済みの内容は変わりません。",
        submit="編集に戻す",
        save=lambda form: services.take_back_casebook(casebook=part, by=by, **form.cleaned_data),
        back=link("casebook", part),
        message="編集に戻しました。",
    )


def _choices(user: User, campaign: Campaign) -> dict[str, Any]:
    realised = [(row.pk, row.title) for row in queries.realisations_of(campaign)]
    return {"department_choices": org.department_choices(user), "realisation_choices": realised}


def _entry(user: User, form: forms.CaseForm, **more: Any) -> Any:
    data = form.cleaned_data
    department = org.department_for(user, int(data["department"])) if data["department"] else None
    realisation = queries.realisation_for(user, int(data["realisation"])) if data["realisation"] else None
    return form.entry(department=department, realisation=realisation, **more)


@found(queries.casebook_for, OFFICE)
def add_case(request: HttpRequest, part: Casebook) -> HttpResponse:
    """The office: one more case."""
    user = user_of(request)
    return change_page(
        request,
        forms.CaseForm,
        title="事例を加える",
        crumbs=at_casebook(part),
        submit="加える",
        save=lambda form: services.add_case(casebook=part, fields=_entry(user, form), by=user),
        back=link("casebook", part),
        message="事例を加えました。",
        form_kwargs=_choices(user, part.campaign),
    )


@found(queries.case_for, OFFICE)
def revise_case(request: HttpRequest, part: Case) -> HttpResponse:
    """The office: edit a case."""
    user = user_of(request)

    def save(form: forms.CaseForm) -> Case:
        fields = _entry(user, form, citation=part.citation)
        return services.revise_case(case=part, fields=fields, by=user)

    return change_page(
        request,
        forms.CaseForm,
        title="事例を編集する",
        crumbs=at_casebook(part.casebook),
        save=save,
        back=link("casebook", part.casebook),
        message="事例を変更しました。",
        form_kwargs=_choices(user, part.casebook.campaign),
        initial={
            **{name: getattr(part, name) for name in TEXTS},
            "department": part.department_id or "",
            "realisation": part.realisation_id or "",
        },
    )


@require_POST
@found(queries.case_for, OFFICE)
def remove_case(request: HttpRequest, part: Case) -> HttpResponse:
    """The office: out of the book."""
    by, back = user_of(request), link("casebook", part.casebook)
    return press(
        request, lambda: services.remove_case(case=part, by=by), done="事例を外しました。", back=back
    )


def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Everyone who may read it: the book on paper."""
    part = queries.casebook_for(user_of(request), pk)
    require(request.user, STAFF)
    if kind not in KINDS:
        raise Http404
    media_type, write = KINDS[kind]
    try:
        data = write(papers.casebook_paper(part, queries.casebook_cases(part), day=today()))
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return HttpResponseRedirect(link("casebook", part))
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(part.title)}.{kind}"
    return response
