"""Two editions side by side, and the links between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.org.access import user_of
from kaikaku.plans import contrast, forms, queries, services, words
from kaikaku.plans.views.citing import citing
from kaikaku.plans.views.common import (
    edition_crumbs,
    indicator_crumbs,
    keep_in_view,
    may_write,
    section_crumbs,
    sees_causes,
    writing,
)
from kaikaku.ui.listing import csv_response
from kaikaku.ui.views import change_page, form_page

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition, Indicator, Lineage, Section


def match_url(edition: Edition, old: Edition) -> str:
    """The page that links an edition to an earlier one."""
    return f"{reverse('plans:match', args=[edition.pk])}?from={old.pk}"


def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: what an edition changes against the one before, word by word, with the reasons.

    「去年とどこが変わったのか」「新旧対照表を会議に出したい」「理由を書いていないのはどれか」
    """
    user = user_of(request)
    edition = queries.edition_for(user, pk)
    keep_in_view(request, edition)
    old = queries.other_edition(user, edition, request.GET.get("from", ""))
    rows = queries.changes(old, edition) if old else []
    seen = contrast.seen(request, rows if sees_causes(request) else [replace(r, causes=()) for r in rows])
    if seen.table.wants_csv:
        return csv_response(seen.table, f"新旧対照表_{edition}")
    writes = may_write(request, edition)
    context = {
        "edition": edition,
        "old": old,
        "seen": seen,
        "others": queries.editions_beside(edition),
        "marks": words.LINK_MARKS,
        "may_write": writes,
        "sees_causes": sees_causes(request),
        "may_resume": writes and old is not None and edition.drafted_from_id == old.pk,
        "breadcrumbs": [*edition_crumbs(edition), ("前の版との比較", "")],
    }
    return render(request, "plans/changes.html", context)


@writing(queries.edition_for)
def match(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The office: link two editions that came in independently; proposals are confirmed by a person.

    「去年の取組は今年のどれか」「番号が変わったので対応が分からない」「確かなものはまとめて済ませたい」
    """
    user = user_of(request)
    keep_in_view(request, edition)
    old = queries.other_edition(user, edition, request.GET.get("from", ""))
    found = queries.matching(old, edition) if old else None
    offers = {offer.key: offer for offer in found.sure} if found else {}
    return form_page(
        request,
        _sure_form(offers),
        "plans/match.html",
        save=lambda form: services.decide_links(
            plan=edition.plan,
            decisions=[_decision(edition, offers[key]) for key in form.cleaned_data["take"]],
            reason=form.cleaned_data["reason"],
            by=user,
        ),
        initial={"take": list(offers)},
        context={"old": old, "found": found, "offers": offers, **_match_context(edition)},
        success_url=lambda _: request.get_full_path(),
        message=lambda made: f"{len(made)}組のつながりを確定しました。",
    )


def _match_context(edition: Edition) -> dict[str, object]:
    return {
        "edition": edition,
        "others": queries.editions_beside(edition),
        "marks": words.LINK_MARKS,
        "kind_words": words.LINK_KINDS,
        "breadcrumbs": [*edition_crumbs(edition), ("前の版とつなぐ", "")],
    }


def _sure_form(offers: Mapping[str, queries.Offer]) -> partial[forms.SureLinksForm]:
    labels = [(key, _label(offer)) for key, offer in offers.items()]
    return partial(forms.SureLinksForm, offers=labels)


def _decision(edition: Edition, offer: queries.Offer) -> services.Decision:
    origin, heir = (queries.part_in_plan(edition.plan, part) for part in (offer.old, offer.new))
    return services.Decision(offer.kind, origin, heir)


def _label(offer: queries.Offer) -> str:
    return f"{offer.old.title if offer.old else ''} → {offer.new.title if offer.new else ''}"


@writing(queries.link_for)
def explain(request: HttpRequest, link: Lineage) -> HttpResponse:
    """The reason of one change, as the list prints it."""
    user = user_of(request)
    heir = link.to_section or link.to_indicator
    part = heir or link.from_section or link.from_indicator
    assert part is not None  # a link has one side at least
    edition = part.edition if heir else queries.next_edition_of(part.edition)
    back = reverse("plans:changes", args=[edition.pk]) if edition else reverse("plans:index")
    offer = citing(request, edition, part) if edition else {}
    return change_page(
        request,
        forms.with_causes(forms.ReasonForm),
        title="変更の理由ときっかけ",
        lead=f"「{part}」を「{link}」とした理由です。加除修正の一覧（新旧対照表）に載ります。",
        crumbs=edition_crumbs(edition or part.edition),
        initial={"reason": link.reason},
        form_kwargs=offer,
        save=lambda form: _explain(link, edition, part, form, user),
        back=back,
        message="理由を保存しました。",
    )


@transaction.atomic
def _explain(
    link: Lineage, edition: Edition | None, part: Section | Indicator, form: Any, user: User
) -> None:
    services.explain_link(link=link, reason=form.cleaned_data["reason"], by=user)
    if edition is not None:
        services.cite_causes(edition=edition, part=part, causes=form.cited(), by=user)


@writing(queries.section_for)
def gone_section(request: HttpRequest, section: Section) -> HttpResponse:
    """A section of an earlier edition that has no heir."""
    return _gone(request, section, section_crumbs(section))


@writing(queries.indicator_for)
def gone_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """An indicator of an earlier edition that has no heir."""
    return _gone(request, indicator, indicator_crumbs(indicator))


def _gone(request: HttpRequest, part: Section | Indicator, crumbs: list[tuple[str, str]]) -> HttpResponse:
    user = user_of(request)
    asked = request.GET.get("to", "")
    later = queries.edition_for(user, int(asked)) if asked.isdecimal() and len(asked) < 12 else None
    return change_page(
        request,
        forms.EndForm,
        title="次の版にないことを記録する",
        lead=f"「{part}」は、次の版でどの項目にもならずに終わったと記録します。"
        "次の版のどれかに引き継がれたときは、その項目の画面の「前の版とつなぐ」で記録してください。",
        submit="終了と記録する",
        crumbs=crumbs,
        save=lambda form: services.link_lineage(
            plan=part.edition.plan, kind="ended", origin=part, heir=None, by=user, **form.cleaned_data
        ),
        back=match_url(later, part.edition) if later else crumbs[-1][1],
        message="終了と記録しました。",
    )
