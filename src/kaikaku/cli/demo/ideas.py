"""Ideas in the demo: the living campaign of みほん県; that of Yamaguchi stands in `ideas_yamaguchi`."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps

from kaikaku.cli.demo.parts import indicators_of, sections_of
from kaikaku.org import queries as org

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.cli.demo.next_edition import Editions
    from kaikaku.ideas.entries import TriageFields
    from kaikaku.ideas.models import Campaign, Idea, Realisation
    from kaikaku.org.models import Department, User

TABLE = Path(__file__).resolve().parents[2] / "samples" / "mihon_ideas.tsv"
# how long before the demo's day
# days before the demo's; a campaign is closed three days after its last, so on a later workday
ANNOUNCED, OPENED, CLOSED = 48, 47, 22
SORTED, BEGUN, DONE, TOLD, OFFERED, ISSUED = 15, 10, 6, 5, 4, 2

TITLES = {"主事・技師": "主事", "主任・主査": "主査", "係長・班長": "係長", "課長補佐": "課長補佐"}
NEEDS = {5: "coordination", 11: "rules", 16: "bpr", 17: "rules", 21: "rules", 24: "coordination"}
NEEDS |= {25: "coordination", 30: "coordination"}
OWNERS = {22: "環境課", 33: "地域振興課", 34: "企業立地課"}
BUDGETS = {
    3: "estimate",
    14: "estimate",
    19: "estimate",
    31: "estimate",
    9: "none",
    27: "request",
    29: "none",
}


@dataclass(frozen=True, slots=True)
class Made:
    """Something that became real: of which ideas, wholly or not, and where it stands on the list."""

    title: str
    category: str
    heading: str
    ideas: tuple[int, ...]
    section: str
    rest: str = ""
    again: str = ""
    indicator: str = ""


REALISED = (
    Made(
        "査定と部長協議の資料を画面で見る取扱い",
        "ペーパーレス",
        "会議・協議のペーパーレス化",
        (2, 4),
        "財政課",
        again="業務改善",
    ),
    Made(
        "納税通知書の同封物を1枚にする見直し",
        "ペーパーレス",
        "通知の同封物の見直し",
        (1,),
        "税務課",
        rest="自動車税以外の税目",
    ),
    Made("会議の案内と議事メモのひな型", "業務改善", "会議の進め方の見直し", (6, 7), "行政改革課"),
    Made(
        "生成AIの利用の手引き",
        "AI導入",
        "生成AIの活用",
        (8,),
        "デジタル推進課",
        rest="画像の作成",
        indicator="生成AIを月に1回以上使う職員の割合",
    ),
    Made(
        "出先の事務所との打合せのオンライン化",
        "環境改善（職務）",
        "出先との打合せのオンライン化",
        (12,),
        "土木総務課",
        rest="機器の足りない2つの事務所",
    ),
    Made(
        "在宅勤務の当日の申請",
        "環境改善（職務）",
        "在宅勤務の手続の見直し",
        (13,),
        "人事課",
        indicator="テレワークを利用した職員の割合",
    ),
    Made(
        "庁内の照会を回答フォームで集めるひな型",
        "使用ツール・ソフトの改善",
        "照会の方法の見直し",
        (15,),
        "行政改革課",
        rest="1,000件を超える照会",
    ),
    Made("補助金の申請の記入例の動画", "業務改善", "申請の記入例の動画", (18,), "雇用課"),
    Made("建築確認の相談の予約制", "その他", "相談の予約制", (20,), "建築住宅課"),
    Made("異動の引継書の項目と期限", "業務改善", "引継ぎの見直し", (23,), "人事課"),
    Made("研修の録画の公開", "その他", "研修の機会の拡大", (26,), "人事課"),
    Made("一年を通した軽装での勤務", "環境改善（職務）", "服装の自由化", (28,), "総務課"),
    Made(
        "備蓄品の期限の自動の通知",
        "使用ツール・ソフトの改善",
        "備蓄品の管理",
        (32,),
        "危機管理課",
        rest="危機管理課以外の台帳",
    ),
)
# 水平展開 of the first and the fifth: section, answer, reason
TAKEN_OVER = (
    (0, "企画課", "adopted", ""),
    (0, "農政課", "adopted", ""),
    (0, "土木総務課", "adapted", "図面だけは紙で配ります。"),
    (0, "会計課", "declined", "原本の確認が要る協議が多いため、仕組みの更新まで見合わせます。"),
    (0, "税務課", "offered", ""),
    (4, "農村整備課", "adopted", ""),
    (4, "健康課", "adapted", "月1回は会って打ち合わせます。"),
    (4, "水産課", "offered", ""),
)
EVALUATED = (
    (5, "tanto", "high", "high", "契約を1つにまとめれば、費用を各課で分けられます。"),
    (9, "shozokucho", "low", "high", "外部に出せない資料の扱いを先に決める必要があります。"),
    (11, "tanto", "middle", "high", "見られるものを予定表とチャットに限れば進められます。"),
    (11, "shozokucho", "", "", ""),
    (39, "tanto", "", "", ""),
)
CASES = {
    0: (
        "会議のたびに資料を印刷し、数字が変わると差し替えていました。",
        "資料は前の日までに電子で送り、その場では画面に映します。",
        "資料を電子で送る\n画面に映す担当を決める\n終わったら決定事項を書き込む",
        "印刷と差し替えがなくなりました。",
    ),
    2: (
        "決まったことが後から読み返せませんでした。",
        "案内に終わりの時刻と決めたいことを書き、メモの先頭に決定事項・宿題・期限を置きます。",
        "ひな型を開く\n決めたいことを書く\n終わったら3つを埋める",
        "会議の時間が短くなりました。",
    ),
    4: (
        "30分の打合せのために往復3時間かけていました。",
        "出先との打合せは原則としてオンラインとします。",
        "会う必要があるかを先に確かめる\n資料を前の日までに送る",
        "移動の時間と旅費が減りました。",
    ),
}


def installed() -> bool:
    """Whether this government asks for ideas."""
    return apps.is_installed("kaikaku.ideas")


def tell(editions: Editions, crew: Crew, story: Story, *, day: date) -> None:
    """The campaign of みほん県, from its announcement to the first casebook."""
    if not installed():
        return
    autumn = Autumn(editions, crew, day)
    for before, hour, scene in autumn.scenes():
        story.on(day - timedelta(days=before), scene, hour=hour)


@dataclass(slots=True)
class Autumn:
    """One campaign, told for the days before the demo's."""

    editions: Editions
    crew: Crew
    day: date
    rows: list[dict[str, str]] = field(default_factory=list)
    ideas: dict[int, Idea] = field(default_factory=dict)
    made: list[Realisation] = field(default_factory=list)
    _campaign: Campaign | None = None

    @property
    def campaign(self) -> Campaign:
        assert self._campaign is not None  # told before it was announced
        return self._campaign

    @property
    def office(self) -> User:
        return self.crew["jimukyoku"]

    def scenes(self) -> list[tuple[int, int, Callable[[], object]]]:
        """(days before, hour, what happens)."""
        with TABLE.open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file, delimiter="\t"))
        step = (OPENED - CLOSED) / len(self.rows)
        found: list[tuple[int, int, Callable[[], object]]] = [(ANNOUNCED, 9, self.announce)]
        for n, row in enumerate(self.rows):
            found.append((OPENED - 1 - int(n * step), 12, lambda row=row: self.send(row)))  # type: ignore[misc]
        return [
            *found,
            (CLOSED - 3, 9, self.close),
            (SORTED, 14, self.sort),
            (SORTED - 1, 10, self.evaluate),
            (BEGUN, 10, self.begin),
            (DONE, 10, self.realise),
            (TOLD, 16, self.answer),
            (OFFERED, 10, self.offer),
            (ISSUED, 15, self.issue),
        ]

    def _who(self, section: str, title: str) -> User:
        """The holder of a post of a section."""
        [department] = [
            d
            for d in org.departments_for(self.office).by_pk.values()
            if d.name == section and d.closed is None
        ]
        posts = org.posts_for(self.office, department)
        return next(h.user for post in posts if post.title == title for h in post.holdings.all())

    def _section(self, name: str) -> Department:
        rows = org.departments_for(self.office).by_pk.values()
        return next(one for one in rows if one.name == name and one.closed is None)

    def announce(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.axes import YAMAGUCHI
        from kaikaku.ideas.entries import CampaignFields, MilestoneFields

        fields = CampaignFields(
            title="令和8年度 働き方改革の提案募集",
            theme="10年後も働き続けたい県庁にするために、いま変えること",
            opens_on=self.day - timedelta(days=OPENED),
            closes_on=self.day - timedelta(days=CLOSED),
            rules="1件に1つの提案を書いてください。だれが提案したかは、検討する人に知らせません。",
            policy="すべての提案を検討します。\nできるものから今年度に実現し、準備の要るものは今年度に着手します。\n"
            "そのほかは、時期と予算を整理して来年度以降に実現をめざします。",
            list_note="提案の一部の実現を含みます。",
            axes=YAMAGUCHI,
            edition=self.editions.current,
        )
        campaign = services.plan_campaign(
            organisation=org.organisation_of(self.office), fields=fields, by=self.office
        )
        self._campaign = services.announce_campaign(campaign=campaign, by=self.office)
        for before, title in (
            (OPENED, "募集の開始"),
            (CLOSED, "募集の締切"),
            (DONE, "実現の第1弾を発表"),
            (-30, "知事と若手職員の意見交換"),
            (-90, "実践事例集の公表"),
        ):
            when = self.day - timedelta(days=before)
            services.add_milestone(
                campaign=campaign, fields=MilestoneFields(title, when, when), by=self.office
            )

    def send(self, row: Mapping[str, str]) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import IdeaFields

        values = {key: row[key] for key in ("digital", "category", "cost", "grade")}
        texts = {name: row[name] for name in ("title", "problem", "proposal", "effect")}
        fields = IdeaFields(**texts, values=values, may_publish=row["may_publish"] == "1")
        author = self._who(row["section"], TITLES[row["grade"]])
        draft = services.start_draft(campaign=self.campaign, fields=fields, by=author)
        number = int(row["number"])
        self.ideas[number] = services.send_idea(idea=draft, fields=fields, by=author)
        if row["may_publish"] == "1" and number % 3 == 1:
            for section in ("税務課", "健康課", "道路課", "人事課")[: 1 + number % 4]:
                reader = self._who(section, "係長")
                if reader != author:
                    services.like(idea=self.ideas[number], by=reader)

    def close(self) -> None:
        from kaikaku.ideas import services

        services.close_campaign(campaign=self.campaign, by=self.office)
        services.comment(
            idea=self.ideas[12], text="うちの事務所でも行いたいです。", by=self._who("農村整備課", "主査")
        )
        services.comment(
            idea=self.ideas[8], text="例文の集まりもあると助かります。", by=self._who("企画課", "主事")
        )

    def sort(self) -> None:
        """Themes, labels, tracks: each theme at once, as an office would."""
        from kaikaku.ideas import services
        from kaikaku.ideas.queries import labels_of

        themes: dict[str, list[Idea]] = defaultdict(list)
        tracks: dict[TriageFields, list[Idea]] = defaultdict(list)
        labels = {label.code: label for label in labels_of(self.campaign)}
        for row in self.rows:
            number = int(row["number"])
            idea = self.ideas[number]
            if row["theme"]:
                themes[row["theme"]].append(idea)
            if row["labels"]:
                services.label_ideas(ideas=[idea], add=[labels[row["labels"]]], by=self.office)
            fields = self._fields(number, row["fate"])
            if fields is not None:
                tracks[fields].append(idea)
        for title, ideas in themes.items():
            theme = services.make_theme(campaign=self.campaign, title=title, by=self.office)
            services.put_in_theme(ideas=ideas, theme=theme, by=self.office)
        for fields, ideas in tracks.items():
            services.decide(ideas=ideas, fields=fields, by=self.office)

    def _fields(self, number: int, fate: str) -> TriageFields | None:
        from kaikaku.ideas.entries import TriageFields

        if fate == "realised":
            return TriageFields("realise_now", reason="人も費用もかけずに、すぐできます。")
        if fate in ("start_now", "in_progress"):
            return TriageFields("start_now", need=NEEDS[number])
        if fate.startswith("later"):
            return TriageFields(fate, budget_step=BUDGETS[number])
        if fate == "delegated":
            return TriageFields("delegated", department=self._section(OWNERS[number]))
        return None

    def evaluate(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import EvaluationFields

        due = self.day + timedelta(days=7)
        for number, who, feasibility, benefit, text in EVALUATED:
            idea, person = self.ideas[number], self.crew[who]
            services.ask_evaluators(ideas=[idea], evaluators=[person], due=due, by=self.office)
            if feasibility:
                [asked] = [e for e in idea.evaluations.all() if e.evaluator == person]
                services.evaluate(
                    evaluation=asked, fields=EvaluationFields(feasibility, benefit, text), by=person
                )
        services.write_note(
            idea=self.ideas[11], text="情報の担当と話しました。試行の人数は20人まで。", by=self.office
        )

    def begin(self) -> None:
        from kaikaku.ideas import services

        begun = [self.ideas[int(row["number"])] for row in self.rows if row["fate"] == "in_progress"]
        services.start(ideas=begun, by=self.office)

    def realise(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import ListedFields, RealisationFields, TrailFields

        indicators = indicators_of(self.editions.current)
        sections = sections_of(self.editions.current)
        for one in REALISED:
            fields = RealisationFields(
                one.title, realised_on=org.today(), department=self._section(one.section)
            )
            made = services.record_realisation(campaign=self.campaign, fields=fields, by=self.office)
            self.made.append(made)
            services.fulfil(
                ideas=[self.ideas[number] for number in one.ideas],
                realisation=made,
                extent="partial" if one.rest else "full",
                rest=one.rest,
                by=self.office,
            )
            listed = ListedFields(one.category, one.heading)
            services.list_realisation(realisation=made, fields=listed, by=self.office)
            if one.indicator:
                trail = TrailFields(indicator=indicators[one.indicator])
                services.add_trail(realisation=made, fields=trail, by=self.office)
        again = ListedFields("業務改善", "会議の持ち方の改善", cross_listed=True)
        services.list_realisation(realisation=self.made[0], fields=again, by=self.office)
        if "業務プロセスの見直し" in sections:
            trail = TrailFields(section=sections["業務プロセスの見直し"])
            services.add_trail(realisation=self.made[6], fields=trail, by=self.office)

    def answer(self) -> None:
        from kaikaku.ideas import services

        for row in self.rows:
            idea = self.ideas[int(row["number"])]
            if row["fate"] == "declined":
                services.decline(ideas=[idea], reason=row["answer"], by=self.office)
            elif row["answer"]:
                services.answer(ideas=[idea], text=row["answer"], by=self.office)

    def offer(self) -> None:
        from kaikaku.ideas import services

        for which in {number for number, *_ in TAKEN_OVER}:
            asked = [self._section(name) for number, name, *_ in TAKEN_OVER if number == which]
            services.offer(
                realisation=self.made[which],
                departments=asked,
                due=self.day + timedelta(days=10),
                by=self.office,
            )
        for number, name, outcome, reason in TAKEN_OVER:
            if outcome != "offered":
                [row] = [r for r in self.made[number].rollouts.all() if r.department.name == name]
                chief = self._who(name, "課長")
                services.answer_rollout(rollout=row, outcome=outcome, reason=reason, by=chief)

    def issue(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import CaseFields

        book = services.make_casebook(
            campaign=self.campaign,
            title="新しい働き方 実践事例集（第1集）",
            introduction="職員の提案から生まれた取組を、どの所属でもまねできるようにまとめました。\n"
            "やってみて変えたところがあれば、行政改革課へお知らせください。",
            by=self.office,
        )
        for which, (before, after, steps, effect) in CASES.items():
            one, made = REALISED[which], self.made[which]
            fields = CaseFields(
                category=one.category,
                title=one.heading,
                summary=made.title,
                before=before,
                after=after,
                steps=steps,
                effect=effect,
                department=made.department,
                realisation=made,
            )
            services.add_case(casebook=book, fields=fields, by=self.office)
        services.issue_casebook(casebook=book, by=self.office)
