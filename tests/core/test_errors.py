"""A broken rule says so in Japanese and carries what programs need."""

import pickle

from kaikaku.core.errors import RuleViolation


def test_a_rule_violation_reads_as_its_sentence() -> None:
    violation = RuleViolation("section.removed", "この見出しは削除済みです。", field="section", line=3)

    assert str(violation) == "この見出しは削除済みです。"
    assert (violation.code, violation.field, violation.data) == ("section.removed", "section", {"line": 3})


def test_a_rule_violation_survives_the_way_between_processes() -> None:
    violation = RuleViolation("a.b", "文", field="f", value="1OO%")

    copy = pickle.loads(pickle.dumps(violation))

    assert (copy.code, copy.message, copy.field, copy.data) == ("a.b", "文", "f", {"value": "1OO%"})
