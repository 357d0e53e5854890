"""What each role of みほん県 does in a year, as steps on real pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from playwright.sync_api import Locator, expect

from tests.browser.people import Person

Texts = Mapping[str, str]


class Clerk(Person):
    """担当: has one sheet to fill in."""

    def opens_what_waits(self, title: str) -> None:
        self.goes_home()
        self.follows(re.compile(f"^{re.escape(title)}"))

    def figure(self, indicator: str) -> Locator:
        """The box of an indicator on the page on which a sheet is filled in."""
        return self.page.locator(".figure-card").filter(
            has=self.tab.get_by_role("heading", name=indicator, exact=True)
        )

    def fills_in(self, figures: Texts, texts: Texts) -> None:
        """Values by indicator, texts by their label; saved as a draft."""
        self.follows("記入する")
        for indicator, value in figures.items():
            self.figure(indicator).get_by_label("実績値").fill(value)
        self.fills(texts)
        self.presses("保存する")

    def corrects(self, indicator: str, value: str) -> None:
        self.follows("記入する")
        self.figure(indicator).get_by_label("実績値").fill(value)
        self.presses("保存する")

    def goes_on_to_submit(self) -> None:
        self.presses("保存して提出へ進む")

    def submits(self, reason: str = "") -> None:
        """With one reason for whatever a check asks about."""
        for box in self.page.get_by_label(re.compile("^理由")).all():
            box.fill(reason)
        self.presses("提出する")

    def answers_opinion(self, of: str, stance: str, text: str) -> None:
        self.goes_home()
        self.follows(re.compile(f"^{re.escape(of)}"))
        self.checks(stance)
        self.fills({"対応方針": text})
        self.presses("回答する")

    def says_where_it_was_reflected(self, meeting: str, item: str, line: str) -> None:
        """The answer given before leads to the line of the next edition that it became."""
        self.follows_place("点検・見直し")
        self.follows("会議")
        self.follows(meeting)
        self.opens_item(item)
        self.follows(re.compile("^回答を改める"))
        self.chooses("反映した箇所", line)
        self.presses("回答する")


class Approver(Person):
    """所属長 and 部局長: let sheets pass, many at once, or send one back."""

    def opens_approvals(self) -> None:
        self.follows_place("報告")
        self.follows("確認待ちの調書をまとめて見る")

    def card(self, section: str) -> Locator:
        return self.page.locator(".sheet-card").filter(
            has=self.tab.get_by_role("heading", name=section, exact=True)
        )

    def sends_back(self, section: str, reason: str) -> None:
        self.follows(re.compile("^差し戻す"), within=self.card(section))
        self.fills({"理由": reason})
        self.presses("差し戻す")

    def approves_all(self) -> None:
        """A page of them after another."""
        while boxes := self.page.locator(".sheet-card input[type=checkbox]").all():
            for box in boxes:
                box.check()
            self.presses("選んだ調書をまとめて進める")


class Office(Approver, Clerk):
    """事務局: runs the year."""

    def prepares_the_round(self, edition: str, kind: str, year: str) -> None:
        """Up to the page that says what sending it out would do."""
        self.follows_place("報告")
        self.follows("照会を始める")
        self.chooses("版", f"みほん県行財政改革プラン {edition}")
        self.checks(kind)
        self.fills({"報告する年度": year})
        self.presses("宛先を確かめる")

    def sees_tile(self, label: str, value: str) -> None:
        expect(self.page.locator(".stat").filter(has_text=label)).to_contain_text(value)

    def sends_the_round_out(self, title: str, message: str) -> None:
        self.fills({"名称": title, "依頼文": message})
        self.presses("照会を始める")

    def writes_an_address(self, name: str, address: str) -> None:
        """An e-mail address for somebody who has none."""
        self.follows_place("組織と利用者")
        self.follows(re.compile("^利用者"))
        self.page.get_by_role("searchbox").first.fill(name)
        self.presses("表示する")
        self.follows(name)
        self.follows(re.compile("改める|変更する"))
        self.fills({"メールアドレス": address})
        self.presses("保存する")

    def calls_a_meeting(
        self, edition: str, kind: str, title: str, held: date, due: date | None = None
    ) -> None:
        """Registered; next comes its agenda."""
        self.follows_place("点検・見直し")
        self.follows("会議")
        self.follows(re.compile("^会議を登録する"))
        self.checks(kind)
        self.fills({"名称": title, "開催日": held.isoformat()})
        if due is not None:
            self.fills({"意見の締切": due.isoformat()})
        self.presses("登録して議題を選ぶ")

    def puts_on_the_agenda(self, *names: str) -> None:
        for name in names:
            self.page.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)}")).check()
        self.presses("議題を決める")

    def records_a_decision(self, item: str, *, discussion: str, decision: str, review_by: date) -> None:
        self.follows(re.compile(f"^決定を記録する\\s*：{re.escape(item)}"))
        self.fills(
            {"議論の要旨": discussion, "決定したこと": decision, "見直しの期限": review_by.isoformat()}
        )
        self.presses("記録する")

    def opens_the_edition(self, title: str) -> None:
        self.follows_place("プラン")
        self.follows(re.compile("^版の一覧"))
        self.follows(title)

    def publishes(self, edition: str, reason: str = "") -> None:
        """From the edition to the page of its publication; `reason` explains what has changed."""
        self.opens_the_edition(edition)
        self.follows("公表する")
        self.fills({"問い合わせ先": "総務部行政改革課"})
        for asked in self.page.get_by_label(re.compile("を変えた理由")).all():
            asked.fill(reason)
        self.presses("内容を固定する")
        self.presses("印刷して公表する")

    def drafts_the_next_edition(self, edition: str, title: str, *, first: str, last: str) -> None:
        self.opens_the_edition(edition)
        self.unfolds("この版を直す・次の版を作る")
        self.follows("次の版を作成する（加除修正）")
        self.fills({"版の名称": title, "期間の始まり": first, "期間の終わり": last})
        self.presses("案を作成する")

    def adds_to_the_plan(self, section: str, text: str, *, year: str) -> None:
        self.follows(section)
        self.unfolds("この見出しに加える・直す")
        self.follows(re.compile("^項目を追加する"))
        self.fills({"本文": text, "年度": year})
        self.chooses("種類", "計画")
        self.presses("保存する")

    def comes_into_force(self) -> None:
        self.unfolds("この版を直す・次の版を作る")
        self.presses("「実施中」にする")

    def explains_the_change(self, part: str, reason: str, *, because_of: str) -> None:
        """With its reason, and what led to it: an opinion, an observation or a decision."""
        self.follows(re.compile("^前の版との比較"))
        self.follows(re.compile("^理由を書く"), within=self.row(part))
        self.fills({"理由": reason})
        self.page.get_by_role("checkbox", name=because_of).check()
        self.presses("保存する")

    def corrects_an_actual(self, indicator: str, year: str, value: str, reason: str) -> None:
        self.follows(indicator)
        self.follows(re.compile(f"^訂正.*実績値 {year}"))
        self.fills({"値": value, "訂正の理由": reason})
        self.presses("訂正する")


class Member(Person):
    """委員: reads what is opened, and writes."""

    def writes_an_opinion(self, item: str, text: str) -> None:
        self.follows(re.compile(f"^意見を書く\\s*：{re.escape(item)}"))
        self.fills({"意見": text})
        self.presses("意見を提出する")


class Reader(Person):
    """Anybody, not signed in: the public site is another frame."""

    @property
    def page(self) -> Locator:
        return self.tab.locator("body")
