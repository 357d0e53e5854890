"""みほん県 lives a whole year: from the round to the erratum, each step by the person whose step it is.

The scenes are one life, told in order: what was done in one stands in the next, and after one that failed the
others are not told. 税務課 reports on the stage; the twenty other sections do the same off it, through the
services that their pages call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from kaikaku.core.workflow import State
from kaikaku.org.queries import today
from kaikaku.reporting.models import Round, Sheet
from tests.browser.conftest import Office as Place
from tests.browser.life import (
    EDITION,
    PAID,
    ROUND,
    SHEET,
    UNPAID,
    Life,
    begin,
    the_other_sections_report,
    told_in_order,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEXT = "令和8年度の取組状況"
SLIP, MEANT = "3.03億円", "30.3億円"
HEADQUARTERS, COMMITTEE = "第1回推進本部会議", "第1回推進委員会"
OPINION = "納付が遅れる前に相談できる窓口を、商工団体と設けてはどうか。"
ANSWER = "商工団体と相談の窓口を設けることを、次の版の計画に書きます。"
PLANNED = "商工団体と、納付の相談の窓口を設けます。"


@pytest.fixture(scope="module")
def life(office: Place) -> Life:
    """みほん県 at the end of 令和7年度: its plan, its people, and nobody has reported yet."""
    return begin(office)


@pytest.fixture(autouse=True)
def _in_order(life: Life, request: pytest.FixtureRequest) -> Iterator[None]:
    yield from told_in_order(life, request)


# --- spring: the round ----------------------------------------------------------------------------------


def test_the_office_is_told_what_opening_the_round_would_do(life: Life) -> None:
    life.office.prepares_the_round(EDITION, "年度の実績照会", "令和7年度")
    life.office.sees_tile("宛先の所属", "21")
    life.office.sees_tile("尋ねる指標", "57")
    life.office.sees_tile("所管のない取組・指標", "0")


def test_the_office_opens_the_round_and_sees_who_is_where(life: Life) -> None:
    life.office.sends_the_round_out(ROUND, "実績を、進捗管理調書に記入してください。")
    life.office.sees_heading(ROUND)
    life.office.sees("21件のうち0件")
    expect(life.office.row("税務課")).to_contain_text("日超過")
    assert Sheet.objects.filter(state=State.REQUESTED).count() == 21


def test_the_office_reminds_those_who_are_late(life: Life) -> None:
    round_page = life.office.tab.url
    life.office.writes_an_address("林 担当", "hayashi@mihon.example")
    life.office.opens(round_page)
    mail.outbox.clear()
    life.office.presses(re.compile("^遅れている21所属に催促する"))
    [letter] = mail.outbox
    assert letter.to == ["hayashi@mihon.example"]
    assert SHEET in letter.body
    life.office.sees("催促：")


def test_the_clerk_finds_the_sheet_among_what_waits(life: Life) -> None:
    life.clerk.opens_what_waits(SHEET)
    life.clerk.sees_heading("税務課の進捗管理調書")
    life.clerk.sees("収入未済の大口案件を重点的に整理します。")


def test_the_clerk_fills_in_and_is_asked_about_a_slip_of_a_digit(life: Life) -> None:
    life.clerk.fills_in(
        {PAID: "98.99%", UNPAID: SLIP},
        {
            "今年度に行ったこと": "全ての税目でオンラインの納付を始めた。",
            "課題": "大口の案件の納付が進まなかった。",
            "翌年度の計画": "大口の案件を専門の班に集める。",
        },
    )
    expect(life.clerk.figure(PAID)).to_contain_text("97.5%")
    expect(life.clerk.figure(UNPAID)).to_contain_text("約9.7分の1")
    life.clerk.sees("理由を書くもの")


def test_the_clerk_gives_a_thin_reason_and_submits(life: Life) -> None:
    life.clerk.goes_on_to_submit()
    life.clerk.submits("確認しました。")
    life.clerk.sees("提出済み")
    life.clerk.goes_home()
    life.clerk.sees("次：所属長の確認")


def test_the_chief_reads_the_reason_and_sends_the_sheet_back(life: Life) -> None:
    life.chief.opens_approvals()
    expect(life.chief.card("税務課")).to_contain_text("約9.7分の1")
    expect(life.chief.card("税務課")).to_contain_text("理由：確認しました。")
    life.chief.sends_back("税務課", "30.3億円の誤りではありませんか。集計表を確かめてください。")
    life.chief.goes_home()
    life.chief.sees("いま待っている仕事はありません")


def test_the_clerk_reads_why_corrects_and_submits_again(life: Life) -> None:
    life.clerk.opens_what_waits(SHEET)
    life.clerk.sees("原 所属長さんから差し戻されました")
    life.clerk.sees("30.3億円の誤りではありませんか。")
    life.clerk.corrects(UNPAID, MEANT)
    expect(life.clerk.figure(UNPAID)).to_contain_text("△29.7%")


def test_a_grade_d_wants_what_will_be_done_about_it(life: Life) -> None:
    life.clerk.goes_on_to_submit()
    life.clerk.is_refused("提出する")
    life.clerk.sees("理由（遅れの要因と対応）を入力してください。")
    life.clerk.follows("記入に戻る")
    life.clerk.fills({"今後の対応": "大口の案件について、財産の調査を進める。"})
    life.clerk.goes_on_to_submit()
    life.clerk.submits()
    life.clerk.sees("提出済み")


def test_the_chief_sees_what_changed_and_confirms(life: Life) -> None:
    life.chief.opens_approvals()
    expect(life.chief.card("税務課")).to_contain_text("からの変更")
    life.chief.approves_all()
    assert Sheet.objects.get(department__name="税務課").state == State.CHIEF_CONFIRMED


def test_the_director_bundles_the_division_at_once(life: Life) -> None:
    the_other_sections_report(but="税務課", fill=True)
    life.director.opens_approvals()
    life.director.sees("7件の調書が、あなたの手続を待っています。")
    life.director.approves_all()
    life.director.sees("確認を待っている調書はありません")


def test_the_office_accepts_all_and_the_plan_has_its_year(life: Life) -> None:
    life.office.opens_approvals()
    life.office.sees("21件の調書が、あなたの手続を待っています。")
    life.office.approves_all()
    life.office.opens_the_edition(EDITION)
    expect(life.office.row("全体")).to_contain_text("37.5%")
    expect(life.office.row(UNPAID)).to_contain_text("30.3億円")
    life.office.opens(f"/reports/rounds/{Round.objects.get().pk}/")
    life.office.sees("21件のうち21件")


def test_the_office_closes_the_round(life: Life) -> None:
    life.office.unfolds("この照会を直す")
    life.office.follows("照会を締め切る")
    life.office.presses("締め切る")
    life.office.sees_heading(ROUND)
    life.office.sees("締切済み")


# --- summer: headquarters, publication, committee -------------------------------------------------------


def test_the_headquarters_meets_and_its_decision_is_kept(life: Life) -> None:
    life.office.calls_a_meeting(EDITION, "本部会議", HEADQUARTERS, held=today())
    life.office.puts_on_the_agenda(UNPAID, "採用試験の充足率")
    life.office.sees(f"議題2　{UNPAID}")
    life.office.records_a_decision(
        UNPAID,
        discussion="大口の案件が残っている。",
        decision="大口の案件を専門の班に集める。",
        review_by=today() + timedelta(days=90),
    )
    life.office.sees("大口の案件を専門の班に集める。")


def test_concluding_the_meeting_fixes_its_paper_and_reports_the_sheets(life: Life) -> None:
    # a decision leads back to the meeting
    life.office.sees_heading(HEADQUARTERS)
    life.office.unfolds("この会議を進める")
    life.office.presses(re.compile("^資料を確定する"))
    life.office.sees_heading(HEADQUARTERS)
    assert set(Sheet.objects.values_list("state", flat=True)) == {State.REPORTED}
    life.clerk.opens(f"/reports/sheets/{Sheet.objects.get(department__name='税務課').pk}/")
    life.clerk.sees("本部会議報告済み")


def test_the_governor_has_it_on_one_page(life: Life) -> None:
    life.director.goes_home()
    life.director.follows("全体の状況")
    life.director.follows("知事説明用の1枚を開く")
    life.director.sees("決めていただくこと")
    life.director.sees("採用試験の充足率")


def test_the_office_publishes_and_anybody_reads_it(life: Life) -> None:
    life.office.publishes(EDITION)
    life.office.sees_heading("第1回公表")
    life.kept["site"] = (
        life.office.page.get_by_role("link", name="公開サイトを見る").get_attribute("href") or ""
    )
    life.reader.opens(life.kept["site"])
    life.reader.follows("指標の一覧")
    life.reader.follows(UNPAID)
    life.reader.sees("30.3億円")
    life.reader.sees("△29.7%")
    assert set(Sheet.objects.values_list("state", flat=True)) == {State.PUBLISHED}


def test_the_office_asks_the_committee_for_its_opinions(life: Life) -> None:
    held = today() + timedelta(days=20)
    life.office.calls_a_meeting(EDITION, "推進委員会", COMMITTEE, held=held, due=held - timedelta(days=7))
    life.office.puts_on_the_agenda(UNPAID)
    life.office.unfolds("この会議を進める")
    life.office.presses("資料を委員に公開する")
    life.office.sees("委員に公開中")


def test_the_member_writes_an_opinion(life: Life) -> None:
    life.member.goes_home()
    life.member.follows(COMMITTEE)
    life.member.writes_an_opinion(UNPAID, OPINION)
    life.member.sees(OPINION)


def test_the_section_in_charge_answers_and_the_member_sees_it(life: Life) -> None:
    life.clerk.answers_opinion(UNPAID, "反映する", ANSWER)
    life.member.goes_home()
    life.member.follows_place("点検・見直し")
    life.member.follows(COMMITTEE)
    life.member.opens_item(UNPAID)
    life.member.sees(ANSWER)


# --- winter: the next edition ---------------------------------------------------------------------------


def test_the_office_drafts_the_next_edition_from_the_last(life: Life) -> None:
    life.office.drafts_the_next_edition(EDITION, NEXT, first="令和3年度", last="令和10年度")
    life.office.sees_heading(NEXT)
    life.office.sees("指標57")


def test_a_change_wants_its_reason_before_the_draft_is_decided(life: Life) -> None:
    life.office.adds_to_the_plan("歳入の確保", PLANNED, year="令和8年度")
    life.office.opens_the_edition(NEXT)
    life.office.comes_into_force()
    life.office.sees("前の版から変えた理由が")


def test_the_change_is_explained_and_the_opinion_leads_to_it(life: Life) -> None:
    life.office.opens_the_edition(NEXT)
    said = f"「{UNPAID}」への意見（{COMMITTEE}）"
    life.office.explains_the_change("歳入の確保", "窓口を設けるため", because_of=said)
    expect(life.office.row("歳入の確保")).to_contain_text("窓口を設けるため")
    expect(life.office.row("歳入の確保")).to_contain_text(said)
    expect(life.office.row("歳入の確保").locator("ins").first).to_contain_text(PLANNED)
    life.clerk.says_where_it_was_reflected(COMMITTEE, UNPAID, "1 歳入の確保")
    life.office.opens(f"/reviews/editions/{life.edition}/follow-up/")
    reflected = life.office.row(OPINION)
    expect(reflected).to_contain_text("反映する")
    expect(reflected).to_contain_text(f"1 歳入の確保{NEXT}")


def test_the_next_edition_comes_into_force_and_is_published(life: Life) -> None:
    life.office.opens_the_edition(NEXT)
    life.office.comes_into_force()
    life.office.sees("実施中")
    life.office.publishes(NEXT)
    life.office.sees_heading(NEXT)
    site = life.office.page.get_by_role("link", name="公開サイトを見る").get_attribute("href") or ""
    life.reader.opens(site)
    life.reader.sees(NEXT)


def test_the_life_of_an_indicator_goes_on_in_the_next_edition(life: Life) -> None:
    life.office.opens_the_edition(NEXT)
    life.office.follows(UNPAID)
    life.office.follows("これまでの経過")
    life.office.sees(EDITION)
    life.office.sees(NEXT)


# --- and an error is found ------------------------------------------------------------------------------


def test_an_error_is_corrected_by_an_erratum_that_everybody_sees(life: Life) -> None:
    why = "調定の集計に漏れがあったため"
    life.office.opens_the_edition(EDITION)
    life.office.corrects_an_actual(UNPAID, "令和7年度", "30.4億円", why)
    life.office.publishes(EDITION, why)
    life.office.sees_heading("第2回公表")
    life.reader.opens(f"{life.kept['site']}errata.html")
    line = life.reader.row("令和7年度実績値")
    expect(line.locator("del")).to_have_text("30.3億円")
    expect(line.locator("ins")).to_have_text("30.4億円")
    expect(line).to_contain_text(why)


def test_the_section_sees_the_erratum_on_its_sheet(life: Life) -> None:
    life.clerk.opens(f"/reports/sheets/{Sheet.objects.get(department__name='税務課').pk}/")
    life.clerk.sees("調定の集計に漏れがあったため")
