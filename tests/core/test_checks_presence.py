"""A value or the reason for its absence; nothing is not naught; what is typed is a number."""

import pytest
from tests.core.checking import D, find, message

from kaikaku.core.checks import REASON_LABELS
from kaikaku.core.indicators import REASONS
from kaikaku.core.quantities import Quantity


def test_an_empty_cell_without_a_reason_is_stopped() -> None:
    finding = find("missing_value", raw="  ", unit="件")
    assert finding is not None
    assert (finding.level, finding.field, finding.found) == ("E", "value", "空欄")
    assert finding.message == (
        "実績値も、値がない理由も入力されていません。実績値を入力するか、値がない理由を選んでください。"
    )


@pytest.mark.parametrize("reason", sorted(set(REASON_LABELS) - {"other"}))
def test_an_empty_cell_with_a_reason_is_an_answer(reason: str) -> None:
    assert find("missing_value", raw="", reason=reason) is None


def test_every_reason_offered_is_known_to_the_rating() -> None:
    assert set(REASON_LABELS) <= set(REASONS)


def test_a_zero_is_a_value() -> None:
    assert find("missing_value", raw="0", unit="件") is None
    assert find("empty_or_zero", raw="0", unit="件") is None


def test_other_wants_its_words() -> None:
    finding = find("missing_value", reason="other", reason_note=" ")
    assert finding is not None
    assert finding.field == "reason_note"
    assert find("missing_value", reason="other", reason_note="災害のため集計を中断した。") is None


def test_an_unknown_reason_is_stopped() -> None:
    finding = find("missing_value", reason="forgot")
    assert finding is not None
    assert (finding.field, finding.found) == ("reason", "forgot")


def test_a_sign_of_waiting_proposes_the_reason_it_means() -> None:
    assert "「まだ公表されていない（未確定）」など" in message("missing_value", raw="集計中", unit="件")


def test_a_sign_of_waiting_with_its_reason_is_an_answer() -> None:
    assert find("missing_value", raw="集計中", unit="件", reason="not_published_yet") is None


@pytest.mark.parametrize("sign", ["－", "―", "なし", "該当なし", "ー"])
def test_a_dash_or_nashi_may_be_zero_or_nothing_and_is_stopped(sign: str) -> None:
    finding = find("empty_or_zero", raw=sign, unit="件")
    assert finding is not None
    assert finding.found == sign
    assert "0であれば「0」と入力し" in finding.message
    assert find("missing_value", raw=sign, unit="件") is None


def test_a_dash_with_a_reason_says_which_it_is() -> None:
    assert find("empty_or_zero", raw="－", unit="件", reason="survey_cancelled") is None


def test_a_dash_stored_as_zero_is_stopped() -> None:
    assert "0として扱われています" in message("empty_or_zero", quantity=Quantity("－", D(0), unit="件"))


@pytest.mark.parametrize("raw", ["0", "16"])
def test_a_value_and_a_reason_for_its_absence_exclude_each_other(raw: str) -> None:
    assert "両方が入力されています" in message("empty_or_zero", raw=raw, reason="survey_cancelled")


@pytest.mark.parametrize("raw", ["順調に進んだ", "1.234,5", "○", "#DIV/0!", "5件、7件"])
def test_what_is_no_number_is_stopped(raw: str) -> None:
    finding = find("unreadable", raw=raw, unit="件")
    assert finding is not None
    assert raw in finding.message
    assert find("missing_value", raw=raw, unit="件") is None


@pytest.mark.parametrize("raw", ["", "1,234", "△5", "７５．６億円", "集計中", "－"])
def test_numbers_and_signs_of_their_own_are_not_called_unreadable(raw: str) -> None:
    assert find("unreadable", raw=raw) is None
