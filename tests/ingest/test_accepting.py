"""What acceptance makes of the five documents, whole, in part, again, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kaikaku.audit.models import Entry
from kaikaku.audit.services import verify
from kaikaku.core.errors import RuleViolation
from kaikaku.core.ratings import SCHEMES
from kaikaku.ingest import queries, reading, services
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.payloads import from_json
from kaikaku.plans import services as plans
from kaikaku.plans.models import (
    Edition,
    Figure,
    Footnote,
    Indicator,
    Item,
    PastResult,
    Plan,
    PlanTable,
    Section,
)
from kaikaku.plans.queries import rows_of
from tests.cast import Cast
from tests.documents.twins import WRITERS, layout
from tests.ingest.conftest import sample
from tests.shared import shared_path

Propose = Callable[..., Import]


def counts(edition: Edition) -> dict[str, int]:
    return {
        "sections": Section.objects.filter(edition=edition).count(),
        "items": Item.objects.filter(section__edition=edition).count(),
        "indicators": Indicator.objects.filter(edition=edition).count(),
        "figures": Figure.objects.filter(indicator__edition=edition).count(),
        "tables": PlanTable.objects.filter(edition=edition).count(),
        "footnotes": Footnote.objects.filter(edition=edition).count(),
        "past": PastResult.objects.filter(edition=edition).count(),
    }


def take(imported: Import, cast: Cast, **more: Any) -> Edition:
    made = services.accept(imported=imported, by=cast.takahashi, **more).edition
    assert made is not None
    return made


def find(imported: Import, kind: str, words: str) -> Proposal:
    [row] = [p for p in queries.proposals_of(imported) if p.kind == kind and words in str(p.payload)]
    return row


def test_yamagata_has_three_pillars_seventeen_sections_below_and_seven_indicators(
    cast: Cast, proposed: Propose
) -> None:
    edition = take(proposed("yamagata_r4"), cast)
    top = Section.objects.filter(edition=edition, parent=None)
    assert [section.number for section in top.order_by("position")] == ["第1", "第2", "第3"]
    assert Section.objects.filter(edition=edition, parent__isnull=False).count() == 17
    assert counts(edition)["indicators"] == 7
    assert counts(edition)["figures"] == 21
    assert counts(edition)["tables"] == 0
    assert {
        i.section.number for i in Indicator.objects.filter(edition=edition).select_related("section")
    } == {
        "第1",
        "第2",
        "第3",
    }


def test_yamagatas_indicators_are_graded_by_iwates_rule(cast: Cast, proposed: Propose) -> None:
    edition = take(proposed("yamagata_r4"), cast)
    plans.change_scheme(
        edition=edition,
        scheme=SCHEMES["iwate"],
        valid_from=cast.somu.opened,
        by=cast.takahashi,
    )
    edition.refresh_from_db()
    grades = [r.band.code for r in rows_of(edition).results.values() if r.band is not None]
    assert grades == ["C", "C", "C", "B", "B", "A", "A"]


def test_iwates_table_becomes_a_past_result_with_its_lists(cast: Cast, proposed: Propose) -> None:
    edition = take(proposed("iwate_r2"), cast)
    lines = list(PastResult.objects.filter(edition=edition).order_by("position"))
    assert [line.total for line in lines] == [18, 6, 9, 24, 57]
    assert [line.is_total for line in lines] == [False] * 4 + [True]
    assert lines[-1].counts == {"A": 36, "B": 13, "C": 1, "D": 5, "測定不能": 2}
    assert lines[2].printed_shares == {"A": "33.3", "B": "44.5", "C": "0.0", "D": "22.2", "測定不能": "0.0"}
    assert {line.fiscal_year for line in lines} == {2020}
    late, unmeasured = lines[-1].lists
    assert [name["name"] for name in late["names"] if name["marked"]] == [
        "新規招聘医師数",
        "県税の収納未済額",
    ]
    assert len(late["names"]) == 5
    assert len(unmeasured["names"]) == 2
    assert "新型コロナウイルス感染症" in unmeasured["footnote"]
    assert lines[0].citation.quote.startswith("I\t地域意識")


def test_iwates_own_rule_is_known_as_the_one_we_ship(cast: Cast, proposed: Propose) -> None:
    edition = take(proposed("iwate_r2"), cast)
    assert edition.scheme is not None
    assert edition.scheme.data == SCHEMES["iwate"].as_json()


@pytest.mark.parametrize("name", ["aomori_r5", "iwate_r2", "miyagi_r8", "yamagata_r4", "yamaguchi_r5"])
def test_each_digest_is_taken_whole(cast: Cast, proposed: Propose, name: str) -> None:
    outline = reading.read(name=f"{name}.txt", data=sample(name)).outline
    imported = proposed(name)
    found = counts(take(imported, cast))
    assert found["sections"] == len(outline.sections)
    assert found["items"] == sum(len(section.items) for section in outline.sections)
    assert found["indicators"] == len(outline.indicators)
    assert found["footnotes"] == len(outline.footnotes)
    assert found["past"] == sum(len(summary.rows) for summary in outline.summaries)
    imported.refresh_from_db()
    assert imported.state == "accepted"
    assert queries.counts_of(imported)["waiting"] == 0
    assert verify() == []


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_each_original_is_taken_whole_and_again_nothing_differs(
    cast: Cast, proposed: Propose, number: str
) -> None:
    [path] = sorted(shared_path("seeds").glob(f"*{number}*.txt"))
    imported = proposed(path.stem, data=path.read_bytes())
    take(imported, cast)
    again = proposed(path.stem, data=path.read_bytes())
    found = queries.counts_of(again)
    assert (found["new"], found["changed"], found["missing"]) == (0, 0, 0)
    assert verify() == []


@pytest.mark.parametrize(
    ("kind", "place"), [("pdf", "page"), ("xlsx", "sheet"), ("docx", "line"), ("html", "line")]
)
def test_a_twin_in_another_format_makes_the_same_and_cites_its_own_places(
    cast: Cast, tmp_path: Path, kind: str, place: str
) -> None:
    path = WRITERS[kind](layout(sample("yamagata_r4").decode()), tmp_path / f"yamagata.{kind}")
    imported = services.propose(
        organisation=cast.sakura, name=path.name, data=path.read_bytes(), by=cast.takahashi
    )
    edition = take(imported, cast)
    assert counts(edition)["sections"] == 20
    figure = Figure.objects.select_related("citation").get(indicator__edition=edition, text="2,233人")
    assert figure.citation is not None
    assert getattr(figure.citation, place)
    assert "防災士" in figure.citation.quote


def test_every_row_made_cites_the_line_it_was_read_on(cast: Cast, proposed: Propose) -> None:
    edition = take(proposed("yamagata_r4"), cast)
    figure = Figure.objects.select_related("citation").get(indicator__edition=edition, text="2,233人")
    assert figure.citation.line == 42
    assert figure.citation.quote == "防災士の認証登録者数\t1,619人 (R1)\t2,400人\t2,233人"
    for rows in (Section.objects.filter(edition=edition), Item.objects.filter(section__edition=edition)):
        assert not rows.filter(citation=None).exists()


def test_each_proposal_knows_the_row_it_became(cast: Cast, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    take(imported, cast)
    names = {"section": Section, "item": Item, "indicator": Indicator, "figure": Figure, "footnote": Footnote}
    for row in queries.proposals_of(imported):
        if row.decision == "accepted":
            made = names[row.kind].objects.get(pk=row.made)
            key = {"section": "title", "indicator": "name"}.get(row.kind, "text")
            assert getattr(made, key) == row.payload[key]


def test_accepting_twice_makes_nothing_twice(cast: Cast, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    edition = take(imported, cast)
    before, entries = counts(edition), Entry.objects.count()
    assert services.accept(imported=imported, by=cast.takahashi).total == 0
    assert counts(edition) == before
    assert Entry.objects.count() == entries


def test_a_part_is_taken_with_all_it_stands_under(cast: Cast, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    item = find(imported, "item", "環境教室")
    edition = take(imported, cast, only=[item.pk])
    assert counts(edition) == {
        "sections": 2,
        "items": 1,
        "indicators": 0,
        "figures": 0,
        "tables": 0,
        "footnotes": 0,
        "past": 0,
    }
    imported.refresh_from_db()
    assert imported.state == "partly_accepted"


def test_part_by_part_comes_to_the_same_as_all_at_once(cast: Cast, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    for kind in ("figure", "item", "section"):
        take(imported, cast, only=[p.pk for p in queries.proposals_of(imported) if p.kind == kind])
    edition = take(imported, cast)
    assert counts(edition) == {
        "sections": 20,
        "items": 42,
        "indicators": 7,
        "figures": 21,
        "tables": 0,
        "footnotes": 1,
        "past": 0,
    }
    assert Plan.objects.count() == 1


def test_what_was_dropped_does_not_come_in_nor_what_is_below_it(cast: Cast, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    pillar = find(imported, "section", "県政運営を支える人づくり")
    services.drop(imported=imported, keys=[pillar.pk], by=cast.takahashi)
    edition = take(imported, cast)
    assert counts(edition)["sections"] == 15
    assert counts(edition)["indicators"] == 4


def test_a_figure_in_prose_comes_in_only_when_it_is_chosen(cast: Cast, proposed: Propose) -> None:
    imported = proposed("yamagata_r4")
    fact = find(imported, "fact", "'160回'")
    edition = take(imported, cast)
    assert counts(edition)["indicators"] == 7
    take(imported, cast, only=[fact.pk])
    made = Indicator.objects.get(edition=edition, name=fact.payload["name"])
    assert made.figures.get().value == Decimal(160)


def test_a_value_in_trouble_stays_behind_and_the_rest_comes_in(cast: Cast, proposed: Propose) -> None:
    text = "評価書（令和4年度）\n\n1 取組\n\n指標名\t目標値\t実績値\n利用者数\t100人\t90人\n"
    imported = proposed("trouble", data=text.encode())
    figure = find(imported, "figure", "'90人'")
    services.correct(
        proposal=figure,
        payload=changed_payload(figure, fiscal_year=None),
        by=cast.takahashi,
    )
    figure.refresh_from_db()
    assert "年度" in figure.problem
    edition = take(imported, cast)
    assert Figure.objects.filter(indicator__edition=edition).count() == 1
    imported.refresh_from_db()
    assert imported.state == "partly_accepted"


def changed_payload(row: Proposal, **changes: Any) -> Any:
    return from_json(row.kind, {**row.payload, **changes})


def test_a_person_of_another_government_may_not_take_it(cast: Cast, proposed: Propose) -> None:
    with pytest.raises(RuleViolation, match="ほかの団体の取り込みは変更できません"):
        services.accept(imported=proposed("miyagi_r8"), by=cast.nakamura)


def test_a_document_cannot_go_into_another_governments_plan(cast: Cast, proposed: Propose) -> None:
    edition = take(proposed("miyagi_r8"), cast)
    with pytest.raises(RuleViolation, match="ほかの団体のプランには取り込めません"):
        services.propose(
            organisation=cast.tonari, name="x.txt", data="計画\n".encode(), by=cast.nakamura, edition=edition
        )


def test_what_the_plans_refuse_undoes_the_whole_acceptance(cast: Cast, proposed: Propose) -> None:
    edition = take(proposed("miyagi_r8"), cast)
    plans.lock_edition(edition=edition, by=cast.takahashi)
    again = proposed(
        "more",
        data="みやぎ行政運営・働き方改革推進プラン（令和8年度）\n\n1 新しい見出し\n\n本文\n".encode(),
        edition=edition,
    )
    entries = Entry.objects.count()
    with pytest.raises(RuleViolation, match="確定済み"):
        take(again, cast)
    assert Entry.objects.count() == entries
    assert not Proposal.objects.filter(imported=again, decision="accepted").exists()
