"""The list of loops, an item's page, and each step of a loop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.audit.actions import sentence
from kaikaku.org.access import allowed, found_for, only, user_of
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans import queries as plans
from kaikaku.reviews import forms, queries, services, words
from kaikaku.reviews.views.common import (
    change_page,
    keep_in_view,
    loop_url,
    quoted_events,
    root_crumbs,
    subject_crumbs,
    subject_url,
)
from kaikaku.sources import queries as sources
from kaikaku.sources import services as citing
from kaikaku.ui.listing import Field, csv_response, listing
from kaikaku.ui.views import form_page

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition, Indicator, Section
    from kaikaku.reviews.models import Loop
    from kaikaku.sources.models import Citation

STAFF = Role.EMPLOYEE
FIELDS = (
    Field[queries.LoopRow]("title", "件名", lambda row: row.title, search=True),
    Field[queries.LoopRow]("subject", "取組・指標", lambda row: row.subject, search=True),
    Field[queries.LoopRow]("owner", "所管", lambda row: row.owner, search=True),
    Field[queries.LoopRow]("stage", "段階", lambda row: row.waits_for, search=True),
    Field[queries.LoopRow]("last_on", "最後の動き", lambda row: row.last_on),
    Field[queries.LoopRow]("review_by", "見直しの期限", lambda row: row.review_by),
)


@only(STAFF)
def index(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: what has been noticed and where it stands, the overdue first.

    「あの件はどうなった」「見直しの期限が過ぎたものは」「気づいたことを書きたい」
    """
    user = user_of(request)
    rows = queries.loops_shown(user)
    view = request.GET.get("view", "open")
    view = view if view in queries.VIEWS else "open"
    shown = listing(request, [row for row in rows if queries.in_view(row, view)], fields=FIELDS)
    if shown.wants_csv:
        return csv_response(shown, "見直しの一覧")
    context = {
        "listing": shown,
        "view": view,
        "counts": queries.counts_of(rows),
        "pills": words.STAGE_PILLS,
        "editions": plans.editions_for(user),
        "sees_meetings": queries.sees_meetings(user),
    }
    return render(request, "reviews/index.html", context)


@only(STAFF)
def noticed(request: HttpRequest) -> HttpResponse:
    """Every employee: what one has noticed, written in a minute, and what became of what one wrote.

    「窓口で気づいたことを伝えたい」「前に書いたことはどうなったか」
    """
    user = user_of(request)
    edition = _edition_in_force(request, user)
    context = {
        "title": "気づきを書く",
        "submit": "気づきを送る",
        "next": "事務局が読み、意味を判断して対応を決めます。決まったことは、この画面に表示されます。",
        "edition": edition,
        "editions": plans.editions_for(user),
        "notes": queries.notes_of(user),
        "pills": words.STAGE_PILLS,
        "breadcrumbs": [*root_crumbs(), ("気づきを書く", "")],
    }
    if edition is None:
        return render(request, "reviews/noticed.html", context)

    def save(form: forms.NoteForm) -> Loop:
        subject = queries.subject_in(edition, form.cleaned_data["subject"])
        return services.observe(subject=subject, fields=form.note(today=today()), by=user)

    return form_page(
        request,
        partial(forms.NoteForm, subjects=queries.subject_choices(edition)),
        "reviews/noticed.html",
        save=save,
        initial={"subject": request.GET.get("about", "")},
        context=context,
        success_url="reviews:noticed",
        message="気づきを送りました。",
    )


def _edition_in_force(request: HttpRequest, user: User) -> Edition | None:
    """The edition asked for (?edition=), else the newest in force, else the newest."""
    editions = list(plans.editions_for(user))
    asked = request.GET.get("edition", "")
    chosen = [edition for edition in editions if str(edition.pk) == asked]
    in_force = [edition for edition in editions if edition.state == "in_force"]
    settled = [edition for edition in editions if edition.drafted_from_id is None]
    return next(iter([*chosen, *in_force, *settled, *editions]), None)


@found_for(plans.section_for, STAFF)
def section(request: HttpRequest, found: Section) -> HttpResponse:
    """As `indicator`, of a section."""
    return _subject(request, found)


@found_for(plans.indicator_for, STAFF)
def indicator(request: HttpRequest, found: Indicator) -> HttpResponse:
    """Everyone who works here: what was noticed, decided and changed, in its course and by year.

    「この指標について何が決まったか」「去年の評価のあと、何を変えたのか」
    """
    return _subject(request, found)


def _subject(request: HttpRequest, subject: Section | Indicator) -> HttpResponse:
    user = user_of(request)
    keep_in_view(request, subject.edition)
    context = {
        "subject": subject,
        "key": queries.key_of(subject),
        "edition": subject.edition,
        "shown": queries.subject_page(user, subject),
        "view": "pdca" if request.GET.get("view") == "pdca" else "ooda",
        "here": subject_url(subject),
        "plan_url": reverse(f"plans:{subject._meta.model_name}", args=[subject.pk]),
        "words": words,
        "sentence": sentence,
        "is_office": allowed(user, Role.SECRETARIAT),
        "sees_meetings": queries.sees_meetings(user),
        "breadcrumbs": subject_crumbs(subject),
    }
    return render(request, "reviews/subject.html", context)


@found_for(plans.edition_for, STAFF)
def observe(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Everyone who works here, at any time of the year: something noticed on an item (?about=i12)."""
    user = user_of(request)

    def save(form: forms.FreshObservationForm) -> Loop:
        subject = queries.subject_in(edition, form.cleaned_data["subject"])
        fields = form.entry(_citation(user, form.place))
        return services.observe(subject=subject, fields=fields, by=user)

    return change_page(
        request,
        forms.FreshObservationForm,
        title="気づきを記録する",
        crumbs=[*root_crumbs(), (edition.title, "")],
        lead="評価の時期を待たずに、気づいたときに書けます。",
        next="事務局が読み、意味を判断して対応を決めます。決まったことは同じ画面に表示されます。",
        form_kwargs=_choices(user, subjects=queries.subject_choices(edition)),
        initial={"subject": request.GET.get("about", ""), "happened_on": today(), "source": "work"},
        save=save,
        back=reverse("reviews:index"),
        success_url=loop_url,
        message="気づきを記録しました。",
    )


def _choices(user: User, **more: Any) -> dict[str, Any]:
    return {"documents": queries.document_choices(user), **more}


def _citation(user: User, place: tuple[int, int] | None) -> Citation | None:
    """The cited line of a kept document, with the words that stand there."""
    if place is None:
        return None
    document, line = sources.document_for(user, place[0]), place[1]
    lines = document.text_lines
    quote = lines[line - 1] if line <= len(lines) else ""
    return citing.cite(document=document, spot=citing.Spot(line, quote))


def _step(request: HttpRequest, loop: Loop, make_form: Any, **more: Any) -> HttpResponse:
    """The page of one step of a loop, with all that was recorded before it."""
    more.setdefault("initial", {"happened_on": today()})
    more.setdefault("message", "記録しました。")
    return change_page(
        request,
        make_form,
        crumbs=subject_crumbs(loop.subject),
        context={"quoted": quoted_events(loop)},
        back=loop_url(loop),
        **more,
    )


@found_for(queries.loop_for, STAFF)
def observe_again(request: HttpRequest, loop: Loop) -> HttpResponse:
    """Everyone who works here: a further sign, or what came of what was done."""
    user = user_of(request)
    return _step(
        request,
        loop,
        forms.ObservationForm,
        title=f"「{loop}」に気づきを加える",
        form_kwargs=_choices(user),
        initial={"happened_on": today(), "source": "work"},
        save=lambda form: services.observe_again(
            loop=loop, fields=form.entry(_citation(user, form.place)), by=user
        ),
    )


@found_for(queries.loop_for, Role.SECRETARIAT)
def orient(request: HttpRequest, loop: Loop) -> HttpResponse:
    """The office: what it means."""
    user = user_of(request)
    return _step(
        request,
        loop,
        forms.OrientationForm,
        title=f"「{loop}」の状況を判断する",
        save=lambda form: services.orient(loop=loop, fields=form.entry(), by=user),
    )


@found_for(queries.loop_for, Role.SECRETARIAT)
def decide(request: HttpRequest, loop: Loop) -> HttpResponse:
    """The office: who decided what, and what not."""
    user = user_of(request)
    return _step(
        request,
        loop,
        forms.DecisionForm,
        title=f"「{loop}」の決定を記録する",
        save=lambda form: services.decide(loop=loop, fields=form.entry(), by=user),
    )


@found_for(queries.loop_for, Role.SECRETARIAT)
def act(request: HttpRequest, loop: Loop) -> HttpResponse:
    """The office: what was done, and the change it made."""
    user, edition = user_of(request), loop.edition

    def save(form: forms.ActForm) -> Any:
        entry = queries.entry_in(user, loop, form.cleaned_data["entry_key"])
        target = queries.target_in(edition, form.cleaned_data["target"])
        return services.act(loop=loop, fields=form.entry(entry=entry, target=target), by=user)

    return _step(
        request,
        loop,
        forms.ActForm,
        title=f"「{loop}」の実行を記録する",
        form_kwargs={
            "entries": queries.entry_choices(user, loop),
            "targets": queries.target_choices(edition, others_only=False),
        },
        initial={"happened_on": today(), "closes": loop.review_by is None},
        save=save,
    )


@found_for(queries.loop_for, Role.SECRETARIAT)
def close(request: HttpRequest, loop: Loop) -> HttpResponse:
    """The office: it has run its course."""
    user = user_of(request)
    return _step(
        request,
        loop,
        forms.ReasonForm,
        title=f"「{loop}」を終える",
        submit="終える",
        save=lambda form: services.close_loop(loop=loop, by=user, **form.cleaned_data),
        message="見直しを終えました。",
    )


@found_for(queries.loop_for, Role.SECRETARIAT)
def reopen(request: HttpRequest, loop: Loop) -> HttpResponse:
    """The office: it is taken up again."""
    user = user_of(request)
    return _step(
        request,
        loop,
        forms.ReasonForm,
        title=f"「{loop}」を再び始める",
        submit="再び始める",
        save=lambda form: services.reopen_loop(loop=loop, by=user, **form.cleaned_data),
        message="見直しを再び始めました。",
    )
