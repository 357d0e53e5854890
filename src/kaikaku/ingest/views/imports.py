"""The list of imports, a new one, and one as a whole: review, face, result, giving up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kaikaku.ingest import forms, queries, services, words
from kaikaku.ingest.heads import Head
from kaikaku.ingest.review import TABS, place_of, review
from kaikaku.ingest.views.common import crumbs, form_about, office, url_of
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role
from kaikaku.plans import words as plan_words
from kaikaku.plans.queries import schemes_for
from kaikaku.ui.forms import BaseForm
from kaikaku.ui.listing import Field, listing
from kaikaku.ui.views import form_page
from kaikaku.writers.jinja_filters import moment

if TYPE_CHECKING:
    from kaikaku.ingest.models import Import, Proposal


def _goes_to(imported: Import) -> str:
    if imported.edition is not None:
        return imported.edition.title
    return f"{imported.plan.name}の新しい版" if imported.plan else "新しいプラン"


COLUMNS: tuple[Field[Any], ...] = (
    Field("title", "文書", str, search=True),
    Field("edition", "取り込み先", _goes_to, search=True),
    Field("state", "状態", lambda i: words.STATES[i.state]),
    Field("waiting", "残り", lambda i: i.waiting, unit="件", number=True),
    Field("taken", "取り込み済み", lambda i: i.taken, unit="件", number=True),
    Field("created", "読み取り", lambda i: i.created_at, show=lambda i: moment(i.created_at)),
)


@only(Role.SECRETARIAT)
def imports(request: HttpRequest) -> HttpResponse:
    """「どの文書がまだ途中か」「去年は何を取り込んだか」"""
    shown = listing(request, queries.imports_for(user_of(request)), fields=COLUMNS)
    context = {"imports": shown, "breadcrumbs": crumbs()}
    return render(request, "ingest/imports.html", context)


@only(Role.SECRETARIAT)
def new(request: HttpRequest) -> HttpResponse:
    """Choose a document; it is read at once, and nothing of the plans changes.

    `?edition=` says beforehand which edition it is for.
    """
    user = user_of(request)
    plans, editions = queries.targets_for(user)
    asked = request.GET.get("edition", "")
    make = partial(forms.UploadForm, plans=plans, editions=editions)

    def save(form: forms.UploadForm) -> Import:
        kind, _, key = form.cleaned_data["target"].partition("-")
        assert form.read is not None
        return services.propose(
            organisation=organisation_of(user),
            name=form.read.name,
            data=form.read.data,
            by=user,
            edition=next((e for e in editions if kind == "edition" and str(e.pk) == key), None),
            plan=next((p for p in plans if kind == "plan" and str(p.pk) == key), None),
            fresh=kind == "new",
            read=form.read,
        )

    return form_page(
        request,
        make,
        "ingest/new.html",
        save=save,
        initial={"target": f"edition-{asked}" if asked.isdecimal() else ""},
        success_url=url_of,
        context={
            "title": "文書を取り込む",
            "submit": "読み取る",
            "cancel_url": reverse("ingest:imports"),
            "next": "読み取った内容は、文書と並べて確かめてから取り込みます。",
            "breadcrumbs": crumbs(("文書を取り込む", "")),
        },
    )


@require_safe
@office(queries.import_for)
def imported(request: HttpRequest, shown: Import) -> HttpResponse:
    """「この数字は文書のどこに書いてあるのか」「前に入れたものとどこが違うのか、同じものは見なくてよい」
    「読み違いはここで直し、残りはまとめて入れたい」
    """
    counts = queries.counts_of(shown)
    tab = request.GET.get("tab", "") or ("todo" if counts["waiting"] or not counts["accepted"] else "all")
    asked = request.GET.get("page", "1")
    page = review(
        shown,
        queries.proposals_of(shown),
        tab=tab,
        page=int(asked) if asked.isdecimal() and len(asked) < 6 else 1,
    )
    tab_counts = {
        "todo": counts["waiting"],
        "facts": counts["fact"],
        "dropped": counts["dropped"],
        "missing": counts["missing"],
    }
    context = {
        "imported": shown,
        "head": Head.from_json(shown.head),
        "review": page,
        "counts": counts,
        "state": words.STATES[shown.state],
        "tabs": [
            (label, f"?tab={key}", key == page.tab, *([tab_counts[key]] if key in tab_counts else []))
            for key, label in TABS.items()
            if key in ("todo", "all") or tab_counts[key]
        ],
        "comparing": shown.edition_id is not None or shown.base_id is not None,
        "may_decide": shown.state != "discarded",
        "item_kinds": plan_words.ITEM_KINDS,
        "directions": plan_words.DIRECTIONS,
        "joinable": services.JOINABLE,
        "breadcrumbs": crumbs((str(shown), "")),
    }
    return render(request, "ingest/import.html", context)


@require_safe
@office(queries.proposal_for)
def at(request: HttpRequest, row: Proposal) -> HttpResponse:
    """Lead to the page of the review that a row is on."""
    tab, page = place_of(queries.proposals_of(row.imported), row.pk)
    return HttpResponseRedirect(f"{url_of(row.imported)}?tab={tab}&page={page}#P{row.pk}")


@office(queries.import_for)
def head(request: HttpRequest, shown: Import) -> HttpResponse:
    """Correct title, years, plan name, level names and the rating rule."""
    user = user_of(request)
    make = partial(
        forms.HeadForm,
        read=Head.from_json(shown.read),
        now=Head.from_json(shown.head),
        schemes=schemes_for(user),
    )
    return form_about(
        request,
        shown,
        make,
        title="表題・年度などを訂正する",
        save=lambda form: services.correct_head(imported=shown, head=form.head(), by=user),
        message="表題・年度などを訂正しました。",
    )


@office(queries.import_for)
def discard(request: HttpRequest, shown: Import) -> HttpResponse:
    """Give an import up."""
    user = user_of(request)
    return form_about(
        request,
        shown,
        BaseForm,
        title="取り込みを取りやめる",
        save=lambda form: services.discard(imported=shown, by=user),
        success_url=reverse("ingest:imports"),
        message="取り込みを取りやめました。",
        lead="まだ取り込んでいない内容は、使わないものとして残します。取り込んだ内容と文書は、そのままです。",
        submit="取りやめる",
        cancel="戻る",
        danger=True,
    )


@require_safe
@office(queries.import_for)
def result(request: HttpRequest, shown: Import) -> HttpResponse:
    """「何が入ったのか」「次はどこを見ればよいのか」"""
    context = {
        "imported": shown,
        "counts": queries.counts_of(shown),
        "made": queries.made_of(shown),
        "words": words,
        "breadcrumbs": crumbs((str(shown), url_of(shown)), ("結果", "")),
    }
    return render(request, "ingest/result.html", context)
