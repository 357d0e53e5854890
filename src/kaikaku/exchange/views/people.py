"""One's own entry, the talent bank, and the busy season."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.eras import fiscal_year_of, show_fiscal_year
from kaikaku.core.staffing import show_minutes
from kaikaku.exchange import forms, queries, services, words
from kaikaku.exchange.views.common import OFFICE, STAFF, change_page, found, root
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import department_choices, department_for, organisation_of, today
from kaikaku.org.roles import Role
from kaikaku.ui.listing import Field, csv_response, listing
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.exchange.models import Absence
    from kaikaku.org.models import Department

BANK = (
    Field[Any]("name", "氏名", lambda row: row[0].user.name, search=True),
    Field[Any]("home", "所属", lambda row: str(row[1] or ""), search=True),
    Field[Any]("grade", "職位", lambda row: row[0].grade, search=True),
    Field[Any]("occupation", "職種", lambda row: row[0].occupation, search=True),
    Field[Any]("skills", "経験・技能", lambda row: "、".join(row[0].skills), search=True),
    Field[Any]("wishes", "希望", lambda row: "、".join(one.name for one in row[0].wishes.all())),
    Field[Any]("overtime", "先月の時間外", lambda row: row[0].overtime, unit="時間", number=True),
    Field[Any]("listed", "候補", lambda row: "なる" if row[0].listed else "応募したときだけ"),
)


@only(STAFF)
def me(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: my own entry, and the days on which I cannot help."""
    user = user_of(request)
    profile = queries.profile_of(user)

    def save(form: forms.ProfileForm) -> Any:
        wishes = [department_for(user, pk) for pk in form.cleaned_data["wishes"]]
        return services.set_profile(user=user, fields=form.entry(wishes), by=user)

    initial: dict[str, Any] = {}
    if profile is not None:
        names = ("grade", "occupation", "skills", "note", "overtime", "listed")
        initial = {name: getattr(profile, name) for name in names}
        initial["wishes"] = [one.pk for one in profile.wishes.all()]
    here = reverse("exchange:me")
    return change_page(
        request,
        forms.ProfileForm,
        title="自分の登録（人材バンク）",
        crumbs=root(),
        save=save,
        back=here,
        lead="経験・技能や希望を登録すると、応援を求める業務とつながりやすくなります。",
        next="自分の所属長と事務局だけが読みます。",
        form_kwargs={"departments": department_choices(user)},
        initial=initial,
        message="登録しました。",
        template="exchange/me.html",
        context={"profile": profile, "cancel_url": reverse("exchange:index")},
    )


@only(STAFF)
def add_absence(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: I cannot help on these days (why is not asked)."""
    user = user_of(request)
    profile = queries.profile_of(user)
    if profile is None:
        messages.error(request, "先に自分の登録をしてください。")
        return HttpResponseRedirect(reverse("exchange:me"))
    return change_page(
        request,
        forms.PeriodForm,
        title="応援できない期間を加える",
        crumbs=[*root(), ("自分の登録", reverse("exchange:me"))],
        save=lambda form: services.add_absence(profile=profile, by=user, **form.cleaned_data),
        back=reverse("exchange:me"),
        lead="休暇・研修などで応援できない期間です。理由は書きません。",
        submit="加える",
        message="応援できない期間を加えました。",
    )


@require_POST
@found(queries.absence_for)
def remove_absence(request: HttpRequest, absence: Absence) -> HttpResponse:
    """One's own."""
    user = user_of(request)
    return press(
        request,
        lambda: services.remove_absence(absence=absence, by=user),
        done="応援できない期間を外しました。",
        back=reverse("exchange:me"),
    )


@only(OFFICE, Role.CHIEF)
def bank(request: HttpRequest) -> HttpResponse:
    """人事: everyone in the talent bank; a chief: their own staff."""
    user = user_of(request)
    page = listing(request, queries.profiles_for(user), fields=BANK, default_sort="name")
    if page.wants_csv:
        return csv_response(page, "人材バンク")
    context = {
        "listing": page,
        "is_office": queries.is_office(user),
        "breadcrumbs": [*root(), ("人材バンク", "")],
    }
    return render(request, "exchange/bank.html", context)


@only(STAFF)
def calendar(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: when is which section busy."""
    rows = queries.busy_rows(user_of(request))
    context = {
        "rows": rows,
        "months": [f"{month}月" for month in words.MONTHS],
        "words": words,
        "breadcrumbs": [*root(), ("繁忙期の一覧", "")],
    }
    return render(request, "exchange/calendar.html", context)


@found(department_for, OFFICE, Role.CHIEF)
def busy(request: HttpRequest, department: Department) -> HttpResponse:
    """The chief of a section, or 人事: how busy it is in each month."""
    user = user_of(request)
    if not queries.is_office(user) and department.pk not in queries.chief_of(user):
        raise PermissionDenied("繁忙期を登録できるのは、その所属の所属長と事務局だけです。")
    back = reverse("exchange:calendar")
    levels = queries.busy_of(department)
    return change_page(
        request,
        forms.BusyForm,
        title=f"{department}の繁忙期",
        crumbs=[*root(), ("繁忙期の一覧", back)],
        save=lambda form: services.set_busy_months(department=department, levels=form.entry(), by=user),
        back=back,
        initial={f"m{month}": levels.get(month, 0) for month in words.MONTHS},
        message="繁忙期を登録しました。",
    )


@only(STAFF)
def flows(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: who helped whom, how much. 「助け合いはどれだけ広がったか」"""
    user = user_of(request)
    now = fiscal_year_of(today())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else now
    context = {
        "page": queries.flow_page(user, year),
        "totals": queries.published_totals(organisation_of(user)),
        "year": year,
        "years": [(one, show_fiscal_year(one)) for one in range(now, now - 5, -1)],
        "is_office": queries.is_office(user),
        "minutes": show_minutes,
        "breadcrumbs": [*root(), ("だれがだれを助けたか", "")],
    }
    return render(request, "exchange/flows.html", context)
