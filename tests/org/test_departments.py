"""Departments through time: 新設, 改称, 再編, 廃止."""

from datetime import date

import pytest

from kaikaku.core.errors import RuleViolation
from kaikaku.org import queries, services
from kaikaku.org.roles import Role
from tests.cast import OPENED, Cast, department, post

BEFORE, FROM = date(2026, 3, 31), date(2026, 4, 1)


def names(cast: Cast, on: date) -> list[str]:
    tree = queries.tree_of(cast.sakura, on)
    return ["　" * (b.depth - 1) + b.department.name for top in tree.branches() for b in top.walk()]


def test_the_tree_shows_each_department_below_its_parent(cast: Cast) -> None:
    assert names(cast, FROM) == ["総務部", "　税務課", "　行政改革課", "知事"]


def test_before_it_was_set_up_a_department_is_not_there(cast: Cast) -> None:
    assert names(cast, date(2020, 3, 31)) == []


def test_renaming_keeps_the_old_name_for_the_days_before(cast: Cast) -> None:
    services.rename_department(department=cast.zeimu, name="税政課", from_day=FROM, by=cast.takahashi)
    assert "　税務課" in names(cast, BEFORE)
    assert "　税政課" in names(cast, FROM)
    assert "　税務課" not in names(cast, FROM)


def test_what_was_below_a_renamed_department_stays_below_it(cast: Cast) -> None:
    services.rename_department(department=cast.somu, name="経営部", from_day=FROM, by=cast.takahashi)
    assert names(cast, FROM) == ["経営部", "　税務課", "　行政改革課", "知事"]


def test_people_keep_their_posts_when_their_department_is_renamed(cast: Cast) -> None:
    renamed = services.rename_department(
        department=cast.zeimu, name="税政課", from_day=FROM, by=cast.takahashi
    )
    assert queries.departments_of(cast.sato, FROM) == [renamed]
    assert queries.department_ids_of(cast.sato, FROM) == {cast.zeimu.pk, renamed.pk}


def test_duties_follow_a_chain_of_successors(cast: Cast) -> None:
    first = services.rename_department(department=cast.zeimu, name="A課", from_day=FROM, by=None)
    second = services.rename_department(department=first, name="B課", from_day=date(2027, 4, 1), by=None)
    heir = queries.tree_of(cast.sakura, date(2028, 1, 1)).heir(cast.zeimu.pk)
    assert heir == second


def test_a_merged_department_hands_its_duties_to_the_other(cast: Cast) -> None:
    services.close_department(department=cast.zeimu, closed=BEFORE, successor=cast.gyokaku, by=cast.takahashi)
    assert queries.departments_of(cast.sato, FROM) == [cast.gyokaku]
    assert cast.zeimu.pk in queries.department_ids_of(cast.takahashi, FROM)


def test_a_department_with_posts_is_not_abolished_without_a_successor(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="主事"):
        services.close_department(department=cast.zeimu, closed=BEFORE, by=cast.takahashi)


def test_an_empty_department_is_abolished(cast: Cast) -> None:
    empty = department(cast.sakura, "臨時室", cast.somu)
    closed = services.close_department(department=empty, closed=BEFORE, by=cast.takahashi)
    assert closed.get_ending_display() == "廃止"
    assert "　臨時室" not in names(cast, FROM)


def test_a_department_is_closed_once(cast: Cast) -> None:
    services.rename_department(department=cast.zeimu, name="税政課", from_day=FROM, by=None)
    with pytest.raises(RuleViolation, match="すでに終わっています"):
        services.rename_department(department=cast.zeimu, name="B", from_day=date(2027, 4, 1), by=None)


def test_a_successor_must_be_in_force_the_day_after(cast: Cast) -> None:
    later = services.open_department(organisation=cast.sakura, name="新課", opened=date(2027, 4, 1), by=None)
    with pytest.raises(RuleViolation, match="新課"):
        services.close_department(department=cast.zeimu, closed=BEFORE, successor=later, by=None)


def test_a_department_of_another_government_is_no_parent(cast: Cast) -> None:
    other = department(cast.tonari, "総務部")
    with pytest.raises(RuleViolation, match="同じ団体"):
        services.open_department(
            organisation=cast.sakura, name="X", parent=other, opened=FROM, by=cast.takahashi
        )


def test_a_department_is_not_put_below_itself(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="それ自身"):
        services.revise_department(
            department=cast.somu, name="総務部", parent=cast.zeimu, position=1, by=cast.takahashi
        )


def test_a_post_is_held_once_by_one_person_at_a_time(cast: Cast) -> None:
    held = queries.holdings_of(cast.sato).get()
    with pytest.raises(RuleViolation, match="すでに"):
        services.appoint(post=held.post, user=cast.sato, from_day=FROM, by=cast.takahashi)


def test_a_stranger_is_not_appointed(cast: Cast) -> None:
    held = queries.holdings_of(cast.sato).get()
    with pytest.raises(RuleViolation, match="同じ団体"):
        services.appoint(post=held.post, user=cast.tanaka, from_day=FROM, by=cast.takahashi)


def test_closing_a_post_releases_its_holder_on_that_day(cast: Cast) -> None:
    opened = post(cast.zeimu, "臨時", Role.EXECUTIVE, cast.kobayashi)
    services.close_post(post=opened, closed=BEFORE, by=cast.takahashi)
    assert Role.EXECUTIVE in queries.roles_of(cast.kobayashi, BEFORE)
    assert Role.EXECUTIVE not in queries.roles_of(cast.kobayashi, FROM)


@pytest.mark.parametrize(("code", "fits"), [("030007", True), ("030008", False), ("3000", False)])
def test_an_organisations_code_carries_its_check_digit(db: None, code: str, fits: bool) -> None:
    if fits:
        assert services.create_organisation(name="岩手県", slug="iwate", code=code, by=None).code == code
    else:
        with pytest.raises(RuleViolation, match="団体コード"):
            services.create_organisation(name="岩手県", slug="iwate", code=code, by=None)


def test_opening_days_are_kept(cast: Cast) -> None:
    assert cast.zeimu.opened == OPENED
