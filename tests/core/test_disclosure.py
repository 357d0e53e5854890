"""Disclosure control: small cells, what protects them, and that nothing hidden can be worked out."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.disclosure import (
    Tie,
    check_k,
    cut_allowed,
    shown_respondents,
    shown_share,
    shows_distribution,
    suppress,
    table_ties,
    tree_ties,
)
from kaikaku.core.errors import RuleViolation
from kaikaku.core.linear import determined

Cell = tuple[str, str]


def table(numbers: list[list[int]]) -> dict[Cell, int]:
    """Cells and margins of a table whose rows are r0, r1, … and columns c0, c1, …"""
    cells = {(f"r{i}", f"c{j}"): n for i, row in enumerate(numbers) for j, n in enumerate(row)}
    rows, columns = range(len(numbers)), range(len(numbers[0]))
    cells |= {(f"r{i}", "計"): sum(numbers[i]) for i in rows}
    cells |= {("計", f"c{j}"): sum(row[j] for row in numbers) for j in columns}
    return cells | {("計", "計"): sum(map(sum, numbers))}


def ties_of(numbers: list[list[int]]) -> list[Tie[Cell]]:
    return table_ties([f"r{i}" for i in range(len(numbers))], [f"c{j}" for j in range(len(numbers[0]))])


def rank(rows: list[list[Fraction]]) -> int:
    """The rank of a matrix, by fraction-free elimination on copies; independent of the product's solver."""
    rows, found = [row[:] for row in rows], 0
    while rows and rows[0]:
        pivot = next((row for row in rows if row[0]), None)
        if pivot is None:
            rows = [row[1:] for row in rows]
            continue
        found += 1
        rest = [row for row in rows if row is not pivot]
        rows = [[pivot[0] * x - row[0] * p for x, p in zip(row, pivot, strict=True)][1:] for row in rest]
    return found


def derivable(hidden: frozenset[Cell], ties: list[Tie[Cell]]) -> set[Cell]:
    """Hidden cells whose value the shown ones fix: adding "this cell = …" to the ties tells nothing new."""
    unknown = sorted(hidden)
    rows = []
    for tie in ties:
        signs = {tie.total: -1} | dict.fromkeys(tie.parts, 1)
        rows.append([Fraction(signs.get(cell, 0)) for cell in unknown])
    known = rank(rows)
    return {
        cell
        for i, cell in enumerate(unknown)
        if rank([*rows, [Fraction(int(i == j)) for j in range(len(unknown))]]) == known
    }


def test_a_group_below_ten_is_hidden_and_ten_is_shown() -> None:
    found = suppress({"A": 9, "B": 10, "C": 0})
    assert found.hidden == {"A", "C"}


def test_one_hidden_section_takes_the_next_smallest_with_it() -> None:
    found = suppress({"部": 45, "A": 4, "B": 12, "C": 29}, [Tie("部", ("A", "B", "C"))])
    assert (set(found.primary), set(found.complementary)) == ({"A"}, {"B"})


def test_hidden_sections_that_are_few_people_together_take_one_more() -> None:
    found = suppress({"部": 60, "A": 3, "B": 4, "C": 20, "D": 33}, [Tie("部", ("A", "B", "C", "D"))])
    assert found.hidden == {"A", "B", "C"}


def test_an_only_section_hides_its_office_and_another_office_with_it() -> None:
    counts = {"県": 102, "甲部": 12, "甲課": 12, "乙部": 40, "丙部": 50, "乙1": 4, "乙2": 36}
    ties = tree_ties({"県": ["甲部", "乙部", "丙部"], "甲部": ["甲課"], "乙部": ["乙1", "乙2"]})
    found = suppress(counts, ties)
    assert found.hidden == {"乙1", "乙2"}
    found = suppress({**counts, "甲部": 5, "甲課": 5, "県": 95}, ties)
    assert {"甲部", "甲課", "乙部"} <= found.hidden


def test_rows_and_columns_protect_each_other() -> None:
    numbers = [[4, 20, 30], [25, 40, 50], [60, 70, 80]]
    found = suppress(table(numbers), ties_of(numbers))
    assert found.primary == {("r0", "c0")}
    assert found.complementary == {("r0", "c1"), ("r1", "c0"), ("r1", "c1")}


def test_two_hidden_cells_in_every_line_do_not_protect_what_algebra_gives_away() -> None:
    # in the ties p = a + b, q = b + c, r = a + c every line hides two cells, yet all three can be solved
    ties = [Tie("p", ("a", "b")), Tie("q", ("b", "c")), Tie("r", ("a", "c"))]
    found = suppress({"a": 6, "b": 7, "c": 8, "p": 13, "q": 15, "r": 14}, ties)
    assert found.primary == {"a", "b", "c"}
    assert found.complementary


def test_without_small_groups_nothing_is_hidden() -> None:
    numbers = [[10, 20], [30, 40]]
    assert suppress(table(numbers), ties_of(numbers)).hidden == frozenset()


@pytest.mark.parametrize(
    ("counts", "ties", "code"),
    [
        ({"部": 10, "A": 4}, [Tie("部", ("A",))], "disclosure.sum"),
        ({"部": 10}, [Tie("部", ("A",))], "disclosure.unknown"),
        ({"部": -1}, [], "disclosure.negative"),
    ],
)
def test_figures_that_do_not_add_up_are_refused(
    counts: dict[str, int], ties: list[Tie[str]], code: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        suppress(counts, ties)
    assert refused.value.code == code


def test_the_smallest_group_is_never_set_below_five() -> None:
    assert check_k(5) == 5
    with pytest.raises(RuleViolation, match="5人以上"):
        suppress({"A": 3}, k=4)


numbers = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(numbers, st.sampled_from([5, 10]))
def test_no_hidden_cell_of_a_table_can_be_worked_out(grid: list[list[int]], k: int) -> None:
    cells, ties = table(grid), ties_of(grid)
    found = suppress(cells, ties, k=k)
    assert all(cells[cell] >= k for cell in cells if cell not in found.hidden)
    assert derivable(found.hidden, ties) == set()


@given(numbers)
def test_what_is_hidden_under_a_shown_total_is_never_a_small_group(grid: list[list[int]]) -> None:
    cells, ties = table(grid), ties_of(grid)
    hidden = suppress(cells, ties).hidden
    for tie in ties:
        parts = [part for part in tie.parts if part in hidden]
        assert tie.total in hidden or not parts or sum(cells[part] for part in parts) >= 10


@given(numbers)
def test_no_hidden_cell_of_a_tree_can_be_worked_out(grid: list[list[int]]) -> None:
    flat = table(grid)
    names = sorted({row for row, _ in flat} - {"計"})
    children = {
        (name, "計"): [cell for cell in flat if cell[0] == name and cell[1] != "計"] for name in names
    }
    ties = tree_ties({("計", "計"): [(name, "計") for name in names], **children})
    counts = {cell: n for cell, n in flat.items() if cell[0] != "計" or cell == ("計", "計")}
    found = suppress(counts, ties)
    assert derivable(found.hidden, ties) == set()


@given(st.lists(st.lists(st.integers(-2, 2), min_size=4, max_size=4), max_size=4))
def test_an_unknown_is_determined_exactly_when_no_other_value_fits(rows: list[list[int]]) -> None:
    fixed = determined(rows)
    for move in product(range(-3, 4), repeat=4):
        if all(sum(a * x for a, x in zip(row, move, strict=True)) == 0 for row in rows):
            assert all(move[i] == 0 for i in fixed)


@pytest.mark.parametrize(("n", "shown"), [(12, 10), (13, 15), (17, 15), (18, 20), (22, 20), (23, 25)])
def test_respondents_are_shown_to_the_nearest_five(n: int, shown: int) -> None:
    assert shown_respondents(n) == shown


@pytest.mark.parametrize(
    ("favourable", "n", "shown"),
    [
        (20, 20, "95%以上"),
        (19, 20, "95%以上"),
        (18, 20, "90.0%"),
        (1, 20, "5%以下"),
        (0, 20, "5%以下"),
        (1, 16, "6.3%"),
    ],
)
def test_a_full_or_empty_cell_is_not_told_apart_from_nearly_so(favourable: int, n: int, shown: str) -> None:
    assert shown_share(favourable, n) == shown


def test_a_share_of_nobody_is_refused() -> None:
    with pytest.raises(RuleViolation, match="計算できません"):
        shown_share(0, 0)


def test_a_distribution_needs_twenty_answers() -> None:
    assert [shows_distribution(n) for n in (19, 20)] == [False, True]


@pytest.mark.parametrize(
    ("cut", "parent", "allowed"), [(12, 12, True), (12, 21, False), (12, 22, True), (9, 30, False)]
)
def test_a_cut_needs_a_rest_of_nobody_or_of_enough(cut: int, parent: int, allowed: bool) -> None:
    assert cut_allowed({"若手": cut, "課": parent}, cut="若手", parents=["課"]) is allowed
