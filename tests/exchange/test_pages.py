"""The pages of exchange as people use them, from the request to the report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from kaikaku.core.eras import show_date
from kaikaku.exchange.models import Assignment, Profile, Request
from kaikaku.org.models import User
from kaikaku.org.queries import today
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.exchange import world
from tests.exchange.permissions import ROWS
from tests.pages import Page


def client(user: User) -> Client:
    signed_in = Client()
    signed_in.force_login(user)
    return signed_in


def send(who: User, name: str, pk: int | None = None, **data: Any) -> int:
    """Post a form or press a button as this person; the status of the answer."""
    address = reverse(f"exchange:{name}", args=[] if pk is None else [pk])
    return client(who).post(address, data).status_code


def test_help_goes_through_the_pages(cast: Cast) -> None:
    office, chief, helper = cast.takahashi, cast.suzuki, cast.kobayashi
    send(office, "ensure")
    mine = {
        "grade": "主事・技師級",
        "occupation": "土木",
        "skills": "表計算\n統計",
        "overtime": "5",
        "listed": "on",
    }
    assert send(helper, "me", **mine) == 302
    assert Profile.objects.get(user=helper).skills == ["統計", "表計算"]
    wanted = {
        "scheme": world.scheme(cast).pk,
        "department": cast.gyokaku.pk,
        "title": "申請書の入力",
        "duties": "紙の申請書を表に入力します。",
        "first": show_date(today()),
        "last": show_date(today() + timedelta(days=20)),
        "minutes": "7時間45分",
        "people": "1",
        "skills": "表計算",
    }
    assert send(chief, "new_request", **wanted) == 302
    request = Request.objects.get()
    assert request.minutes == 465
    assert send(office, "choose", request.pk, user=helper.pk) == 302
    helped = Assignment.objects.get()
    for user, step in ((helper, "self"), (chief, "own_chief"), (office, "personnel")):
        send(user, "approve", helped.pk, step=step)
    assert send(office, "start", helped.pk, order_number="人第12号") == 302
    day = {"day": show_date(today()), "minutes": "3:30", "text": "入力"}
    assert send(helper, "log_work", helped.pk, **day) == 302
    end = {"ended_on": show_date(today()), "outcome": "full", "text": "300件を入力できました。"}
    assert send(chief, "report", helped.pk, **end) == 302
    helped.refresh_from_db()
    assert helped.state == "ended"


def test_every_page_is_sound(cast: Cast, page: Page) -> None:
    world.logged(cast, world.active(cast))
    for name in ("index", "matching", "bank", "calendar", "flows", "me"):
        page.get(reverse(f"exchange:{name}"), as_=cast.takahashi)


def test_a_bare_number_is_not_taken_for_a_time(cast: Cast) -> None:
    helped = world.active(cast)
    day = {"day": show_date(today()), "minutes": "3", "text": "入力"}
    answer = client(cast.kobayashi).post(reverse("exchange:log_work", args=[helped.pk]), day)
    assert answer.status_code == 400
    assert "「7時間45分」" in answer.content.decode()


def test_a_colleague_does_not_see_anothers_help(cast: Cast) -> None:
    helped = world.active(cast)
    other = world.colleague(cast, "mori", "森")
    assert client(other).get(reverse("exchange:assignment", args=[helped.pk])).status_code == 403
    shown = client(other).get(reverse("exchange:request", args=[helped.request_id])).content.decode()
    assert "小林" not in shown


def test_a_chief_finds_only_their_own_staff_in_the_bank(cast: Cast) -> None:
    world.profile(cast.kobayashi)
    world.profile(cast.ito)
    shown = client(cast.suzuki).get(reverse("exchange:bank")).content.decode()
    assert "小林" in shown
    assert "伊藤" not in shown


def test_the_busy_season_is_set_by_the_chief(cast: Cast) -> None:
    levels = {f"m{month}": "3" if month == 5 else "0" for month in range(1, 13)}
    assert send(cast.suzuki, "busy", cast.zeimu.pk, **levels) == 302
    shown = client(cast.sato).get(reverse("exchange:calendar")).content.decode()
    assert "（最も忙しい）" in shown


def test_a_candidate_is_shown_with_what_speaks_for_and_against(cast: Cast) -> None:
    world.profile(cast.kobayashi, overtime=60)
    world.profile(cast.sato, grade="係長級")
    request = world.asked(cast)
    address = reverse("exchange:candidates", args=[request.pk])
    possible = client(cast.takahashi).get(address).content.decode()
    assert "求める経験・技能がある（表計算）（+30点）" in possible
    assert "時間外勤務が月60時間" in possible
    refused = client(cast.takahashi).get(address, {"view": "refused"}).content.decode()
    assert "係長級は対象になりません" in refused


def test_lists_ask_the_database_as_often_for_many(cast: Cast) -> None:
    request = world.asked(cast, people=9)
    world.proposed(cast, request)
    office = client(cast.takahashi)
    pages = [
        reverse("exchange:index"),
        reverse("exchange:bank"),
        reverse("exchange:flows"),
        reverse("exchange:candidates", args=[request.pk]),
    ]

    def grow() -> None:
        for number in range(4):
            world.colleague(cast, f"more{number}", f"森{number}")
            world.asked(cast, title=f"業務{number}")

    assert_constant_queries(lambda: [office.get(address) for address in pages], grow)


def test_every_address_has_its_row() -> None:
    from kaikaku.exchange.urls import urlpatterns

    assert {f"exchange:{one.name}" for one in urlpatterns} == set(ROWS)
