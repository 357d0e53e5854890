"""A file torn anywhere gives a Document or a sentence, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaikaku.readers import Unreadable, read_bytes
from kaikaku.readers.document import Document
from tests.readers.samples import sample

KINDS = ["txt", "md", "csv", "html", "docx", "xlsx", "pdf"]
MANY = settings(max_examples=200, deadline=None)  # a busy machine is no failure


def is_document_or_sentence(data: bytes, name: str) -> bool:
    try:
        document = read_bytes(data, name)
    except Unreadable as refused:
        return refused.message.endswith("。") and name in refused.message
    return isinstance(document, Document)


@pytest.mark.parametrize("kind", KINDS)
@MANY
@given(data=st.data())
def test_a_file_with_torn_bytes_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    torn = bytearray(sample(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        torn[data.draw(st.integers(0, len(torn) - 1))] = data.draw(st.integers(0, 255))
    assert is_document_or_sentence(bytes(torn), f"plan.{kind}")


@pytest.mark.parametrize("kind", KINDS)
@MANY
@given(data=st.data())
def test_a_file_cut_short_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    whole = sample(kind)
    assert is_document_or_sentence(whole[: data.draw(st.integers(0, len(whole) - 1))], f"plan.{kind}")


@MANY
@given(data=st.binary(max_size=400), kind=st.sampled_from([*KINDS, "xls", "tsv", "bin"]))
def test_any_bytes_under_any_name_are_read_or_refused(data: bytes, kind: str) -> None:
    assert is_document_or_sentence(data, f"plan.{kind}")


@MANY
@given(
    text=st.text(alphabet='あア漢①A1 \t\n|-*#・（）,"\\<>/&;:\r\f', max_size=200),
    kind=st.sampled_from(KINDS[:4]),
)
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    assert is_document_or_sentence(text.encode(), f"plan.{kind}")


@MANY
@given(text=st.text(alphabet="あア漢①A1 \n・（）", min_size=1, max_size=200))
def test_a_text_loses_none_of_its_characters(text: str) -> None:
    document = read_bytes(text.encode(), "plan.txt")
    read = "".join(line.text for line in document.lines())
    assert "".join(read.split()) == "".join(text.split())
