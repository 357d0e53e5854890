"""What was measured of a project, and how hours are expressed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.bpr import forms, queries, services
from kaikaku.bpr.views.common import found_for, itself, of_measurement, project_crumbs, root_crumbs
from kaikaku.core.bpr import show_hours
from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role
from kaikaku.ui.views import change_page

if TYPE_CHECKING:
    from kaikaku.bpr.models import Measurement, Project


@found_for(queries.project_for, edit=itself)
def measure(request: HttpRequest, found: Project) -> HttpResponse:
    """What the new way saves, as found on an occasion.

    「手順の時間から計算してほしい」「3か月後に測り直した」
    """
    user = user_of(request)
    effect = queries.effect_of(found)
    return change_page(
        request,
        forms.FindingForm,
        title="効果の測定を入力する",
        crumbs=project_crumbs(found),
        lead=f"手順から計算した年間の効果は{show_hours(effect.minutes):,f}時間です（{effect.working}）。",
        submit="入力する",
        next="別の人が確かめると、削減時間に数えられます。",
        # a later finding holds from its own day on: it must not silently take the place of the first
        initial={"counted_from": None if queries.is_measured(found) else found.began_on},
        save=lambda form: services.enter_measurement(project=found, finding=form.entry(), by=user),
        back=queries.url_of(found.pk),
        message="測定を入力しました。別の人の確認を待っています。",
    )


@require_POST
@found_for(queries.measurement_for, edit=of_measurement)
def verify(request: HttpRequest, found: Measurement) -> HttpResponse:
    """Somebody else than who entered it: vouch for it."""
    try:
        services.verify_measurement(measurement=found, by=user_of(request))
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, "測定を確かめました。削減時間に数えます。")
    return HttpResponseRedirect(queries.url_of(found.project_id))


@found_for(queries.measurement_for, edit=of_measurement)
def withdraw(request: HttpRequest, found: Measurement) -> HttpResponse:
    """Take a measurement out of the count, with a reason."""
    user = user_of(request)
    return change_page(
        request,
        forms.WithdrawForm,
        title="測定を取り下げる",
        crumbs=project_crumbs(found.project),
        lead="取り下げた測定は、画面に残りますが、数えられません。",
        submit="取り下げる",
        save=lambda form: services.withdraw_measurement(
            measurement=found, reason=form.cleaned_data["reason"], by=user
        ),
        back=queries.url_of(found.project_id),
        message="測定を取り下げました。",
    )


@only(Role.SECRETARIAT)
def policy(request: HttpRequest) -> HttpResponse:
    """The office: how hours become people and yen here."""
    user = user_of(request)
    organisation = organisation_of(user)
    now = queries.policy_of(organisation)
    return change_page(
        request,
        forms.PolicyForm,
        title="時間の換算を決める",
        crumbs=root_crumbs(),
        initial={"hours_of_a_person": now.hours_of_a_person, "hourly_yen": now.hourly_yen},
        save=lambda form: services.set_policy(
            organisation=organisation,
            hours_of_a_person=form.cleaned_data["hours_of_a_person"].value,
            hourly_yen=form.cleaned_data["hourly_yen"].value if form.cleaned_data["hourly_yen"] else None,
            by=user,
        ),
        back=reverse("bpr:summary"),
        message="換算を保存しました。",
    )
