"""Meetings: the list, one with its agenda, its items, and what is done to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.org.access import allowed, found_for, only, user_of
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans import queries as plans
from kaikaku.reviews import forms, queries, services, words
from kaikaku.reviews.entries import AgendaEntry
from kaikaku.reviews.views.common import (
    change_page,
    keep_in_view,
    meeting_crumbs,
    meeting_url,
    root_crumbs,
)
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition
    from kaikaku.reviews.models import AgendaItem, Meeting

MEETING_FACE = ("kind", "title", "held_on", "opinions_due", "starts_at", "place")
READERS = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK, Role.MEMBER)


@only(*READERS)
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings one may read: the office and who decides all of them, members those opened to them.

    「次の本部会議の資料はどこか」「意見の締切はいつか」
    """
    user = user_of(request)
    context = {
        "meetings": queries.meetings_for(user),
        "editions": plans.editions_for(user),
        "is_office": allowed(user, Role.SECRETARIAT),
        "is_staff": allowed(user, Role.EMPLOYEE),
        "today": today(),
        "words": words,
    }
    return render(request, "reviews/meetings.html", context)


@found_for(plans.edition_for, Role.SECRETARIAT)
def new_meeting(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The office: a meeting on this edition; its agenda comes next."""
    user = user_of(request)
    return change_page(
        request,
        forms.MeetingForm,
        title="会議を登録する",
        crumbs=[*root_crumbs(), ("会議", reverse("reviews:meetings")), (edition.title, "")],
        submit="登録して議題を選ぶ",
        save=lambda form: services.plan_meeting(edition=edition, fields=form.entry(), by=user),
        back=reverse("reviews:meetings"),
        success_url=lambda meeting: reverse("reviews:agenda", args=[meeting.pk]),
        message="会議を登録しました。",
    )


@found_for(queries.meeting_for)
def meeting(request: HttpRequest, found: Meeting) -> HttpResponse:
    """A meeting with its agenda: each item with its figures, what is asked, what was said and decided.

    「何を決める会議か」「この数字の計算は」「委員は何と言っているか」
    """
    user = user_of(request)
    keep_in_view(request, found.edition)
    context = {
        "meeting": found,
        "page": queries.meeting_page(user, found),
        "is_office": allowed(user, Role.SECRETARIAT),
        "may_write": allowed(user, Role.MEMBER) and _takes_opinions(found),
        "to_report": queries.sheets_to_report(user, found),
        "today": today(),
        "words": words,
        "breadcrumbs": meeting_crumbs(found),
    }
    return render(request, "reviews/meeting.html", context)


def _takes_opinions(meeting: Meeting) -> bool:
    """Whether members may write: opened, and not past the due day."""
    due = meeting.opinions_due
    return meeting.opened_at is not None and due is not None and today() <= due


@found_for(queries.meeting_for, Role.SECRETARIAT)
def revise_meeting(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The office: name, day, due day."""
    user = user_of(request)
    return change_page(
        request,
        forms.MeetingForm,
        title="会議の内容を変更する",
        crumbs=meeting_crumbs(found),
        submit="保存する",
        form_kwargs={"kind": found.kind},
        initial={name: getattr(found, name) for name in MEETING_FACE},
        save=lambda form: services.revise_meeting(meeting=found, fields=form.entry(), by=user),
        back=meeting_url(found),
        message="会議の内容を変更しました。",
    )


@found_for(queries.meeting_for, Role.SECRETARIAT)
def agenda(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The office: tick what the meeting takes up, from what needs deciding.

    「D評価と測定不能を本部会議に上げたい」「外的要因があるものはどれか」
    """
    user = user_of(request)
    return change_page(
        request,
        partial(forms.AgendaForm, candidates=queries.candidates(found)),
        title="議題を選ぶ",
        crumbs=meeting_crumbs(found),
        template="reviews/agenda.html",
        submit="議題を決める",
        save=lambda form: services.choose_agenda(meeting=found, entries=_ticked(user, found, form), by=user),
        back=meeting_url(found),
        message="議題を決めました。",
        context={"meeting": found, "words": words},
    )


def _ticked(user: User, meeting: Meeting, form: forms.AgendaForm) -> list[AgendaEntry]:
    """What the form puts on the agenda, in its order."""
    return [
        AgendaEntry(
            subject=queries.subject_in(meeting.edition, key),
            reasons=reasons,
            question=question,
            loop=queries.loop_for(user, loop) if loop else None,
        )
        for key, reasons, question, loop in form.chosen()
    ]


@require_POST
@found_for(queries.meeting_for, Role.SECRETARIAT)
def open_meeting(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The office: the members may read it now."""
    user = user_of(request)
    return press(
        request,
        lambda: services.open_meeting(meeting=found, by=user),
        done="資料を委員に公開しました。委員の画面に表示されます。",
        back=meeting_url(found),
    )


@require_POST
@found_for(queries.meeting_for, Role.SECRETARIAT)
def conclude_meeting(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The office: the papers stay as they are now."""
    user = user_of(request)
    return press(
        request,
        lambda: services.conclude_meeting(meeting=found, by=user),
        done="資料を確定しました。後から数値が変わっても、この会議の資料は変わりません。",
        back=meeting_url(found),
    )


@require_POST
@found_for(queries.meeting_for, Role.SECRETARIAT)
def report_sheets(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The office: the meeting was held, and has dealt with the year's sheets."""
    user = user_of(request)
    return press(
        request,
        lambda: services.report_sheets(meeting=found, by=user),
        done="受理した調書を「本部会議報告済み」にしました。",
        back=meeting_url(found),
    )


@found_for(queries.item_for)
def item(request: HttpRequest, found: AgendaItem) -> HttpResponse:
    """One item of an agenda with its figures, what was decided, and the opinions with their answers."""
    user = user_of(request)
    keep_in_view(request, found.meeting.edition)
    context = {
        "item": found,
        "meeting": found.meeting,
        "page": queries.item_page(user, found),
        "is_office": allowed(user, Role.SECRETARIAT),
        "is_staff": allowed(user, Role.EMPLOYEE),
        "may_write": allowed(user, Role.MEMBER) and _takes_opinions(found.meeting),
        "today": today(),
        "words": words,
        "breadcrumbs": [*meeting_crumbs(found.meeting), (str(found), "")],
    }
    return render(request, "reviews/item.html", context)


@found_for(queries.item_for, Role.SECRETARIAT)
def resolve(request: HttpRequest, found: AgendaItem) -> HttpResponse:
    """The office: what the meeting settled; it becomes an event of the item. The meeting goes on with the
    next item.
    """
    user = user_of(request)

    def place(item: AgendaItem | None) -> str:
        return meeting_url(found.meeting) + (f"#item-{item.pk}" if item else "")

    return change_page(
        request,
        forms.ResolutionForm,
        title=f"「{found}」の決定を記録する",
        crumbs=meeting_crumbs(found.meeting),
        context={"quoted": (("確認・決定いただきたいこと", found.question),) if found.question else ()},
        save=lambda form: services.resolve_item(item=found, fields=form.entry(), by=user),
        back=place(found),
        success_url=lambda _: place(queries.next_undecided(found)),
        message=lambda _: _decided(found),
        next="この項目の「点検・見直し」の経過に加わります。",
    )


def _decided(item: AgendaItem) -> str:
    """What was recorded, and what the meeting takes up next."""
    after = queries.next_undecided(item)
    words = f"次の議題は「{after}」です。" if after else "すべての議題の決定を記録しました。"
    return f"「{item}」の決定を記録しました。{words}"
