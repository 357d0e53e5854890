"""Departments, their posts and who holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import history_of
from kaikaku.core import eras
from kaikaku.org import forms, queries, services
from kaikaku.org.access import OFFICE, only, user_of
from kaikaku.org.roles import Role
from kaikaku.org.tree import Branch
from kaikaku.ui.views import form_page

FORM = "ui/form_page.html"


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("組織と利用者", reverse("org:departments")), *more]


def _department_url(pk: int) -> str:
    return reverse("org:department", args=[pk])


@only(*OFFICE)
def departments(request: HttpRequest) -> HttpResponse:
    """The tree as it stands on a day, today if none is asked for."""
    asked = request.GET.get("on", "").strip()
    day = eras.parse_date(asked) if asked else None
    tree = queries.departments_for(user_of(request), day)
    context = {
        "organisation": queries.organisation_of(user_of(request)),
        "nodes": [_node(branch) for branch in tree.branches()],
        "on": tree.on,
        "asked": asked,
        "unread": bool(asked) and day is None,
    }
    return render(request, "org/departments.html", context)


@only(*OFFICE)
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """One department: what it is part of, its posts, who holds them, what happened to it."""
    user = user_of(request)
    shown = queries.department_for(user, pk)
    tree = queries.departments_for(user)
    path = [(inner.name, _department_url(inner.pk)) for inner in tree.path(shown)]
    context = {
        "department": shown,
        "in_force": tree.in_force(shown),
        "below": tree.below(shown.pk),
        "posts": queries.posts_for(user, shown),
        "history": history_of(user, shown)[:20],
        "sentence": sentence,
        "breadcrumbs": _crumbs(*path),
    }
    return render(request, "org/department.html", context)


@only(*OFFICE)
def new_department(request: HttpRequest) -> HttpResponse:
    """新設."""
    user = user_of(request)
    below = request.GET.get("parent", "")
    return form_page(
        request,
        partial(forms.NewDepartmentForm, user=user),
        FORM,
        initial={"parent": below, "opened": queries.today()},
        save=lambda form: services.open_department(
            organisation=queries.organisation_of(user), by=user, **form.cleaned_data
        ),
        success_url=lambda opened: _department_url(opened.pk),
        message=lambda opened: f"「{opened.name}」を設けました。",
        context={"title": "部署を設ける", "submit": "設ける", "breadcrumbs": _crumbs(("部署を設ける", ""))},
    )


@only(*OFFICE)
def revise_department(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the register."""
    shown = queries.department_for(user_of(request), pk)
    return form_page(
        request,
        partial(forms.ReviseDepartmentForm, user=user_of(request)),
        FORM,
        initial={"name": shown.name, "parent": shown.parent_id, "position": shown.position},
        save=lambda form: services.revise_department(
            department=shown, by=user_of(request), **form.cleaned_data
        ),
        success_url=_department_url(pk),
        message="部署の登録を改めました。",
        context=_about(
            shown,
            "登録の誤りを直す",
            "直す",
            lead="名称が変わるときは「改称する」、なくなるときは「廃止・再編する」を使うと、過去の名称が残ります。",
        ),
    )


@only(*OFFICE)
def rename_department(request: HttpRequest, pk: int) -> HttpResponse:
    """改称."""
    shown = queries.department_for(user_of(request), pk)
    return form_page(
        request,
        forms.RenameDepartmentForm,
        FORM,
        initial={"name": shown.name},
        save=lambda form: services.rename_department(
            department=shown, by=user_of(request), **form.cleaned_data
        ),
        success_url=lambda renamed: _department_url(renamed.pk),
        message=lambda renamed: f"{eras.show_date(renamed.opened)}から「{renamed.name}」に改称します。",
        context=_about(shown, "改称する", "改称する"),
    )


@only(*OFFICE)
def close_department(request: HttpRequest, pk: int) -> HttpResponse:
    """再編・廃止."""
    shown = queries.department_for(user_of(request), pk)
    return form_page(
        request,
        partial(forms.CloseDepartmentForm, user=user_of(request)),
        FORM,
        save=lambda form: services.close_department(
            department=shown, by=user_of(request), **form.cleaned_data
        ),
        success_url=_department_url(pk),
        message=f"「{shown.name}」の最終日を登録しました。",
        context=_about(shown, "廃止・再編する", "登録する"),
    )


@only(*OFFICE)
def new_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up a post in a department."""
    shown = queries.department_for(user_of(request), pk)
    return form_page(
        request,
        forms.NewPostForm,
        FORM,
        initial={"opened": max(shown.opened, queries.today())},
        save=lambda form: services.open_post(
            department=shown,
            title=form.cleaned_data["title"],
            role=Role(form.cleaned_data["role"]),
            opened=form.cleaned_data["opened"],
            by=user_of(request),
        ),
        success_url=_department_url(pk),
        message=lambda post: f"「{post.title}」を設けました。",
        context=_about(shown, "職を設ける", "設ける"),
    )


@only(*OFFICE)
def close_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a post."""
    post = queries.post_for(user_of(request), pk)
    return form_page(
        request,
        forms.ClosePostForm,
        FORM,
        save=lambda form: services.close_post(post=post, by=user_of(request), **form.cleaned_data),
        success_url=_department_url(post.department_id),
        message=f"「{post.title}」の最終日を登録しました。",
        context=_about(post.department, f"{post.title}を廃止する", "廃止する"),
    )


@only(*OFFICE)
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Put someone into a post."""
    post = queries.post_for(user_of(request), pk)
    return form_page(
        request,
        partial(forms.AppointForm, user=user_of(request), post=post),
        FORM,
        save=lambda form: services.appoint(
            post=post,
            user=form.cleaned_data["user_pk"],
            from_day=form.cleaned_data["from_day"],
            to_day=form.cleaned_data["to_day"],
            acting=form.cleaned_data["acting"],
            by=user_of(request),
        ),
        success_url=_department_url(post.department_id),
        message=lambda held: f"{held.user.name}さんの発令を登録しました。",
        context=_about(post.department, f"{post.title}に就ける", "登録する"),
    )


@only(*OFFICE)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """End someone's holding of a post."""
    holding = queries.holding_for(user_of(request), pk)
    post = holding.post
    return form_page(
        request,
        forms.ReleaseForm,
        FORM,
        initial={"to_day": holding.to_day or _end_of_fiscal_year(queries.today())},
        save=lambda form: services.release(holding=holding, by=user_of(request), **form.cleaned_data),
        success_url=_department_url(post.department_id),
        message=f"{holding.user.name}さんの最終日を登録しました。",
        context=_about(post.department, f"{holding.user.name}さんの{post.title}を解く", "登録する"),
    )


@dataclass(frozen=True, slots=True)
class Node:
    """A department in the shape that the tree macro draws."""

    title: str
    url: str
    closed: date | None
    children: list[Node]
    number: str = ""
    subtitle: str = ""


def _node(branch: Branch) -> Node:
    department, children = branch.department, [_node(child) for child in branch.children]
    return Node(department.name, _department_url(department.pk), department.closed, children)


def _about(department: Any, title: str, submit: str, lead: str = "") -> dict[str, Any]:
    """The words around a form about one department."""
    back = _department_url(department.pk)
    return {
        "title": title,
        "submit": submit,
        "lead": lead or f"{department.name}について登録します。",
        "cancel_url": back,
        "breadcrumbs": _crumbs((department.name, back), (title, "")),
    }


def _end_of_fiscal_year(day: date) -> date:
    return date(eras.fiscal_year_of(day) + 1, 3, 31)
