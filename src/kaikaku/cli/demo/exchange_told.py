"""Who asks for help in みほん県, who gives it, what comes of it. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DAY, HALF = 465, 225
FOUNDED = date(2026, 3, 27)


@dataclass(frozen=True, slots=True)
class Asked:
    """A piece of work: which scheme, who asks, for how many, how long a week, what they should know."""

    scheme: str
    section: str
    title: str
    duties: str
    people: int
    minutes: int
    skills: tuple[str, ...] = ()
    widened: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """Help that is over: its days, who gave it, on which days they worked, what came of it."""

    asked: Asked
    first: date
    last: date
    helpers: tuple[tuple[str, str], ...]
    worked: tuple[date, ...]
    minutes: int
    outcome: str
    said: str
    learnt: str = ""
    order: str = ""


def both(*sections: str) -> tuple[tuple[str, str], ...]:
    """主査 and 主事 of these sections."""
    return tuple((section, title) for section in sections for title in ("主査", "主事"))


MARCH = (date(2026, 3, 27), date(2026, 3, 30), date(2026, 3, 31))
WHOLE = (
    Whole(
        Asked(
            "support",
            "会計課",
            "年度末の支払書類の確認",
            "年度末に集中する支払書類の、添付と金額を確かめます。",
            6,
            2325,
            ("会計",),
            widened=True,
        ),
        MARCH[0],
        MARCH[2],
        both("人事課", "総務課", "税務課"),
        MARCH[1:],
        DAY,
        "full",
        "1,200件の確認を年度内に終えました。",
        "確認の順番を表にすると、初めての人でも同じ速さでできます。",
    ),
    Whole(
        Asked(
            "support",
            "子育て支援課",
            "入所調整の書類の整理",
            "保育所の入所に関する書類を、市町村ごとに整理します。",
            6,
            2325,
        ),
        MARCH[0],
        MARCH[2],
        both("健康課", "医療政策課", "高齢者支援課"),
        MARCH[2:],
        DAY,
        "full",
        "すべての市町村の書類がそろいました。",
    ),
    Whole(
        Asked(
            "support",
            "税務課",
            "戻ってきた納税通知の整理",
            "戻ってきた通知の住所を確かめ、表に入力します。",
            2,
            930,
            ("表計算",),
        ),
        date(2026, 5, 18),
        date(2026, 6, 12),
        (("人事課", "主事"), ("財産活用課", "主事")),
        (date(2026, 5, 20), date(2026, 5, 27), date(2026, 6, 3)),
        DAY,
        "full",
        "840件の住所を確かめ、再送できました。",
        "入力の様式を、来年度も使える形で残しました。",
        "人第21号",
    ),
    Whole(
        Asked(
            "side_job",
            "広報課",
            "県の仕事を紹介する動画の編集",
            "職員が撮った素材を、3分の動画にまとめます。",
            2,
            240,
            ("動画編集",),
        ),
        date(2026, 6, 1),
        date(2026, 8, 21),
        (("林業課", "主事"), ("道路課", "主査")),
        (date(2026, 6, 10), date(2026, 7, 8), date(2026, 8, 5)),
        HALF,
        "partly",
        "6本のうち4本を公開しました。",
        "字幕に時間がかかりました。次は文字起こしから始めます。",
    ),
)

# --- what is under way: days are counted from the demo's day
# section: levels of April … March
BUSY = {
    "税務課": "321000000133",
    "財政課": "100000023331",
    "人事課": "310000000123",
    "会計課": "321000000013",
    "子育て支援課": "210000000133",
    "農政課": "001122100012",
    "道路課": "000011122333",
    "観光課": "012233210000",
    "危機管理課": "001223320000",
}
# section, title, skills, sections or 部 they would like to help
BANK = (
    ("財政課", "主査", ("表計算", "会計"), ("税務課",)),
    ("財政課", "主事", ("表計算",), ()),
    ("総務課", "主査", ("会計", "文書管理"), ()),
    ("税務課", "主査", ("表計算", "窓口"), ("観光課",)),
    ("広報課", "主事", ("動画編集", "英語"), ("観光課", "企画部")),
    ("広報課", "主査", ("写真", "編集"), ()),
    ("企画課", "主事", ("統計",), ("産業労働部",)),
    ("地域振興課", "主事", ("統計",), ()),
    ("市町村課", "主事", ("英語", "中国語"), ("観光課",)),
    ("健康課", "主事", ("保健指導",), ("防災部",)),
    ("医療政策課", "主事", ("表計算",), ()),
    ("障がい福祉課", "主査", ("窓口",), ()),
    ("消防課", "主事", ("防災",), ("危機管理課",)),
    ("雇用課", "主事", ("統計", "表計算"), ()),
    ("林業課", "主事", ("測量", "動画編集"), ("防災部",)),
    ("水産課", "主事", ("測量",), ()),
    ("河川課", "主事", ("測量", "防災"), ("危機管理課",)),
    ("建築住宅課", "主事", ("図面",), ()),
    ("環境課", "主事", ("統計",), ()),
)
OVERTIME = {("財政課", "主査"): 52, ("河川課", "主事"): 20}

CHALLENGE = Asked(
    "challenge",
    "企画課",
    "若手職員による施策の提案（人口の減る地域のくらし）",
    "担当の仕事を越えて班を作り、現地で話を聞いて施策を提案します。",
    6,
    240,
)
YOUNG = (
    ("地域振興課", "主事"),
    ("健康課", "主事"),
    ("雇用課", "主事"),
    ("水産課", "主事"),
    ("建築住宅課", "主事"),
    ("環境課", "主事"),
)
KEPT_BACK = ("河川課", "主事")
KEPT_BECAUSE = "出水期の当番が続くため、今回は見送ってください。来年度の募集では送り出します。"

GUIDE = Asked(
    "side_job",
    "観光課",
    "外国語の観光案内の見直し",
    "英語の案内文を読み、古い内容と伝わりにくい言葉を直します。",
    2,
    240,
    ("英語",),
)
VISITS = Asked(
    "support",
    "県民生活課",
    "見守り活動の名簿の確認",
    "市町村から届いた名簿を、昨年度のものと突き合わせます。",
    2,
    930,
    ("表計算",),
)
GRANTS = Asked(
    "support",
    "農政課",
    "補助金の実績報告の確認",
    "実績報告の金額と添付書類を確かめます。",
    1,
    930,
    ("会計",),
)
COUNTER = Asked(
    "support",
    "総務課",
    "窓口の案内の応援",
    "月の初めの窓口で、来庁した方をご案内します。",
    1,
    465,
    ("窓口",),
)
RETURNS = Asked(
    "support",
    "税務課",
    "申告書の入力",
    "届いた申告書を、決まった様式に入力します。",
    2,
    930,
    ("表計算",),
)
OPEN = (
    Asked(
        "support",
        "子育て支援課",
        "入所の申込みの受付の応援",
        "市町村から届く申込みを受け付け、表に入力します。",
        2,
        930,
        ("窓口", "表計算"),
    ),
    Asked(
        "support",
        "危機管理課",
        "避難所の備蓄の点検",
        "市町村と一緒に、避難所の備蓄を点検します。",
        2,
        465,
        ("防災",),
        widened=True,
    ),
    Asked(
        "support",
        "道路課",
        "除雪路線の図面の整理",
        "紙の図面を読み取り、路線ごとに整理します。",
        1,
        930,
        ("図面",),
    ),
)
TESTING = Asked(
    "side_job",
    "デジタル推進課",
    "オンライン手続の使いやすさの確認",
    "公開前の手続を試し、迷ったところを書き出します。",
    3,
    120,
)
WITHDRAWN = Asked(
    "support",
    "企業立地課",
    "企業訪問の資料づくり",
    "訪問先ごとの資料をまとめます。",
    1,
    465,
)
# days before the demo's day
TALENTS, CHALLENGED, CHOSEN, GUIDED, VISITED, GRANTED, WANTED, COMPUTED = 47, 45, 40, 35, 30, 20, 6, 1
