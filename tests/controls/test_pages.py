"""The pages of controls: what each person sees and can do."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from kaikaku.controls.models import Deficiency, Risk, SelfCheck
from kaikaku.org.models import User
from tests.cast import Cast
from tests.controls import kept, slipping
from tests.pages import Page


def client(user: User) -> Client:
    signed_in = Client()
    signed_in.force_login(user)
    return signed_in


def test_a_clerk_registers_a_risk_of_the_own_section(cast: Cast, page: Page) -> None:
    page.get(reverse("controls:index"), as_=cast.sato)
    fields = {
        "department": cast.zeimu.pk,
        "process": "収納",
        "event": "釣銭が合わない",
        "category": "finance",
        "likelihood": "2",
        "impact": "1",
        "money": "3万円",
        "response": "reduce",
    }
    client(cast.sato).post(reverse("controls:new_risk"), fields)
    risk = Risk.objects.get()
    assert (risk.score, risk.money) == (2, 30000)


def test_a_clerk_sends_the_self_check_and_sees_it_settled(cast: Cast, page: Page) -> None:
    control, year = kept.control(cast), kept.year(cast)
    url = reverse("controls:self_check", args=[year.pk, cast.zeimu.pk])
    page.get(url, as_=cast.sato)
    answers = {
        f"designed_{control.pk}": "yes",
        f"operated_{control.pk}": "no",
        f"evidence_{control.pk}": "点検表",
        "send": "on",
    }
    client(cast.sato).post(url, answers)
    assert SelfCheck.objects.get().sent_at is not None
    assert Deficiency.objects.get().kind == "operation"
    assert "提出済みのため" in page.get(url, as_=cast.sato).response.content.decode()


def test_an_unanswered_sheet_names_the_control_beside_its_field(cast: Cast) -> None:
    kept.control(cast)
    year = kept.year(cast)
    url = reverse("controls:self_check", args=[year.pk, cast.zeimu.pk])
    answer = client(cast.sato).post(url, {"send": "on"})
    assert "2人で口座を確かめる" in answer.content.decode()
    assert SelfCheck.objects.count() == 0


def test_the_office_adopts_a_slip_from_its_page(cast: Cast) -> None:
    slipping.sheets(cast)
    shown = client(cast.takahashi).get(reverse("controls:slips"), {"year": slipping.YEAR}).content.decode()
    assert reverse("controls:adopt_slip", args=[slipping.YEAR, slipping.CHECK]) in shown


def test_the_report_is_handed_out_as_pdf(cast: Cast) -> None:
    year = kept.year(cast)
    answer = client(cast.ito).get(reverse("controls:report", args=[year.pk, "pdf"]))
    assert answer["Content-Type"] == "application/pdf"
    assert client(cast.ito).get(reverse("controls:report", args=[year.pk, "exe"])).status_code == 404
