"""Campaigns: the list, one campaign's page, its fates, statistics and timeline."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.ideas import charts, forms, queries, services, words
from kaikaku.ideas.axes import YAMAGUCHI, axes_text, read_axes
from kaikaku.ideas.queries.chapter import day_words
from kaikaku.ideas.views.common import OFFICE, STAFF, at_campaign, change_page, found, keys_of, link, root
from kaikaku.org.access import allowed, only, user_of
from kaikaku.org.queries import organisation_of, today
from kaikaku.plans import queries as plans
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign, Milestone
    from kaikaku.ideas.queries.fates import FateRow


@only(STAFF)
def index(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: where can I send an idea, what became of mine, what waits for me.

    「思いつきを1分で送りたい」「あの提案はどうなった」「評価を頼まれた提案はどれ」
    """
    user = user_of(request)
    rows = queries.campaign_rows(user)
    context = {
        "rows": rows,
        "open": next((row.campaign for row in rows if row.stage == "open"), None),
        "own": queries.own_ideas(user),
        "evaluations": queries.evaluations_of(user),
        "handed": queries.handed_ideas(user),
        "rollouts": queries.my_rollouts(user),
        "stages": queries.STAGES,
        "pills": queries.STAGE_PILLS,
        "words": words,
        "is_office": allowed(user, OFFICE),
    }
    return render(request, "ideas/index.html", context)


@found(queries.campaign_for)
def campaign(request: HttpRequest, part: Campaign) -> HttpResponse:
    """Everyone who works here: what is asked, until when, what came of it.

    「何を募っているのか」「何件が実現したのか」「次は何があるのか」
    """
    user = user_of(request)
    listed = queries.listed_of(part)
    context = {
        "campaign": part,
        "stage": queries.stage_of(part),
        "stages": queries.STAGES,
        "pills": queries.STAGE_PILLS,
        "numbers": queries.campaign_numbers(part),
        "listed": listed,
        "counts": queries.listed_counts(listed),
        "timeline": [
            (one, day_words(one), one.last < today()) for one in part.milestones.select_related("citation")
        ],
        "drawn": charts.timeline(part, list(part.milestones.all()), on=today()),
        "casebooks": queries.casebooks_for(user, part),
        "is_office": allowed(user, OFFICE),
        "words": words,
        "breadcrumbs": at_campaign(part),
    }
    return render(request, "ideas/campaign.html", context)


@only(OFFICE)
def new(request: HttpRequest) -> HttpResponse:
    """The office: a new campaign, with Yamaguchi's axes as a start."""
    user = user_of(request)

    def save(form: forms.CampaignForm) -> Campaign:
        fields = form.entry(_edition(user, form))
        return services.plan_campaign(organisation=organisation_of(user), fields=fields, by=user)

    return change_page(
        request,
        forms.CampaignForm,
        title="提案の募集を登録する",
        crumbs=root(),
        save=save,
        back=reverse("ideas:index"),
        success_url=lambda made: link("campaign", made),
        submit="登録する",
        next="登録しただけでは職員に見えません。内容を確かめてから公開します。",
        form_kwargs={"editions": _editions(user)},
        initial={
            "axes": axes_text(YAMAGUCHI),
            "opens_on": today(),
            "closes_on": today() + timedelta(days=42),
            "likes": True,
            "comments": True,
            "audience": "全職員",
        },
    )


@found(queries.campaign_for, OFFICE)
def revise(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: change what is asked."""
    user = user_of(request)

    def save(form: forms.CampaignForm) -> Campaign:
        fields = form.entry(_edition(user, form), list_note=part.list_note)
        return services.revise_campaign(campaign=part, fields=fields, by=user)

    names = ("title", "theme", "audience", "opens_on", "closes_on", "rules", "policy", "likes", "comments")
    return change_page(
        request,
        forms.CampaignForm,
        title="募集の内容を変更する",
        crumbs=at_campaign(part),
        save=save,
        back=link("campaign", part),
        message="募集の内容を変更しました。",
        form_kwargs={"editions": _editions(user)},
        initial={
            **{name: getattr(part, name) for name in names},
            "axes": axes_text(read_axes(part.axes)),
            "edition": part.edition_id or "",
        },
    )


def _editions(user: Any) -> list[tuple[int, str]]:
    return [(edition.pk, f"{edition.plan.name}　{edition.title}") for edition in plans.editions_for(user)]


def _edition(user: Any, form: forms.CampaignForm) -> Any:
    key = form.cleaned_data["edition"]
    return plans.edition_for(user, int(key)) if key else None


@require_POST
@found(queries.campaign_for, OFFICE)
def announce(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: everyone who works here may see it now."""
    by = user_of(request)
    return press(
        request,
        lambda: services.announce_campaign(campaign=part, by=by),
        done="職員に公開しました。募集を始める日から提案を受け付けます。",
        back=link("campaign", part),
    )


@require_POST
@found(queries.campaign_for, OFFICE)
def close(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: the last day has passed; count, once and for all."""
    by = user_of(request)
    return press(
        request,
        lambda: services.close_campaign(campaign=part, by=by),
        done="締め切り、集計しました。",
        back=link("campaign", part),
    )


@require_POST
@found(queries.campaign_for, OFFICE)
def tell(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: write to those whose answers have come. People are counted, never named."""
    by = user_of(request)
    told: list[services.Told] = []
    response = press(
        request,
        lambda: told.append(services.tell_proposers(campaign=part, by=by)),
        done="回答を、提案した人に知らせました。",
        back=f"{link('triage', part)}?view=answered",
    )
    if told and told[0].without_address:
        messages.warning(
            request,
            f"メールアドレスのない人が{told[0].without_address}人います。本人の画面には回答が表示されます。",
        )
    return response


@found(queries.campaign_for, OFFICE)
def add_milestone(request: HttpRequest, part: Campaign) -> HttpResponse:
    """The office: a day on the timeline."""
    by = user_of(request)
    return change_page(
        request,
        forms.MilestoneForm,
        title="予定を加える",
        crumbs=at_campaign(part),
        submit="加える",
        save=lambda form: services.add_milestone(campaign=part, fields=form.entry(), by=by),
        back=link("campaign", part),
        message="予定を加えました。",
    )


@require_POST
@found(queries.milestone_for, OFFICE)
def remove_milestone(request: HttpRequest, part: Milestone) -> HttpResponse:
    """The office: a day off the timeline."""
    by, back = user_of(request), link("campaign", part.campaign)
    return press(
        request,
        lambda: services.remove_milestone(milestone=part, by=by),
        done="予定を外しました。",
        back=back,
    )


@found(queries.campaign_for)
def fates(request: HttpRequest, part: Campaign) -> HttpResponse:
    """Everyone who works here: every idea with what became of it.

    「全部の提案に答えが出ているか」「自分の提案と似たものはどう扱われたか」
    """
    if request.GET.get("format") == "csv":
        return _fates_csv(part, queries.fate_rows(part))
    phrase, typed = request.GET.get("fate", ""), request.GET.get("q", "")
    number = next(iter(keys_of([request.GET.get("page", "")])), 1)
    context = {
        "campaign": part,
        "shown": queries.fate_page(part, phrase=phrase, typed=typed, page=number),
        "phrase": phrase,
        "typed": typed,
        "breadcrumbs": [*at_campaign(part), ("すべての提案とその結果", "")],
    }
    return render(request, "ideas/fates.html", context)


def _fates_csv(campaign: Campaign, rows: list[FateRow]) -> HttpResponse:
    """All of them, as CSV that Excel opens in Japanese; a cell that would run as a formula is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["番号", "提案", "テーマ", "結果", "回答", "回答日"])
    for row in rows:
        texts = (row.title, row.theme, row.fate, row.answer)
        safe = [f"'{text}" if text[:1] in tuple("=+-@\t\r") else text for text in texts]
        writer.writerow([row.number, *safe, row.answered_on.isoformat() if row.answered_on else ""])
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    name = quote(f"{campaign.title}_提案とその結果.csv")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@found(queries.campaign_for)
def statistics(request: HttpRequest, part: Campaign) -> HttpResponse:
    """Everyone who works here: how many ideas by 部局, 職位 and so on, nobody to be found in them.

    「どの部局から多く出ているか」「費用のかからない提案はどのくらいか」
    """
    made = queries.statistics_of(part)
    context = {
        "campaign": part,
        "made": made,
        "charts": [(table, charts.bars(table)) for table in made.tables] if made else [],
        "stage": queries.stage_of(part),
        "is_office": allowed(user_of(request), OFFICE),
        "breadcrumbs": [*at_campaign(part), ("集計", "")],
    }
    return render(request, "ideas/statistics.html", context)
