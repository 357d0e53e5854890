"""Publishing: same in, same out; only what changed is drawn; a broken-off run harms nothing."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.writers.printing import contents, manifest, page, pages_of, publish, sha256, words
from tests.writers.sample_dataset import figure, large, sample

from kaikaku.core.errors import RuleViolation
from kaikaku.writers import publish as module
from kaikaku.writers.dataset import EditionDataset, canonical_part, plain_number
from kaikaku.writers.folder import _exchange, _swap, replacing
from kaikaku.writers.publish import ALL, Press, print_all


def with_changed_figure(dataset: EditionDataset, place: int = 0) -> EditionDataset:
    one = dataset.indicators[place]
    last = replace(one.figures[-1], value=Decimal("77.7"), text="77.7%", shown="77.7%")
    changed = replace(one, figures=(*one.figures[:-1], last))
    return replace(dataset, indicators=tuple(changed if i is one else i for i in dataset.indicators))


def test_printing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "one")
    publish(EditionDataset.from_json(sample().canonical_json()), tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_manifest_lists_every_file_with_its_hash(printed: Path) -> None:
    files = contents(printed)
    files.pop("manifest.json")
    assert manifest(printed) == {path: sha256(data) for path, data in files.items()}
    told = json.loads((printed / "manifest.json").read_bytes())["publication"]
    assert told["dataset_sha256"] == sample().sha256() == sha256(files["dataset.json"])


def test_nothing_is_drawn_when_nothing_changed(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "out")
    before = contents(tmp_path / "out")
    assert publish(sample(), tmp_path / "out").drawn == ()
    assert contents(tmp_path / "out") == before


CHANGES: dict[str, Callable[[EditionDataset], EditionDataset]] = {
    "a figure": with_changed_figure,
    "a title": lambda d: replace(d, sections=(replace(d.sections[0], title="新しい題名"), *d.sections[1:])),
    "an erratum more": lambda d: replace(d, errata=(*d.errata, replace(d.errata[0], number=2))),
    "the number and the day": lambda d: replace(d, publication_number=3, published_on=date(2022, 1, 4)),
    "the scheme": lambda d: replace(d, scheme=replace(d.scheme, rounding="切り捨てます。")),  # type: ignore[type-var]
    "a source": lambda d: replace(d, sources=(replace(d.sources[0], title="別の題名"), *d.sources[1:])),
    "an indicator less": lambda d: replace(d, indicators=d.indicators[:-1]),
    "an indicator moved": lambda d: replace(
        d, indicators=(replace(d.indicators[0], section="s3-1"), *d.indicators[1:])
    ),
    "a name": lambda d: replace(
        d, indicators=(replace(d.indicators[0], name="新しい名前"), *d.indicators[1:])
    ),
    "the organisation": lambda d: replace(d, organisation="べつ県"),
    "no longer a sample": lambda d: replace(d, sample=False),
    "the licence": lambda d: replace(d, licence="別の規約"),
    "a section's number": lambda d: replace(
        d, sections=(replace(d.sections[0], number="第1"), *d.sections[1:])
    ),
    "a tally": lambda d: replace(d, tallies=(replace(d.tallies[0], computed=True),)),
    "the year": lambda d: replace(d, fiscal_year=2019),
    "a list": lambda d: replace(d, lists=()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_taking_over_what_did_not_change_gives_the_bytes_of_a_full_print(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "check", lambda _: [])  # some of these changes make tables and names disagree
    changed = CHANGES[name](sample())
    publish(sample(), tmp_path / "out")
    publish(changed, tmp_path / "out")
    publish(changed, tmp_path / "full")
    assert contents(tmp_path / "out") == contents(tmp_path / "full")


def test_one_changed_figure_draws_only_what_shows_it(tmp_path: Path) -> None:
    dataset = large(250, years=3)
    publish(dataset, tmp_path / "out")
    drawn = set(publish(with_changed_figure(dataset, 7), tmp_path / "out").drawn)
    changed = dataset.indicators[7]
    pages = {path for path in drawn if path.startswith(("indicators/", "sections/"))}
    pillar = changed.section.partition("-")[0]
    assert pages == {
        f"indicators/{changed.id}.{end}" for end in ("html", "csv", "json")
    } | {f"sections/{pillar}.{end}" for end in ("html", "csv", "json")}  # fmt: skip
    assert len(drawn) < 30


def test_every_page_tells_the_new_publication_although_it_was_not_drawn_anew(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "out")
    again = with_changed_figure(replace(sample(), publication_number=3, published_on=date(2022, 1, 4)))
    printed = publish(again, tmp_path / "out")
    assert "indicators/savings.html" not in printed.drawn
    for path in pages_of(tmp_path / "out"):
        said = words(page(tmp_path / "out", path), "//footer")
        assert "第3号 令和4年1月4日" in said
        assert again.sha256() in said


def test_a_press_makes_again_only_what_changed(tmp_path: Path) -> None:
    press, dataset = Press(), large(30, years=2)
    publish(dataset, tmp_path / "out", press=press)
    changed = with_changed_figure(dataset)
    publish(changed, tmp_path / "out", press=press)
    publish(changed, tmp_path / "full")
    assert contents(tmp_path / "out") == contents(tmp_path / "full")


def test_a_press_does_not_mix_two_organisations(tmp_path: Path) -> None:
    press = Press()
    publish(sample(), tmp_path / "one", press=press)
    other = replace(sample(), organisation="べつ県", organisation_code="999993")
    publish(other, tmp_path / "two", press=press)
    assert "べつ県" in (tmp_path / "two/indicators/savings.csv").read_text(encoding="utf-8")


def test_what_was_tampered_with_is_drawn_anew(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "out")
    whole = contents(tmp_path / "out")
    page_file, data_file = tmp_path / "out/indicators/savings.html", tmp_path / "out/indicators/savings.csv"
    page_file.write_bytes(page_file.read_bytes().replace("75.6億円".encode(), "99.9億円".encode()))
    data_file.unlink()
    assert set(publish(sample(), tmp_path / "out").drawn) == {
        "indicators/savings.html",
        "indicators/savings.csv",
    }
    assert contents(tmp_path / "out") == whole


@pytest.mark.parametrize("damage", ["{", '{"files": 3}', '{"files": [{"path": 1}]}'])
def test_a_damaged_manifest_only_costs_time(tmp_path: Path, damage: str) -> None:
    publish(sample(), tmp_path / "out")
    whole = contents(tmp_path / "out")
    (tmp_path / "out/manifest.json").write_text(damage)
    publish(sample(), tmp_path / "out")
    assert contents(tmp_path / "out") == whole


def test_what_is_no_longer_published_is_gone(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "out")
    publish(replace(sample(), indicators=sample().indicators[:3]), tmp_path / "out")
    assert not (tmp_path / "out/indicators/savings.html").exists()


def test_another_publication_may_be_the_previous_one(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "first")
    before = contents(tmp_path / "first")
    again = with_changed_figure(sample())
    assert len(publish(again, tmp_path / "second", previous=tmp_path / "first").drawn) < 40
    publish(again, tmp_path / "full")
    assert contents(tmp_path / "second") == contents(tmp_path / "full")
    assert contents(tmp_path / "first") == before


def test_prose_that_contradicts_the_table_is_not_printed(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "out")
    before = contents(tmp_path / "out")
    wrong = replace(sample(), summary=("「概ね達成」以上の指標が48指標（86.0%）となりました。",))
    with pytest.raises(RuleViolation, match="文と表が合わない") as refused:
        publish(wrong, tmp_path / "out")
    assert refused.value.code == "publish.contradiction"
    assert contents(tmp_path / "out") == before


def test_two_runs_to_one_place_do_not_mix(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "out")
    with replacing(tmp_path / "out") as fresh:
        fresh.mkdir()
        with pytest.raises(RuleViolation, match="すでに動いています"):
            publish(sample(), tmp_path / "out")
    assert contents(tmp_path / "out") == {}


KILLED = """
import os, signal, sys
from pathlib import Path
from kaikaku.writers import folder
from kaikaku.writers.publish import print_all
from tests.writers.sample_dataset import sample
from dataclasses import replace
after, out = int(sys.argv[1]), Path(sys.argv[2])
put = folder.Folder.put
def counted(self, sheet):
    if len(self.entries) == after:
        os.kill(os.getpid(), signal.SIGKILL)
    return put(self, sheet)
folder.Folder.put = counted
print_all(replace(sample(), organisation="べつ県"), out, formats={"site", "data"})
"""


@pytest.mark.parametrize("after", [0, 5, 60])
def test_a_run_that_is_killed_leaves_the_last_publication_standing(tmp_path: Path, after: int) -> None:
    out = tmp_path / "out"
    publish(sample(), out)
    before = contents(out)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(after), str(out)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert contents(out) == before
    publish(sample(), out)
    assert contents(out) == before
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == ["out"]


def test_an_error_while_printing_leaves_the_last_publication_standing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    publish(sample(), out)
    before = contents(out)
    monkeypatch.setattr(module, "check", lambda _: [])
    twice = replace(sample(), sections=(*sample().sections, sample().sections[0]))
    with pytest.raises(RuleViolation, match="番号の重複"):
        publish(twice, out)
    assert contents(out) == before
    assert not (tmp_path / ".out.new").exists()


def test_a_death_between_the_two_renames_is_mended_by_the_next_run(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / ".out.old")
    assert publish(sample(), tmp_path / "out").drawn == ()
    assert contents(tmp_path / "out") == before


def test_folders_change_places_where_the_system_cannot_exchange_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaikaku.writers.folder._exchange", lambda *_: False)
    publish(sample(), tmp_path / "out")
    publish(with_changed_figure(sample()), tmp_path / "out")
    assert not (tmp_path / ".out.old").exists()
    assert (tmp_path / "out/index.html").is_file()


def test_the_exchange_is_one_step(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    if not _exchange(tmp_path / "a", tmp_path / "b"):
        pytest.skip("this system cannot exchange two folders in one step; two renames are used instead")
    assert (tmp_path / "a/file").read_text() == "b"
    _swap(tmp_path / "a", tmp_path / "b", tmp_path / "old")
    assert (tmp_path / "b/file").read_text() == "b"


def test_everything_asked_for_is_printed_and_offered(tmp_path: Path) -> None:
    print_all(sample(), tmp_path / "out", formats=ALL)
    files = contents(tmp_path / "out")
    for path in (
        "paper/headquarters.pdf",
        "paper/headquarters.docx",
        "paper/summary.pdf",
        "paper/summary.docx",
        "data/publication.xlsx",
    ):
        assert path in files
    hrefs = page(tmp_path / "out", "index.html").xpath("//section[@aria-labelledby='papers']//a/@href")
    assert sorted(hrefs) == sorted(path for path in files if path.startswith("paper/"))
    assert print_all(sample(), tmp_path / "out", formats=ALL).drawn == ()


def test_papers_alone_can_be_printed(tmp_path: Path) -> None:
    print_all(sample(), tmp_path / "out", formats={"docx"})
    assert set(contents(tmp_path / "out")) == {
        "dataset.json", "manifest.json", "paper/headquarters.docx", "paper/summary.docx",
    }  # fmt: skip


# --- canonical JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("10", "10"),
        ("1E+1", "10"),
        ("10.0", "10"),
        ("0.50", "0.5"),
        ("-0", "0"),
        ("0E-8", "0"),
        ("-1.20", "-1.2"),
        ("1E-7", "0.0000001"),
    ],
)
def test_one_number_is_one_text(written: str, text: str) -> None:
    assert plain_number(Decimal(written)) == text


def test_equal_datasets_are_equal_bytes_and_others_are_not() -> None:
    assert sample().canonical_json() == sample().canonical_json()
    assert with_changed_figure(sample()).sha256() != sample().sha256()
    assert sample().sha256() == hashlib.sha256(sample().canonical_json()).hexdigest()


def test_canonical_parts_have_sorted_keys_and_no_blanks() -> None:
    told = canonical_part(figure("actual", 2020, "71.50", "%"))
    assert told == json.dumps(json.loads(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
