"""The figures of a year as residents read them: nobody is found behind a number."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.exchange.disclosed import Help, K, YearFigures, figures_of


def help_of(
    person: int, *, scheme: str = "短期業務支援", home: str = "総務部", host: str = "防災部", **more: int
) -> Help:
    return Help(more.get("request", person), scheme, home, host, person, more.get("minutes", 60))


def many(count: int, *, start: int = 0, **more: object) -> list[Help]:
    return [help_of(start + n, **more) for n in range(count)]  # type: ignore[arg-type]


def test_projects_and_participants_are_counted_apart() -> None:
    helps = [*many(6, request=1), *many(6, request=2, start=6)]
    together = figures_of(helps).together
    assert (together.projects, together.participants) == (2, 12)


def test_few_people_hide_their_scheme_and_the_one_that_would_give_them_away() -> None:
    found = figures_of([*many(3, scheme="庁内複業"), *many(8, start=3), *many(9, start=11, scheme="ほか")])
    told = {row.name: (row.projects, row.participants) for row in found.schemes}
    assert told == {"庁内複業": (None, None), "短期業務支援": (None, None), "ほか": (9, 9)}
    assert found.together.participants == 20


def test_one_person_who_helps_often_is_few_people() -> None:
    often = [help_of(1, request=n) for n in range(K * 2)]
    assert figures_of(often).together.participants is None


def test_hours_of_few_who_logged_are_hidden_though_enough_took_part() -> None:
    found = figures_of([*many(K, minutes=0), help_of(99, minutes=600)])
    assert found.together.participants == K + 1
    assert found.minutes is None


def test_the_projects_of_few_people_do_not_say_how_few() -> None:
    assert figures_of(many(K - 1)).together.projects is None
    assert figures_of(many(K - 1, request=1)).together.projects == 1


@pytest.mark.parametrize("name", ["総務部", "防災部"])
def test_a_division_that_neither_lends_nor_borrows_much_is_hidden(name: str) -> None:
    row = next(row for row in figures_of(many(12)).flows if row.name == name)
    assert None in (row.lent, row.borrowed)


helps = st.lists(
    st.builds(
        Help,
        st.integers(1, 6),
        st.sampled_from(["短期", "複業", "挑戦"]),
        st.sampled_from(["A部", "B部", "C部"]),
        st.sampled_from(["A部", "B部", "C部"]),
        st.integers(1, 30),
        st.sampled_from([0, 60, 450]),
    ),
    min_size=1,
    max_size=40,
)


@given(helps)
def test_whatever_is_shown_has_enough_people_behind_it(given_help: list[Help]) -> None:
    for cell, told in shown(figures_of(given_help)).items():
        if told is not None:
            assert len({one.person for one in given_help if behind(cell, one)}) >= K


@given(helps)
def test_what_is_hidden_of_a_shown_sum_is_of_enough_people(given_help: list[Help]) -> None:
    figures = figures_of(given_help)
    told = shown(figures)
    for kind, hours in product(("制度", "出した", "受けた"), (False, True)):
        total = figures.minutes if hours else figures.together.participants
        hidden = [cell for cell, value in told.items() if cell[::2] == (kind, hours) and value is None]
        if total is not None and hidden:
            assert len({one.person for cell in hidden for one in given_help if behind(cell, one)}) >= K
            assert len(hidden) > 1


def shown(figures: YearFigures) -> dict[tuple[str, str, bool], int | None]:
    """Every cell that residents read: (kind, name, hours)."""
    told: dict[tuple[str, str, bool], int | None] = {
        ("制度", row.name, False): row.participants for row in figures.schemes
    }
    for row in figures.flows:
        told["出した", row.name, False] = row.lent
        told["出した", row.name, True] = row.lent_minutes
        told["受けた", row.name, False] = row.borrowed
        told["受けた", row.name, True] = row.borrowed_minutes
    return told


def behind(cell: tuple[str, str, bool], one: Help) -> bool:
    kind, name, hours = cell
    side = {"制度": one.scheme, "出した": one.home, "受けた": one.host}[kind]
    return side == name and (one.minutes > 0 or not hours)
