"""A year of internal control: self-check, sample, deficiencies, the report and its opinion."""

from __future__ import annotations

from itertools import product

import pytest
from django.urls import reverse

from kaikaku.controls import papers, queries, rules, services
from kaikaku.controls.entries import ControlFields, DeficiencyFields, OpinionFields
from kaikaku.controls.models import Deficiency, Risk, SampleCheck, SelfCheck
from kaikaku.controls.models.years import COMPLETE, FINDING
from kaikaku.core.eras import days_of_fiscal_year, fiscal_year_of
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today
from kaikaku.plans.models import Edition
from kaikaku.writers.dataset import Chapter
from kaikaku.writers.pdf import pdf_bytes
from kaikaku.writers.word import word_bytes
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.controls import kept
from tests.pages import Page
from tests.reporting.conftest import make_edition

LAST_YEAR = 2023


def test_a_year_is_begun_once(cast: Cast) -> None:
    kept.year(cast, LAST_YEAR)
    with pytest.raises(RuleViolation, match="もう始めています"):
        kept.year(cast, LAST_YEAR)


def test_a_draft_is_kept_and_an_unanswered_sheet_is_not_sent(cast: Cast) -> None:
    kept.control(cast)
    year = kept.year(cast)
    kept.answered(cast, year, rules.Answer(designed=True), send=False)
    assert SelfCheck.objects.get().sent_at is None
    with pytest.raises(RuleViolation, match="2人で口座を確かめる"):
        kept.answered(cast, year, rules.Answer(designed=True))


def test_a_sent_sheet_changes_only_after_the_office_has_handed_it_back(cast: Cast) -> None:
    kept.control(cast)
    year = kept.year(cast)
    kept.answered(cast, year, kept.FINE)
    with pytest.raises(RuleViolation, match="提出済み"):
        kept.answered(cast, year, kept.FINE)
    services.reopen_self_check(year=year, department=cast.zeimu, why="記録の名前がない", by=cast.takahashi)
    kept.answered(cast, year, kept.FINE)
    assert queries.board(None, year, on=today()).sent == 1


def test_an_answer_that_tells_of_a_deficiency_records_it_once(cast: Cast) -> None:
    kept.control(cast)
    year = kept.year(cast)
    kept.answered(cast, year, kept.NOT_DONE, send=False)
    assert not Deficiency.objects.exists()
    kept.answered(cast, year, kept.NOT_DONE)
    services.reopen_self_check(year=year, department=cast.zeimu, why="確認", by=cast.takahashi)
    kept.answered(cast, year, kept.NOT_DONE)
    assert Deficiency.objects.get().kind == "operation"


def test_a_check_made_after_the_year_speaks_of_its_last_day(cast: Cast) -> None:
    kept.control(cast)
    kept.answered(cast, kept.year(cast, LAST_YEAR), kept.NOT_DONE)
    assert Deficiency.objects.get().found_on == days_of_fiscal_year(LAST_YEAR)[1]


def test_a_control_registered_after_a_year_is_not_asked_about_in_it(cast: Cast) -> None:
    kept.control(cast)
    fields = ControlFields("機械が止める", "preventive", "it", "記録")
    services.add_control(risk=Risk.objects.get(), fields=fields, by=cast.takahashi)
    now, before = kept.year(cast), kept.year(cast, LAST_YEAR)
    assert [len(queries.controls_asked(year)) for year in (now, before)] == [2, 1]


def test_a_control_registered_after_its_section_has_sent_is_asked_next_year(cast: Cast) -> None:
    control = kept.control(cast)
    year = kept.year(cast)
    kept.answered(cast, year, kept.FINE)
    kept.control(cast, control.risk, "機械が止める")
    [section] = queries.board(None, year, on=today()).sections
    assert (section.asked, section.answered, section.sent) == (1, 1, True)


def test_a_section_that_has_not_sent_after_the_due_day_is_late(cast: Cast) -> None:
    kept.control(cast)
    [section] = queries.board(None, kept.year(cast, LAST_YEAR), on=today()).sections
    assert section.late
    assert section.state == ("期限を過ぎています", "stop")


def test_the_sample_is_drawn_once_and_again_the_same(cast: Cast) -> None:
    risk = kept.risk(cast, likelihood=1, impact=1)
    controls = [kept.control(cast, risk, f"統制{n}") for n in range(10)]
    year = kept.year(cast)
    drawn = services.draw_sample(year=year, seed="さくら", by=cast.takahashi)
    subjects = [
        rules.Subject(one.pk, cast.zeimu.pk, 1, f"{risk.code}-{n}") for n, one in enumerate(controls, 1)
    ]
    assert [one.control_id for one in drawn] == [one.key for one in rules.draw(subjects, seed="さくら")]
    with pytest.raises(RuleViolation, match="1年度に1回"):
        services.draw_sample(year=year, seed="別の語", by=cast.takahashi)


def test_nobody_checks_their_own_section(cast: Cast) -> None:
    sample = kept.sample(cast)
    for person in (cast.sato, cast.suzuki):  # of the section, and of the department above it
        with pytest.raises(RuleViolation, match="自分の所属"):
            services.check_sample(sample=sample, answer=kept.FINE, by=person)
    done = services.check_sample(sample=sample, answer=kept.NOT_DONE, by=cast.takahashi)
    assert done.checked_on == today()
    assert Deficiency.objects.get().source == "sample"


def test_what_was_mended_by_the_last_day_counts_as_effective(cast: Cast) -> None:
    year = kept.year(cast, LAST_YEAR)
    first, last = days_of_fiscal_year(LAST_YEAR)
    kept.deficiency(
        cast, found_on=first, mended_on=last, remedy="手順を直した", cause="手順がない", material=True
    )
    facts = queries.facts_of(year)
    assert (facts.effective, facts.mended, facts.material) == (True, 1, 0)


def test_a_standing_material_deficiency_makes_the_year_not_effective(cast: Cast) -> None:
    year = kept.year(cast, LAST_YEAR)
    kept.deficiency(cast, found_on=days_of_fiscal_year(LAST_YEAR)[1], material=True)
    facts = queries.facts_of(year)
    assert not facts.effective
    with pytest.raises(RuleViolation, match="原因と是正"):
        services.issue_report(year=year, by=cast.takahashi)


def test_a_deficiency_taken_back_is_not_counted(cast: Cast) -> None:
    year = kept.year(cast)
    found = kept.deficiency(cast)
    fields = DeficiencyFields("operation", today(), found.text, void="記録は別の棚にあった")
    services.revise_deficiency(deficiency=found, fields=fields, by=cast.takahashi)
    assert queries.facts_of(year).wrong == ()


def test_a_report_is_not_issued_before_the_year_is_over(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="評価基準日"):
        services.issue_report(year=kept.year(cast, fiscal_year_of(today())), by=cast.takahashi)


def issued(cast: Cast):
    year = kept.year(cast, LAST_YEAR)
    kept.deficiency(cast, found_on=days_of_fiscal_year(LAST_YEAR)[0])
    kept.incident(cast, days_of_fiscal_year(LAST_YEAR)[0])
    return services.issue_report(year=year, by=cast.takahashi)


def test_an_issued_report_no_longer_changes(cast: Cast) -> None:
    year = issued(cast)
    before = queries.report_facts(year)
    kept.deficiency(cast, found_on=days_of_fiscal_year(LAST_YEAR)[0])
    year.refresh_from_db()
    assert queries.report_facts(year) == before
    assert len(queries.facts_of(year).wrong) == len(before.wrong) + 1
    with pytest.raises(RuleViolation, match="確定しています"):
        services.issue_report(year=year, by=cast.takahashi)


def test_the_opinion_comes_before_the_assembly_and_opens_the_public_chapter(cast: Cast) -> None:
    edition = make_edition(cast)
    Edition.objects.filter(pk=edition.pk).update(fiscal_year=LAST_YEAR)
    edition.refresh_from_db()
    year = issued(cast)
    assert queries.chapter_for(edition) is None
    early = OpinionFields("おおむね適正です。", today(), days_of_fiscal_year(LAST_YEAR)[0])
    with pytest.raises(RuleViolation, match="監査委員の意見を受けた日より前"):
        services.note_opinion(year=year, fields=early, by=cast.takahashi)
    fields = OpinionFields("おおむね適正です。", today(), today())
    services.note_opinion(year=year, fields=fields, by=cast.takahashi)
    chapter = queries.chapter_for(edition)
    assert chapter is not None
    assert "おおむね適正です。" in "".join(chapter.paragraphs)


def public(cast: Cast) -> Chapter:
    """The chapter of a year with a standing weakness, a material one that is mended, and an incident."""
    edition = make_edition(cast)
    Edition.objects.filter(pk=edition.pk).update(fiscal_year=LAST_YEAR)
    edition.refresh_from_db()
    year, first = kept.year(cast, LAST_YEAR), days_of_fiscal_year(LAST_YEAR)[0]
    control = kept.control(cast)
    kept.answered(cast, year, rules.Answer(designed=True, operated=False, evidence="金庫の鍵の置き場"))
    services.draw_sample(year=year, seed="さくら", by=cast.takahashi)
    kept.deficiency(
        cast, control, found_on=first, mended_on=first, text="額を誤った", cause="写し間違い",
        remedy="機械で写す", material=True,
    )  # fmt: skip
    kept.incident(cast, first)
    services.issue_report(year=year, by=cast.takahashi)
    opinion = OpinionFields("おおむね適正です。\n早い是正を望みます。", today(), today())
    services.note_opinion(year=year, fields=opinion, by=cast.takahashi)
    chapter = queries.chapter_for(edition)
    assert chapter is not None
    return chapter


def test_residents_read_policy_scope_result_and_opinion_in_the_order_of_the_law(cast: Cast) -> None:
    chapter = public(cast)
    text = "\n".join(chapter.paragraphs)
    told = ["方針：", "体制：", "対象とする事務：", "自己評価を求め", "監査委員の意見：", "議会に提出"]
    assert [text.index(words) for words in told] == sorted(text.index(words) for words in told)
    tables = {table.caption: table.rows for table in chapter.tables}
    assert ("評価基準日に残る運用上の不備", "1") in tables["不備の件数"]
    assert tables["重大な不備"][0][2:5] == ("額を誤った", "写し間違い", "機械で写す")
    assert tables["自己評価と抽出点検"] == (
        ("自己評価をした所属", "1", "1"),
        ("抽出点検をした統制", "1", "0"),
    )
    assert tables["事故・ミスと水平展開"] == (("1", "0", "0"),)


def test_residents_read_no_name_and_not_where_the_work_is_weak_today(cast: Cast) -> None:
    said = str(public(cast))
    names = [person.name for person in (cast.sato, cast.suzuki, cast.takahashi)]
    weak = ["金庫の鍵", "手順どおりに行われていない", "2人で口座を確かめる", "違う口座に振り込"]
    assert [words for words in [*names, *weak] if words in said] == []


def test_the_report_says_policy_scope_result_and_opinion_in_this_order_in_pdf_and_word(cast: Cast) -> None:
    year = issued(cast)
    paper = papers.report_paper(year, queries.report_facts(year))
    heads = [block.text for block in paper.blocks if type(block).__name__ == "Heading" and block.level == 1]
    assert [head[0] for head in heads] == ["1", "2", "3", "4"]
    assert pdf_bytes(paper).startswith(b"%PDF")
    assert word_bytes(paper).startswith(b"PK")


def test_the_board_takes_the_same_queries_however_many_controls_there_are(cast: Cast) -> None:
    kept.control(cast)
    year = kept.year(cast)
    assert_constant_queries(
        lambda: queries.board(cast.takahashi, year, on=today()),
        lambda: [kept.deficiency(cast) for _ in range(4)],
    )


def test_the_database_counts_an_answer_as_its_rule_does(cast: Cast) -> None:
    control, said = kept.control(cast), (None, True, False)
    row = SelfCheck.objects.create(year=kept.year(cast), control=control, department=cast.zeimu)
    for designed, operated, not_used in product(said, said, ("", "契約がない")):
        row.designed, row.operated, row.not_used = designed, operated if designed else None, not_used
        row.save()
        assert SelfCheck.objects.filter(COMPLETE).exists() == row.answer.complete
        assert SelfCheck.objects.filter(FINDING).exists() == (row.answer.finding is not None)


def test_the_pages_of_a_year_take_the_same_queries_however_large_the_government_is(
    cast: Cast, page: Page
) -> None:
    sample = kept.sample(cast)
    year = sample.year

    def look() -> None:
        for name, args in (
            ("index", []),
            ("year", [year.pk]),
            ("samples", [year.pk]),
            ("self_check", [year.pk, cast.zeimu.pk]),
            ("incidents", []),
        ):
            page.get(reverse(f"controls:{name}", args=args), as_=cast.sato)

    def grow() -> None:
        for n in range(3):
            control = kept.control(cast, text=f"確かめる{n}")
            SampleCheck.objects.create(year=year, control=control, department=cast.zeimu)
            kept.asked(cast)

    assert_constant_queries(look, grow)
