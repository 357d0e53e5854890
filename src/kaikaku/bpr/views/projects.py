"""The register, its summary, one project and what is changed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.bpr import forms, queries, services, words
from kaikaku.bpr.process_map import MapStep, narrow_map, process_map
from kaikaku.bpr.views.common import found_for, itself, project_crumbs, root_crumbs
from kaikaku.core.bpr import Stage, show_hours
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import department_for, organisation_of, today
from kaikaku.org.roles import Role
from kaikaku.ui.linking import leading_to
from kaikaku.ui.listing import Field, Listing, csv_response, listing
from kaikaku.ui.views import change_page

if TYPE_CHECKING:
    from kaikaku.bpr.models import Project, Step

FIELDS = (
    Field[queries.Row]("title", "名称", lambda row: row.title, search=True),
    Field[queries.Row]("department", "所属", lambda row: row.department, search=True),
    Field[queries.Row]("stage", "段階", lambda row: row.stage_words, search=True),
    Field[queries.Row]("tools", "道具", lambda row: row.tool_words, search=True),
    Field[queries.Row]("fiscal_year", "選定年度", lambda row: row.fiscal_year),
    Field[queries.Row](
        "hours",
        "年間の効果",
        lambda row: None if row.minutes is None else show_hours(row.minutes),
        unit="時間",
        number=True,
    ),
)


@only(*queries.READERS)
def index(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: the register, by stage, tool and 部局.

    「うちの課の案件はどこまで進んだか」「RPAを使った業務を見たい」「似た見直しはほかにないか」
    """
    user = user_of(request)
    every = queries.rows_for(user)
    shown = chosen_rows(request, every)
    if shown.wants_csv:
        return csv_response(shown, "業務改革の一覧")
    context = {
        "listing": shown,
        "every": len(every),
        "chosen": _chosen(request),
        "stages": words.STAGES,
        "tools": words.TOOLS,
        "divisions": queries.divisions_of(user),
        "pills": words.STAGE_PILLS,
        "may_register": bool(queries.own_departments(user)),
    }
    return render(request, "bpr/index.html", context)


def chosen_rows(request: HttpRequest, every: list[queries.Row] | None = None) -> Listing[queries.Row]:
    """The list as the address asks for it."""
    chosen = _chosen(request)
    rows = queries.rows_for(user_of(request)) if every is None else every
    return listing(request, [row for row in rows if _fits(row, chosen)], fields=FIELDS)


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ("stage", "tool", "division")}


def _fits(row: queries.Row, chosen: dict[str, str]) -> bool:
    return (
        chosen["stage"] in ("", row.stage.value)
        and (not chosen["tool"] or chosen["tool"] in row.tools)
        and chosen["division"] in ("", str(row.division))
    )


@only(*queries.READERS)
def summary(request: HttpRequest) -> HttpResponse:
    """The register's head: started, completed, tools, hours, and the three lists.

    「全体でどれだけ進んだか」「何時間減ったのか」「本部会議に出す一覧がほしい」
    """
    organisation = organisation_of(user_of(request))
    found = queries.summary_of(organisation, on=today())
    context = {
        "summary": found,
        "people": found.people_together,
        "show_hours": show_hours,
        "plain": queries.plain,
        "words": words,
        "is_office": queries.is_office(user_of(request), organisation),
        "breadcrumbs": [*root_crumbs(), ("全体のまとめ", "")],
    }
    return render(request, "bpr/summary.html", context)


@found_for(queries.project_for)
def project(request: HttpRequest, found: Project) -> HttpResponse:
    """A project whole: before and after, what it saves, what was measured, what comes next.

    「何がどう変わったか」「効果はだれが確かめたか」「次に測るのはいつか」
    """
    page = queries.page_of(found, user_of(request), on=today())
    drawn = [_drawn(step) for step in page.steps]
    context = {
        "page": page,
        "project": found,
        "maps": (process_map(found.title, drawn), narrow_map(found.title, drawn)),
        "show_hours": show_hours,
        "words": words,
        "pill": words.STAGE_PILLS[Stage(found.stage)],
        "today": today(),
        "work_of": queries.work_of,
        "worded": queries.worded,
        "as_hours": forms.as_hours,
        "leads": leading_to(user_of(request), queries.key_of(found.pk)),
        "counted_in": queries.counted_in(found),
        "breadcrumbs": project_crumbs(found),
    }
    return render(request, "bpr/project.html", context)


def _drawn(step: Step) -> MapStep:
    before, after = queries.work_of(step, "before"), queries.work_of(step, "after")
    return MapStep(
        step.name,
        before.a_year if before else None,
        after.a_year if after else None,
        step.lane,
        step.lane_after,
    )


@only(Role.SECRETARIAT, Role.CLERK, Role.CHIEF)
def register(request: HttpRequest) -> HttpResponse:
    """A clerk or a chief, for their own section; the office for any."""
    user = user_of(request)
    departments = queries.own_departments(user)
    if not departments:
        raise PermissionDenied("案件を登録できるのは、担当・所属長と事務局です。")
    return change_page(
        request,
        forms.ProjectForm,
        title="案件を登録する",
        crumbs=root_crumbs(),
        submit="登録して手順を書く",
        form_kwargs={"departments": departments},
        initial={"department": departments[0][0] if len(departments) == 1 else ""},
        save=lambda form: services.register_project(
            fields=form.entry(department_for(user, form.cleaned_data["department"])), by=user
        ),
        back=reverse("bpr:index"),
        success_url=lambda made: reverse("bpr:steps", args=[made.pk]),
        message="案件を登録しました。見直し前と見直し後の手順を書いてください。",
    )


@found_for(queries.project_for, edit=itself)
def revise(request: HttpRequest, found: Project) -> HttpResponse:
    """Name, what is done, tools, upkeep."""
    user = user_of(request)
    departments = queries.own_departments(user)
    if found.department_id not in dict(departments):
        departments = [(found.department_id, found.department.name), *departments]
    return change_page(
        request,
        forms.ProjectForm,
        title="案件を直す",
        crumbs=project_crumbs(found),
        form_kwargs={"departments": departments},
        initial=_face(found),
        save=lambda form: services.revise_project(
            project=found,
            fields=form.entry(
                department_for(user, form.cleaned_data["department"]), origin_url=found.origin_url
            ),
            version=form.cleaned_data["version"],
            by=user,
        ),
        back=queries.url_of(found.pk),
        message="案件を直しました。",
    )


def _face(found: Project) -> dict[str, Any]:
    plain = ("department_id", "title", "summary", "fiscal_year", "tools", "origin", "is_public")
    face = {name.removesuffix("_id"): getattr(found, name) for name in plain}
    face["version"] = found.version
    face |= {name: forms.as_hours(getattr(found, name)) for name in ("upkeep", "exceptions", "build")}
    return face | {name: getattr(found, name) for name in ("build_yen", "upkeep_yen")}


@found_for(queries.project_for, edit=itself)
def steps(request: HttpRequest, found: Project) -> HttpResponse:
    """The steps of the work, before and after: minutes, times a year, people."""
    user = user_of(request)
    return change_page(
        request,
        forms.StepsForm,
        title="手順を書く",
        crumbs=project_crumbs(found),
        lead="1回の時間、年間の回数、人数から、1年の時間を計算します。空の段は保存されません。",
        template="bpr/steps.html",
        form_kwargs={"steps": list(found.steps.all())},
        initial={"version": found.version},
        save=lambda form: services.set_steps(
            project=found, steps=form.entries(), version=form.cleaned_data["version"], by=user
        ),
        back=queries.url_of(found.pk),
        message="手順を保存しました。",
    )


@found_for(queries.project_for, edit=itself)
def stage(request: HttpRequest, found: Project) -> HttpResponse:
    """Lead the project on, or take it out with a reason."""
    user = user_of(request)
    page = queries.page_of(found, user, on=today())
    return change_page(
        request,
        forms.StageForm,
        title="段階を進める",
        crumbs=project_crumbs(found),
        lead=f"今の段階は「{words.STAGES[found.stage]}」です。",
        submit="進める",
        form_kwargs={"stages": page.next_stages},
        initial={"version": found.version},
        save=lambda form: services.advance_project(
            project=found,
            to=Stage(form.cleaned_data["stage"]),
            reason=form.cleaned_data["reason"],
            on=form.cleaned_data["day"],
            version=form.cleaned_data["version"],
            by=user,
        ),
        back=queries.url_of(found.pk),
        message=lambda made: f"「{words.STAGES[made.stage]}」にしました。",
    )


@found_for(queries.project_for, edit=itself)
def begin(request: HttpRequest, found: Project) -> HttpResponse:
    """The day from which effects count."""
    user = user_of(request)
    return change_page(
        request,
        forms.BeginForm,
        title="使い始めた日を入れる",
        crumbs=project_crumbs(found),
        initial={"day": found.began_on, "version": found.version},
        save=lambda form: services.begin_use(project=found, by=user, **form.cleaned_data),
        back=queries.url_of(found.pk),
        message="使い始めた日を保存しました。3か月後と12か月後に、効果の測定をお願いします。",
    )


@found_for(queries.project_for, edit=itself)
def retire(request: HttpRequest, found: Project) -> HttpResponse:
    """The last day of the new way."""
    user = user_of(request)
    return change_page(
        request,
        forms.RetireForm,
        title="使い終えた日を入れる",
        crumbs=project_crumbs(found),
        lead="使い終えると、その月から削減時間を数えません。それまでの分は残ります。",
        initial={"version": found.version},
        save=lambda form: services.retire(project=found, by=user, **form.cleaned_data),
        back=queries.url_of(found.pk),
        message="使い終えた日を保存しました。",
    )
