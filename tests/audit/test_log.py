"""The log: append-only, chained, one chain per organisation."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from kaikaku.audit import queries, triggers
from kaikaku.audit.models import AppendOnlyError, ChainHead, Entry
from kaikaku.audit.services import Break, record, verify
from kaikaku.org import services
from tests.cast import Cast


@pytest.fixture
def tampered(cast: Cast) -> Cast:
    """The cast in a database whose own refusal has been taken away, as by someone with its password."""
    triggers.drop(connection)
    return cast


def last(cast: Cast) -> Entry:
    return queries.recent(cast.takahashi)[0]


def entries(**which: Any) -> QuerySet[Entry]:
    """The rows as the database gives them to anyone who comes past our models."""
    return QuerySet(Entry).filter(**which)


def rename(cast: Cast, name: str) -> None:
    services.revise_organisation(organisation=cast.sakura, name=name, kana="", contact="", by=cast.takahashi)


def test_a_change_leaves_an_entry_with_old_and_new(cast: Cast) -> None:
    rename(cast, "新さくら県")
    entry = last(cast)
    assert (entry.action, entry.by, entry.subject_label) == (
        "org.organisation.revised",
        cast.takahashi,
        "新さくら県",
    )
    assert entry.old is not None
    assert entry.old["name"] == "さくら県"
    assert entry.new == {"name": "新さくら県", "kana": ""}


def test_nothing_changed_leaves_no_entry(cast: Cast) -> None:
    before = last(cast).number
    services.revise_user(user=cast.sato, name="佐藤", email="", by=cast.yamamoto)
    assert last(cast).number == before


def test_a_whole_log_has_no_break(cast: Cast) -> None:
    assert verify() == []


def test_each_organisation_counts_its_own_entries(cast: Cast) -> None:
    rename(cast, "新さくら県")
    numbers = [entry.number for entry in queries.recent(cast.takahashi)]
    assert numbers == list(range(len(numbers), 0, -1))
    assert all(entry.organisation_id == cast.sakura.pk for entry in queries.recent(cast.takahashi))


def test_a_stranger_reads_none_of_it(cast: Cast) -> None:
    assert not queries.history_of(cast.tanaka, cast.sato).exists()


def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record("org.account.signed_in", on=None, by=None, organisation=None)


def test_an_action_without_a_sentence_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match=r"org\.account\.vanished"):
        record("org.account.vanished", on=cast.sato, by=None, organisation=cast.sakura)


def test_a_float_is_refused(cast: Cast) -> None:
    with pytest.raises(TypeError, match="float"):
        record("org.account.revised", on=cast.sato, by=None, organisation=cast.sakura, new={"value": 0.1})


def test_decimals_dates_and_nul_are_kept_as_text_that_verifies(cast: Cast) -> None:
    new = {"value": Decimal("71.50"), "day": date(2026, 4, 1), "note": "a\x00b", "list": (1, None, True)}
    record("org.account.revised", on=cast.sato, by=None, organisation=cast.sakura, new=new)
    assert last(cast).new == {
        "value": "71.50",
        "day": "2026-04-01",
        "note": "a\ufffdb",
        "list": [1, None, True],
    }
    assert verify(cast.sakura) == []


def test_our_models_refuse_to_change_an_entry(cast: Cast) -> None:
    entry = last(cast)
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        queries.recent(cast.takahashi).update(note="x")
    with pytest.raises(AppendOnlyError):
        queries.recent(cast.takahashi).delete()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET note = 'x'", "DELETE FROM audit_entry", "UPDATE audit_entry SET hash = hash"],
)
def test_the_database_refuses_to_change_an_entry(cast: Cast, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify() == []


def test_a_changed_entry_is_found(tampered: Cast) -> None:
    number = last(tampered).number
    entries(pk=last(tampered).pk).update(note="なかったことに")
    assert verify() == [
        Break(tampered.sakura.pk, number, f"{number}番の記録の内容が、記録した時から変わっています。")
    ]


def test_a_removed_entry_is_found(tampered: Cast) -> None:
    entries(organisation=tampered.sakura, number=5).delete()
    assert verify() == [Break(tampered.sakura.pk, 6, "5番から5番までの記録がありません。")]


def test_a_removed_end_is_found(tampered: Cast) -> None:
    number = last(tampered).number
    entries(pk=last(tampered).pk).delete()
    assert verify(tampered.sakura) == [
        Break(tampered.sakura.pk, number, f"最後の記録（{number}番）と鎖の末尾が一致しません。")
    ]


def test_a_removed_chain_head_is_found(cast: Cast) -> None:
    ChainHead.objects.filter(organisation=cast.sakura).delete()
    assert verify() == [Break(cast.sakura.pk, 0, "記録の鎖の先頭がありません。")]


def test_an_entry_slipped_in_is_found(tampered: Cast) -> None:
    forged = last(tampered)
    forged.pk, forged.number, forged._state.adding = None, forged.number + 1, True
    forged.save()
    assert [found.number for found in verify(tampered.sakura)] == [
        forged.number,
        forged.number,
        forged.number - 1,
    ]
