"""The rules of ideas, without a database: states, tracks, axes, safe counts."""

from __future__ import annotations

import pytest

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import words
from kaikaku.ideas.axes import YAMAGUCHI, Axis, axes_text, check_axes, check_values, parse_axes, read_axes
from kaikaku.ideas.states import FINAL, SENT, Step, allows, check_triage, move
from kaikaku.ideas.statistics import NOT_CHOSEN, Sent, Statistics, count

AXES = (
    Axis("place", "部局", kind="department", personal=True),
    Axis("digital", "デジタル", ("はい", "いいえ")),
)


def sent(*groups: tuple[int, str, str]) -> list[Sent]:
    """(how many, place, digital) by as many different people."""
    people = iter(range(1000))
    return [
        Sent(next(people), {"place": place, "digital": digital})
        for number, place, digital in groups
        for _ in range(number)
    ]


def test_an_idea_goes_from_draft_to_realised() -> None:
    state = "draft"
    for step in (Step.SEND, Step.CLUSTER, Step.DECIDE, Step.START, Step.REALISE):
        state = move(state, step)
    assert state == "realised"


def test_a_label_is_no_step_so_that_nothing_can_be_excluded_by_one() -> None:
    assert not {"label", "exclude", "delete"} & {step.value for step in Step}


def test_every_sent_idea_can_still_reach_an_end() -> None:
    for state in set(SENT) - set(FINAL):
        assert allows(state, Step.DECLINE), state


def test_a_step_out_of_turn_says_when_it_may_be_taken() -> None:
    with pytest.raises(RuleViolation, match="「仕分け済み」"):
        move("received", Step.START)


def test_what_is_begun_this_year_names_what_must_come_first() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_triage(track="start_now", need="", budget_step="", department=None)
    assert refused.value.field == "need"


@pytest.mark.parametrize("track", words.LATER)
def test_what_comes_later_has_a_budget_step(track: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_triage(track=track, need="", budget_step="", department=None)
    assert refused.value.field == "budget_step"
    check_triage(track=track, need="", budget_step="none", department=None)


def test_what_is_delegated_names_the_section() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_triage(track="delegated", need="", budget_step="", department=None)
    assert refused.value.field == "department"


def test_axes_are_written_as_lines_and_read_back() -> None:
    assert parse_axes(axes_text(YAMAGUCHI)) == YAMAGUCHI
    assert read_axes([axis.as_json() for axis in YAMAGUCHI]) == YAMAGUCHI


def test_an_axis_with_one_choice_is_refused_by_name() -> None:
    with pytest.raises(RuleViolation, match="「費用」"):
        check_axes([Axis("cost", "費用", ("有",))])


def test_a_line_without_a_colon_is_refused_with_its_number() -> None:
    with pytest.raises(RuleViolation, match="2行目"):
        parse_axes("費用：有、無\n職位")


def test_the_section_of_a_proposer_is_always_personal() -> None:
    with pytest.raises(RuleViolation, match="個人にかかわる"):
        check_axes([Axis("department", "部局", kind="department")])


def test_a_value_that_is_not_offered_is_refused_at_its_field() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_values(YAMAGUCHI, {"cost": "少し"})
    assert refused.value.field == "axis_cost"


def test_a_required_axis_must_be_chosen() -> None:
    axis = Axis("cost", "費用", ("有", "無"), required=True)
    with pytest.raises(RuleViolation, match="「費用」を選んでください"):
        check_values([axis], {})


def test_large_groups_are_counted_and_their_shares_close() -> None:
    made = count(sent((20, "総務部", "はい"), (30, "土木部", "いいえ")), AXES)
    place, digital = made.tables
    assert made.total == 50
    assert place.rows == (("土木部", 30), ("総務部", 20))
    assert place.shares == ("60.0", "40.0")
    assert digital.rows == (("はい", 20), ("いいえ", 30))


def test_a_small_group_is_hidden_with_a_second_one_so_that_the_sum_tells_nothing() -> None:
    made = count(sent((2, "総務部", "はい"), (8, "企画部", "はい"), (30, "土木部", "いいえ")), AXES)
    assert dict(made.tables[0].rows) == {"企画部": None, "土木部": 30, "総務部": None}
    assert made.tables[0].shares == ()


def test_ten_ideas_of_one_person_are_a_small_group() -> None:
    ideas = [Sent(1, {"place": "総務部"})] * 10 + sent((20, "土木部", "はい"), (30, "企画部", "はい"))
    hidden = {value for value, shown in count(ideas, AXES).tables[0].rows if shown is None}
    assert "総務部" in hidden
    assert len(hidden) >= 2


def test_two_groups_of_the_same_few_people_do_not_hide_one_another() -> None:
    """Hidden together they are 12 ideas, yet of three people only: a third group is hidden too."""
    few = [Sent(n % 3, {"place": place}) for place in ("総務部", "企画部") for n in range(6)]
    made = count(few + sent((20, "土木部", "はい"), (30, "教育委員会", "はい")), AXES[:1])
    assert sum(shown is None for _, shown in made.tables[0].rows) == 3


def test_no_hidden_cell_of_two_axes_follows_from_its_row_or_column() -> None:
    made = count(
        sent(
            (20, "総務部", "はい"), (2, "総務部", "いいえ"), (30, "土木部", "いいえ"), (9, "土木部", "はい")
        ),
        AXES,
    )
    (cross,) = made.crosses
    for line in (*cross.cells, *zip(*cross.cells, strict=True)):
        assert sum(cell is None for cell in line) != 1, cross


def test_what_was_not_chosen_is_counted_as_such() -> None:
    made = count(sent((20, "総務部", "はい")) + [Sent(n, {"place": "総務部"}) for n in range(500, 519)], AXES)
    assert made.tables[1].rows == (("はい", 20), ("いいえ", None), (NOT_CHOSEN, None))


def test_kept_statistics_are_read_back_the_same() -> None:
    made = count(sent((2, "総務部", "はい"), (30, "土木部", "いいえ")), AXES)
    assert Statistics.from_json(made.as_json()) == made
