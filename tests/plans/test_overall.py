"""Overall ratings of sections: by the policy chosen, settled by people, shown wherever the plan is shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.core.ratings import SCHEMES
from kaikaku.core.rollup import Basis, Method, Policy
from kaikaku.plans import queries, services
from kaikaku.plans.entries import EditionFields, FigureFields, IndicatorFields, SectionFields
from kaikaku.plans.models import Edition, Figure, Indicator, OverallRating, Section
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page

pytestmark = pytest.mark.django_db
MEETING = "第2回本部会議"


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """令和7年度: a pillar with a section whose output is reached and whose outcome is far off."""
    by = cast.takahashi
    plan = services.create_plan(
        organisation=cast.sakura, name="さくら改革プラン", level_names=("柱", "取組"), by=by
    )
    fields = EditionFields("令和7年度版", 2025)
    made = services.create_edition(plan=plan, fields=fields, by=by)
    services.change_scheme(edition=made, scheme=SCHEMES["iwate"], valid_from=date(2025, 4, 1), by=by)
    pillar = services.add_section(edition=made, fields=SectionFields("県民の利便", "1"), by=by)
    section = services.add_section(
        edition=made, parent=pillar, fields=SectionFields("納税の電子化", owner=cast.zeimu), by=by
    )
    services.add_section(edition=made, parent=pillar, fields=SectionFields("窓口の改善"), by=by)
    add(cast, section, "案内の発送件数", "output", "100件", "120件")
    add(cast, section, "電子納税率", "outcome", "60%", "15%")
    return Edition.objects.select_related("plan__organisation", "scheme").get(pk=made.pk)


def add(cast: Cast, section: Section, name: str, kind: str, target: str, actual: str) -> Indicator:
    made = services.add_indicator(
        edition=section.edition,
        section=section,
        fields=IndicatorFields(name, unit="%" if "%" in target else "件", direction="up", kind=kind),
        by=cast.takahashi,
    )
    for role, text in (("target", target), ("actual", actual)):
        fields = FigureFields(role, text, 2025)
        services.set_figure(indicator=made, fields=fields, by=cast.takahashi)
    return made


def choose(cast: Cast, edition: Edition, policy: Policy | None = None, reason: str = "") -> Edition:
    chosen = policy or Policy(Method.GRADE_POINTS)
    return services.choose_overall_policy(edition=edition, policy=chosen, reason=reason, by=cast.takahashi)


def section(edition: Edition, title: str = "納税の電子化") -> Section:
    return edition.sections.select_related("edition__plan__organisation").get(title=title)


def settle(cast: Cast, edition: Edition, level: str, reason: str = "") -> OverallRating:
    return services.settle_overall(
        section=section(edition), level=level, reason=reason, decider=MEETING, by=cast.takahashi
    )


def standing(edition: Edition, title: str = "納税の電子化") -> Any:
    edition.refresh_from_db()
    return queries.rows_of(edition).overall[section(edition, title).pk]


def correct(cast: Cast, name: str, text: str) -> None:
    figure = Figure.objects.get(indicator__name=name, role="actual", is_current=True)
    services.correct_figure(
        figure=figure, fields=FigureFields("actual", text, 2025), reason="集計の誤り", by=cast.takahashi
    )


# By rule


def test_without_a_policy_nothing_is_rated(edition: Edition) -> None:
    assert queries.rows_of(edition).overall == {}


def test_outputs_and_outcomes_are_rated_apart_and_the_lower_decides(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    one = standing(edition)
    assert (one.part("output"), one.part("outcome"), one.label) == ("順調", "遅れ", "遅れ")
    assert not one.is_final


def test_a_pillar_is_rated_by_all_indicators_below_it(cast: Cast, edition: Edition) -> None:
    other = section(edition, "窓口の改善")
    add(cast, other, "待ち時間が10分以下の割合", "outcome", "80%", "80%")
    choose(cast, edition)
    pillar = standing(edition, "県民の利便").automatic.parts[0]
    assert (pillar.kind, pillar.working) == ("outcome", "（4点×1＋1点×1）÷ 2 ＝ 2.50点")
    assert standing(edition, "窓口の改善").label == "順調"


def test_a_section_without_indicators_has_no_rating(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    edition.refresh_from_db()
    assert section(edition, "窓口の改善").pk not in queries.rows_of(edition).overall


def test_a_listing_elsewhere_counts_once(cast: Cast, edition: Edition) -> None:
    other = section(edition, "窓口の改善")
    services.set_cross_listing(
        indicator=edition.indicators.get(name="電子納税率"), sections=[other], by=cast.takahashi
    )
    choose(cast, edition)
    edition.refresh_from_db()
    assert other.pk not in queries.rows_of(edition).overall


def test_half_of_the_figures_must_be_there(cast: Cast, edition: Edition) -> None:
    place = section(edition, "窓口の改善")
    for number, actual in enumerate(("90%", "集計中", "集計中")):
        add(cast, place, f"満足度{number}", "outcome", "80%", actual)
    choose(cast, edition)
    assert standing(edition, "窓口の改善").label == "判定保留"


def test_weights_reach_the_mean(cast: Cast, edition: Edition) -> None:
    place = section(edition, "窓口の改善")
    add(cast, place, "受付件数", "outcome", "100件", "100件")
    heavy = add(cast, place, "満足度", "outcome", "80%", "40%")
    Indicator.objects.filter(pk=heavy.pk).update(weight=Decimal(3))
    choose(cast, edition, Policy(Method.MEAN_RATE))
    assert standing(edition, "窓口の改善").automatic.parts[0].score == Decimal("62.5")


# The policy


def test_a_policy_needs_the_grades_of_indicators(cast: Cast, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(scheme=None)
    with pytest.raises(RuleViolation, match="先に「評価の決まり」を選んで"):
        choose(cast, edition)


def test_changing_the_policy_needs_a_reason(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    with pytest.raises(RuleViolation, match="変更する理由"):
        choose(cast, edition, Policy(Method.SHARE))
    choose(cast, edition, Policy(Method.SHARE, basis=Basis.OUTCOME), reason="要綱の改正")
    assert Entry.objects.filter(action="plans.edition.overall_policy_set", note="要綱の改正").exists()


def test_the_policy_goes_with_the_next_edition(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    edition.refresh_from_db()
    following = services.draft_next_edition(
        edition=edition, fields=EditionFields("令和8年度版", 2026), by=cast.takahashi
    )
    assert queries.policy_of(following) == Policy(Method.GRADE_POINTS)


# What people settle


def test_people_may_settle_what_the_rule_gives_without_a_reason(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    settle(cast, edition, "遅れ")
    one = standing(edition)
    assert (one.is_final, one.differs, one.settled.decider) == (True, False, MEETING)


def test_people_settle_otherwise_only_with_a_reason(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    with pytest.raises(RuleViolation, match="自動判定は「遅れ」です"):
        settle(cast, edition, "やや遅れ")
    settle(cast, edition, "やや遅れ", "1月に始めた口座振替が数値に表れていないため。")
    one = standing(edition)
    assert (one.label, one.differs, one.automatic.label) == ("やや遅れ", True, "遅れ")


def test_a_rating_may_be_held_by_people(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    settle(cast, edition, "", "確定値を待つ。")
    assert standing(edition).label == "判定保留"


def test_a_later_decision_supersedes_and_the_earlier_stays(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    first = settle(cast, edition, "遅れ")
    second = settle(cast, edition, "やや遅れ", "追加の資料による。")
    assert second.supersedes == first
    assert [r.level for r in queries.overall_history(section(edition))] == ["やや遅れ", "遅れ"]
    assert standing(edition).label == "やや遅れ"


def test_when_figures_change_what_was_settled_stays_and_is_marked(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    settle(cast, edition, "遅れ")
    correct(cast, "電子納税率", "58%")
    one = standing(edition)
    assert (one.label, one.automatic.label, one.is_outdated) == ("遅れ", "概ね順調", True)


def test_the_rest_is_settled_as_rated(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    settle(cast, edition, "やや遅れ", "追加の資料による。")
    made = services.settle_as_rated(edition=edition, decider=MEETING, by=cast.takahashi)
    assert [str(row.section) for row in made] == ["1 県民の利便"]
    with pytest.raises(RuleViolation, match="まだ決めていない総合評価はありません"):
        services.settle_as_rated(edition=edition, decider=MEETING, by=cast.takahashi)


def test_a_locked_edition_is_not_rated_anew(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    services.lock_edition(edition=edition, by=cast.takahashi)
    with pytest.raises(RuleViolation, match="確定済みのため変更できません"):
        settle(cast, edition, "遅れ")


def test_an_unknown_level_is_refused(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    with pytest.raises(RuleViolation, match="一覧から選んで"):
        settle(cast, edition, "絶好調", "理由")


# What a publication freezes


def test_the_dataset_carries_the_rating_with_its_reason(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    settle(cast, edition, "やや遅れ", "追加の資料による。")
    edition.refresh_from_db()
    parts = queries.dataset_parts(edition)
    [one] = [s.overall for s in parts.sections if s.title == "納税の電子化"]
    assert one is not None
    assert (one.label, one.automatic, one.reason, one.decider) == (
        "やや遅れ",
        "遅れ",
        "追加の資料による。",
        MEETING,
    )
    assert (one.outcome, one.output, one.is_final) == ("遅れ", "順調", True)
    assert "活動と成果は合わせて平均せず" in parts.overall_rule


# Pages


def test_the_table_shows_both_ratings_and_the_reason(cast: Cast, page: Page, edition: Edition) -> None:
    choose(cast, edition)
    settle(cast, edition, "やや遅れ", "追加の資料による。")
    page.sign_in(cast.sato)
    shown = page.get(reverse("plans:overall", args=[edition.pk])).words
    for words in ("やや遅れ", "遅れ", "追加の資料による。", MEETING, "（4点×1）÷ 1 ＝ 4.00点"):
        assert words in shown
    assert "決め直す" not in shown


def test_the_office_chooses_the_policy_and_sees_what_each_method_gives(
    cast: Cast, page: Page, edition: Edition
) -> None:
    page.sign_in(cast.takahashi)
    address = reverse("plans:overall_policy", args=[edition.pk])
    assert "方法ごとの判定" in page.get(address).words
    levels = {
        f"level{n}_{part}": value
        for n, row in enumerate((("順調", "3.5", "1"), ("やや遅れ", "1.5", "3"), ("遅れ", "", "4")))
        for part, value in zip(("label", "lower", "slot"), row, strict=True)
    }
    rest = {f"level{n}_slot": "4" for n in (3, 4)}
    page.post(
        address,
        {"method": "grade_points", "basis": "lower", "coverage": "50", "worst_cap": "on", **levels, **rest},
    )
    edition.refresh_from_db()
    chosen = queries.policy_of(edition)
    assert chosen is not None
    assert [level.label for level in chosen.levels] == ["順調", "やや遅れ", "遅れ"]
    assert chosen.worst_cap


def test_the_office_settles_on_the_page_of_the_section(cast: Cast, page: Page, edition: Edition) -> None:
    choose(cast, edition)
    page.sign_in(cast.takahashi)
    address = reverse("plans:settle_overall", args=[section(edition).pk])
    refused = page.post(address, {"level": "順調", "reason": "", "decider": MEETING}, status=400)
    assert "「順調」とする理由を入力してください" in refused.words
    page.post(address, {"level": "順調", "reason": "成果は次年度に表れる。", "decider": MEETING})
    assert standing(edition).label == "順調"
    assert "成果は次年度に表れる。" in page.get(reverse("plans:overall", args=[edition.pk])).words


def test_the_edition_shows_the_rating_in_its_tree(cast: Cast, page: Page, edition: Edition) -> None:
    choose(cast, edition)
    page.sign_in(cast.sato)
    shown = page.get(reverse("plans:edition", args=[edition.pk])).words
    assert "総合評価" in shown
    assert "（自動判定）" in shown


def test_the_table_comes_as_csv(cast: Cast, client: Client, edition: Edition) -> None:
    choose(cast, edition)
    client.force_login(cast.sato)
    data = client.get(reverse("plans:overall", args=[edition.pk]), {"format": "csv"}).content.decode(
        "utf-8-sig"
    )
    assert "納税の電子化" in data
    assert "自動判定の計算" in data


def test_the_table_takes_as_many_queries_for_many_sections_as_for_one(cast: Cast, edition: Edition) -> None:
    choose(cast, edition)
    edition.refresh_from_db()

    def more() -> None:
        for number in range(6):
            made = services.add_section(
                edition=edition, fields=SectionFields(f"取組{number}"), by=cast.takahashi
            )
            add(cast, made, f"件数{number}", "output", "10件", "9件")

    assert_constant_queries(lambda: queries.overall_rows(queries.rows_of(edition)), more)
