"""Who has which role, and for which departments."""

from datetime import date

import pytest

from kaikaku.org import queries, services
from kaikaku.org.roles import Role
from tests.cast import OPENED, Cast


def test_a_role_comes_with_the_post(cast: Cast) -> None:
    assert queries.roles_of(cast.sato) == {Role.CLERK, Role.EMPLOYEE}


def test_an_outside_expert_is_no_employee(cast: Cast) -> None:
    assert queries.roles_of(cast.watanabe) == {Role.MEMBER}


def test_before_the_first_day_there_is_no_role(cast: Cast) -> None:
    assert queries.roles_of(cast.sato, date(2020, 3, 31)) == frozenset()
    assert Role.CLERK in queries.roles_of(cast.sato, OPENED)


def test_the_last_day_is_a_day_in_post(cast: Cast) -> None:
    holding = queries.holdings_of(cast.sato).get()
    services.release(holding=holding, to_day=date(2026, 3, 31), by=cast.takahashi)
    assert Role.CLERK in queries.roles_of(cast.sato, date(2026, 3, 31))
    assert queries.roles_of(cast.sato, date(2026, 4, 1)) == frozenset()


def test_a_deactivated_account_has_no_role(cast: Cast) -> None:
    services.deactivate_user(user=cast.sato, by=cast.yamamoto)
    assert queries.roles_of(cast.sato) == frozenset()


def test_a_clerk_stands_for_their_own_department(cast: Cast) -> None:
    assert queries.departments_of(cast.sato) == [cast.zeimu]


def test_a_chief_stands_for_all_that_is_below(cast: Cast) -> None:
    assert set(queries.departments_of(cast.suzuki)) == {cast.somu, cast.zeimu, cast.gyokaku}


def test_a_deputy_decides_in_the_name_of_the_post(cast: Cast) -> None:
    post = queries.holdings_of(cast.suzuki).get().post
    services.appoint(post=post, user=cast.sato, from_day=OPENED, acting=True, by=cast.takahashi)
    assert Role.CHIEF in queries.roles_of(cast.sato)
    assert queries.deputy_for(cast.sato, Role.CHIEF) == "総務部 総務部長"
    assert queries.deputy_for(cast.suzuki, Role.CHIEF) == ""


@pytest.mark.parametrize("role", list(Role))
def test_everyone_of_the_cast_has_the_role_they_are_named_for(cast: Cast, role: Role) -> None:
    assert role in queries.roles_of(cast.of(role))
