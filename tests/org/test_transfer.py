"""The transfer in April: many posts change hands on one day, and nothing is left without saying so."""

from datetime import date

import pytest

from kaikaku.audit import services as audit
from kaikaku.core.errors import RuleViolation
from kaikaku.org import queries, services
from kaikaku.org.models import Post
from kaikaku.org.roles import Role
from kaikaku.org.services import Change
from tests.cast import Cast, person, post
from tests.pages import Page

APRIL = date(2027, 4, 1)
LAST = date(2027, 3, 31)


@pytest.fixture
def clerk(cast: Cast) -> Post:
    """佐藤's post in 税務課."""
    return cast.sato.holdings.get().post


@pytest.fixture
def other(cast: Cast) -> Post:
    """A clerk's post in 行政改革課 that 阿部 holds."""
    return post(cast.gyokaku, "主事", Role.CLERK, person(cast.sakura, "abe", "阿部"))


def holders(found: Post, on: date) -> list[str]:
    rows = found.holdings.filter(queries.in_force(on, first="from_day", last="to_day"))
    return sorted(row.user.name for row in rows)


def test_two_change_places_on_one_day(cast: Cast, clerk: Post, other: Post) -> None:
    abe = other.holdings.get().user
    changes = [Change(clerk, abe), Change(other, cast.sato)]
    done = services.transfer(changes=changes, from_day=APRIL, by=cast.takahashi)
    assert [holders(one, LAST) for one in (clerk, other)] == [["佐藤"], ["阿部"]]
    assert [holders(one, APRIL) for one in (clerk, other)] == [["阿部"], ["佐藤"]]
    assert done.vacant == ()
    assert audit.verify(cast.sakura) == []


def test_who_moves_leaves_the_old_post_which_is_named_as_vacant(cast: Cast, clerk: Post, other: Post) -> None:
    done = services.transfer(changes=[Change(other, cast.sato)], from_day=APRIL, by=None)
    assert done.vacant == (clerk,)
    assert holders(clerk, APRIL) == []


def test_two_posts_at_once_are_kept_on_request(cast: Cast, clerk: Post, other: Post) -> None:
    services.transfer(changes=[Change(other, cast.sato)], from_day=APRIL, by=None, leave_old_posts=False)
    assert [holders(one, APRIL) for one in (clerk, other)] == [["佐藤"], ["佐藤"]]


def test_a_post_of_another_kind_is_not_left(cast: Cast, clerk: Post) -> None:
    secretary = cast.takahashi.holdings.get().post
    services.transfer(changes=[Change(secretary, cast.sato)], from_day=APRIL, by=None)
    assert holders(clerk, APRIL) == ["佐藤"]


def test_a_post_is_left_vacant_on_purpose(cast: Cast, clerk: Post) -> None:
    done = services.transfer(changes=[Change(clerk, None)], from_day=APRIL, by=None)
    assert (done.appointed, done.vacant) == ((), (clerk,))


def test_who_has_the_post_already_keeps_it(cast: Cast, clerk: Post) -> None:
    done = services.transfer(changes=[Change(clerk, cast.sato)], from_day=APRIL, by=None)
    assert (done.appointed, clerk.holdings.count()) == ((), 1)


def test_a_deputy_stays(cast: Cast, clerk: Post, other: Post) -> None:
    deputy = person(cast.sakura, "kido", "木戸")
    services.appoint(post=clerk, user=deputy, from_day=clerk.opened, acting=True, by=None)
    services.transfer(changes=[Change(clerk, other.holdings.get().user)], from_day=APRIL, by=None)
    assert holders(clerk, APRIL) == ["木戸", "阿部"]


def test_all_or_nothing(cast: Cast, clerk: Post, other: Post) -> None:
    changes = [Change(clerk, other.holdings.get().user), Change(other, cast.tanaka)]
    with pytest.raises(RuleViolation, match="同じ団体の利用者だけ"):
        services.transfer(changes=changes, from_day=APRIL, by=None)
    assert holders(clerk, APRIL) == ["佐藤"]


def test_a_post_promised_already_is_named(cast: Cast, clerk: Post, other: Post) -> None:
    abe = other.holdings.get().user
    services.appoint(post=clerk, user=abe, from_day=date(2027, 5, 1), by=None)
    with pytest.raises(RuleViolation, match="阿部さんが就くことになっています"):
        services.transfer(changes=[Change(clerk, cast.kobayashi)], from_day=APRIL, by=None)


def test_the_office_fills_in_many_posts_on_one_page(cast: Cast, clerk: Post, other: Post, page: Page) -> None:
    asked = page.post(
        "/transfers/new/",
        {"department": cast.somu.pk, "from_day": "令和9年4月1日"},
        as_=cast.takahashi,
    )
    assert asked.says("税務課 主事")
    refused = page.post(asked.address, {f"to-{clerk.pk}": "だれでもない"}, status=400)
    assert refused.says("「だれでもない」という利用者はいません")
    done = page.post(asked.address, {f"to-{clerk.pk}": "阿部", "leave_old_posts": "on"})
    assert done.says("1人の異動を登録しました")
    assert done.says("空席になる職：行政改革課 主事")
    assert holders(clerk, APRIL) == ["阿部"]


def test_namesakes_are_told_apart_by_their_username(cast: Cast, page: Page, clerk: Post) -> None:
    person(cast.sakura, "sato2", "佐藤")
    address = f"/transfers/{cast.zeimu.pk}/2027-04-01/"
    refused = page.post(address, {f"to-{clerk.pk}": "佐藤"}, as_=cast.takahashi, status=400)
    assert refused.says("「佐藤」さんは複数います")
    page.post(address, {f"to-{clerk.pk}": "sato2", "leave_old_posts": "on"})
    assert clerk.holdings.latest("pk").user.username == "sato2"
