"""Overall ratings: the table of an edition, its policy, and what people settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.core.rollup import HELD, METHOD_LABELS, Method, Policy
from kaikaku.org.access import user_of
from kaikaku.plans import forms, queries, services
from kaikaku.plans.views.common import (
    edition_crumbs,
    keep_in_view,
    may_write,
    section_crumbs,
    section_url,
    writing,
)
from kaikaku.ui.listing import Field, csv_response, listing
from kaikaku.ui.views import change_page, form_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Section

TITLE = "総合評価"
ALL_ROWS = 2000  # the table is printed whole
FIELDS = (
    Field[queries.OverallRow]("name", "見出し", lambda row: row.name, search=True, sortable=False),
    Field[queries.OverallRow]("owner", "所管", lambda row: row.facts.owner_name, search=True, sortable=False),
    Field[queries.OverallRow]("outcome", "成果", lambda row: row.standing.part("outcome"), sortable=False),
    Field[queries.OverallRow]("output", "活動", lambda row: row.standing.part("output"), sortable=False),
    Field[queries.OverallRow](
        "automatic", "自動判定", lambda row: row.standing.automatic.label, sortable=False
    ),
    Field[queries.OverallRow]("label", TITLE, lambda row: row.standing.label, search=True, sortable=False),
    Field[queries.OverallRow]("reason", "理由", lambda row: row.standing.reason, search=True, sortable=False),
    Field[queries.OverallRow](
        "working", "自動判定の計算", lambda row: row.standing.automatic.sentence, sortable=False
    ),
)


def overall_url(edition: Edition) -> str:
    return reverse("plans:overall", args=[edition.pk])


def overall(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: how each part stands as a whole, by rule and as it was settled (総括表).

    「どの取組が遅れているのか」「自動判定と違うのはどれか、なぜか」「まだ決めていないのはどれか」
    """
    user = user_of(request)
    edition = queries.edition_for(user, pk)
    keep_in_view(request, edition)
    rows = queries.rows_of(edition)
    all_rows = queries.overall_rows(rows)
    table = listing(request, all_rows, fields=FIELDS, per_page=ALL_ROWS)
    if table.wants_csv:
        return csv_response(table, f"総合評価_{edition}")
    context = {
        "edition": edition,
        "rows": rows,
        "table": table,
        "waiting": sum(not row.standing.is_final for row in all_rows),
        "outdated": sum(row.standing.is_outdated for row in all_rows),
        "may_write": may_write(request, edition),
        "breadcrumbs": [*edition_crumbs(edition), (TITLE, "")],
    }
    return render(request, "plans/overall.html", context)


@writing(queries.edition_for)
def overall_policy(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The office: how the parts are rated as a whole, with what each method would give.

    「どの方法にすると、どの柱がどうなるか」「D が一つでもあれば順調にしたくない」
    """
    user, rows = user_of(request), queries.rows_of(edition)
    return form_page(
        request,
        forms.OverallPolicyForm,
        "plans/overall_policy.html",
        save=lambda form: services.choose_overall_policy(
            edition=edition,
            policy=form.cleaned_data["policy"],
            reason=form.cleaned_data["reason"],
            by=user,
        ),
        initial=forms.initial_policy(rows.policy, start=_start(request)),
        context={
            "edition": edition,
            "rows": rows,
            "methods": queries.method_names(),
            "compared": queries.compared(rows, rows.policy) if rows.scheme else [],
            "starts": [(method.value, METHOD_LABELS[method]) for method in Method],
            "breadcrumbs": [*edition_crumbs(edition), ("総合評価の決まり", "")],
        },
        success_url=lambda _: overall_url(edition),
        message="総合評価の決まりを保存しました。",
    )


def _start(request: HttpRequest) -> Policy:
    """The usual levels of the method asked for."""
    asked = request.GET.get("from", "")
    return Policy(Method(asked)) if asked in list(Method) else Policy(Method.GRADE_POINTS)


@writing(queries.edition_for)
def settle_rest(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The office: everything nobody has settled otherwise, just as it was rated."""
    user = user_of(request)
    return change_page(
        request,
        forms.AsRatedForm,
        title="残りを自動判定のとおりに決める",
        lead="まだ決めていない見出しの総合評価を、自動判定のとおりに決めます。違う評価にするものは、先に1件ずつ決めてください。",
        submit="自動判定のとおりに決める",
        crumbs=[*edition_crumbs(edition), (TITLE, overall_url(edition))],
        save=lambda form: services.settle_as_rated(edition=edition, by=user, **form.cleaned_data),
        back=overall_url(edition),
        message=lambda made: f"{len(made)}件の総合評価を決めました。",
    )


@writing(queries.section_for)
def settle(request: HttpRequest, section: Section) -> HttpResponse:
    """The office: what was settled of one part, with the reason where it is not what the rule gives.

    「本部会議で『やや遅れ』とした」「なぜ自動判定と違うのか」
    """
    user, edition = user_of(request), section.edition
    rows = queries.rows_of(edition)
    standing = rows.overall.get(section.pk)
    start = standing.label if standing else HELD
    return change_page(
        request,
        forms.OverallForm,
        title="総合評価を決める",
        submit="決める",
        template="plans/settle.html",
        crumbs=section_crumbs(section),
        form_kwargs={"policy": rows.policy or _start(request)},
        initial={"level": start, "reason": standing.reason if standing else ""},
        save=lambda form: services.settle_overall(section=section, by=user, **form.entry()),
        back=overall_url(edition) if rows.policy else section_url(section),
        message="総合評価を決めました。",
        context={"standing": standing, "section": section, "history": queries.overall_history(section)},
    )
