"""The way of a report: the whole chain, who may make each move, and what is refused with which sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import (
    ACTION_LABELS,
    MOVES,
    ROLE_LABELS,
    STATE_LABELS,
    Action,
    State,
    is_editable,
    move,
    possible,
)

CHAIN = [
    (Action.START, "clerk", State.DRAFT),
    (Action.SUBMIT, "clerk", State.SUBMITTED),
    (Action.CONFIRM, "chief", State.CHIEF_CONFIRMED),
    (Action.BUNDLE, "chief", State.BUNDLED),
    (Action.ACCEPT, "secretariat", State.ACCEPTED),
    (Action.REPORT, "secretariat", State.REPORTED),
    (Action.PUBLISH, "secretariat", State.PUBLISHED),
]


def test_a_report_goes_from_request_to_publication() -> None:
    state = State.REQUESTED
    for action, role, expected in CHAIN:
        state = move(state, action, roles={role}, by="別の人", submitter="佐藤")
        assert state is expected


@pytest.mark.parametrize(
    "state", [State.SUBMITTED, State.CHIEF_CONFIRMED, State.BUNDLED, State.ACCEPTED, State.REPORTED]
)
def test_a_report_can_be_returned_with_a_reason_until_it_is_published(state: State) -> None:
    assert (
        move(state, Action.RETURN, roles={"secretariat"}, by="高橋", reason="実績値の単位") is State.RETURNED
    )
    with pytest.raises(RuleViolation, match="理由を入力"):
        move(state, Action.RETURN, roles={"secretariat"}, by="高橋", reason="　")


def test_a_returned_report_is_submitted_again() -> None:
    assert move(State.RETURNED, Action.SUBMIT, roles={"clerk"}, by="佐藤") is State.SUBMITTED


def test_nothing_to_report_is_an_answer_with_its_reason() -> None:
    answered = move(
        State.REQUESTED, Action.ANSWER_NONE, roles={"clerk"}, by="佐藤", reason="該当する事業がないため"
    )
    assert answered is State.SUBMITTED


def test_the_submitter_cannot_confirm_their_own_report() -> None:
    with pytest.raises(RuleViolation, match="提出した本人") as refused:
        move(State.SUBMITTED, Action.CONFIRM, roles={"clerk", "chief"}, by="佐藤", submitter="佐藤")
    assert refused.value.code == "workflow.own_report"


def test_a_move_is_for_its_role_only_and_the_sentence_names_it() -> None:
    with pytest.raises(RuleViolation, match="できるのは所属長です") as refused:
        move(State.SUBMITTED, Action.CONFIRM, roles={"clerk"}, by="佐藤")
    assert refused.value.code == "workflow.role"


def test_a_move_that_is_not_due_says_where_the_report_stands() -> None:
    with pytest.raises(RuleViolation, match="「作成中」のため、「公表する」ことはできません"):
        move(State.DRAFT, Action.PUBLISH, roles={"secretariat"}, by="高橋")


@pytest.mark.parametrize("action", [a for a in Action if a is not Action.CORRECT])
def test_after_publication_only_an_erratum_is_possible(action: Action) -> None:
    with pytest.raises(RuleViolation, match="正誤表"):
        move(State.PUBLISHED, action, roles={"secretariat", "chief", "clerk"}, by="高橋", reason="訂正")
    assert (
        move(State.PUBLISHED, Action.CORRECT, roles={"secretariat"}, by="高橋", reason="転記誤り")
        is State.PUBLISHED
    )


def test_the_buttons_of_a_page_follow_the_roles() -> None:
    assert possible(State.SUBMITTED, roles={"clerk"}) == ()
    assert possible(State.SUBMITTED, roles={"chief"}) == (Action.CONFIRM, Action.RETURN)
    assert possible(State.PUBLISHED, roles={"secretariat"}) == (Action.CORRECT,)


def test_contents_are_edited_before_submission_and_after_a_return_only() -> None:
    assert [state for state in State if is_editable(state)] == [State.REQUESTED, State.DRAFT, State.RETURNED]


def test_every_state_action_and_role_has_its_japanese_word() -> None:
    assert set(STATE_LABELS) == set(State)
    assert set(ACTION_LABELS) == set(Action)
    assert set(ROLE_LABELS) == {role for one in MOVES for role in one.roles}


roles = st.sets(st.sampled_from(["clerk", "chief", "secretariat", "executive", "employee", "it"]))


@given(st.sampled_from(State), st.sampled_from(Action), roles)
def test_a_move_succeeds_exactly_when_its_button_is_shown(
    state: State, action: Action, held: set[str]
) -> None:
    if action in possible(state, roles=held):
        assert move(state, action, roles=held, by="高橋", submitter="佐藤", reason="理由") in State
    else:
        with pytest.raises(RuleViolation):
            move(state, action, roles=held, by="高橋", submitter="佐藤", reason="理由")


@given(st.lists(st.tuples(st.sampled_from(Action), roles, st.sampled_from(["佐藤", "鈴木"])), max_size=30))
def test_no_way_leads_to_publication_past_a_confirmation_by_another(
    steps: list[tuple[Action, set[str], str]],
) -> None:
    state, submitter, confirmed_by_other = State.REQUESTED, "佐藤", False
    for action, held, person in steps:
        try:
            state = move(state, action, roles=held, by=person, submitter=submitter, reason="理由")
        except RuleViolation:
            continue
        if state is State.SUBMITTED:
            submitter, confirmed_by_other = person, False
        elif state is State.CHIEF_CONFIRMED:
            confirmed_by_other = person != submitter
        assert state is not State.PUBLISHED or confirmed_by_other
