"""What happens to the ideas of みほん県: days, decisions, what was realised, who took over. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "samples" / "mihon_ideas.tsv"
# how long before the demo's day
# days before the demo's; a campaign is closed three days after its last, so on a later workday
ANNOUNCED, OPENED, CLOSED = 48, 47, 22
SORTED, BEGUN, DONE, TOLD, OFFERED, ISSUED = 15, 10, 6, 5, 4, 2
# the call that takes ideas on the demo's day, with what has come so far; the last is a draft
WINTER, WINTER_LASTS = 2, 26
IN_WINTER = (
    (
        "県民サービス課",
        "主査",
        "よくある質問を手続ごとにまとめる",
        "電話で同じ質問に何度も答えています。",
        "手続のページの下に、よくある質問を置きます。",
    ),
    (
        "建築住宅課",
        "主事",
        "窓口の混む日をお知らせする",
        "月初めに来庁が集中します。",
        "混む日と時間の見込みをカレンダーで公開します。",
    ),
    (
        "広報課",
        "主事",
        "窓口の待ち時間を画面で知らせる",
        "待ち時間が分からず、何度も聞かれます。",
        "番号札に合わせて、あと何分かを画面に出します。",
    ),
)

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
    """Something that became real: of which ideas, wholly or not, where it stands on the list, and the BPR
    project that counts its hours.
    """

    title: str
    category: str
    heading: str
    ideas: tuple[int, ...]
    section: str
    rest: str = ""
    again: str = ""
    indicator: str = ""
    project: str = ""


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
    Made(
        "会議の案内と議事メモのひな型",
        "業務改善",
        "会議の進め方の見直し",
        (6, 7),
        "行政改革課",
        project="会議録の作成業務",
    ),
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
