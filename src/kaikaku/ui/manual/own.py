"""The pages that belong to no app: what holds on every screen."""

from kaikaku.ui.manual.pages import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="typing",
        title="値の入れ方と画面の見方",
        part=Part.START,
        order=30,
        template="ui/manual/typing.html",
        summary="数字・年度・日付の書き方と、どの画面にも共通する印や操作を説明します。",
        wants=(
            Want(Reader.CLERK, "数字や年度の書き方を知る", "numbers"),
            Want(Reader.CLERK, "値がないときの書き方を知る", "missing"),
            Want(Reader.EMPLOYEE, "画面の印の意味を知る", "marks"),
        ),
    ),
    ManualPage(
        slug="trouble",
        title="困ったとき",
        part=Part.START,
        order=40,
        template="ui/manual/trouble.html",
        summary="画面が思うように動かないときに、まず確かめることをまとめました。",
        wants=(Want(Reader.EMPLOYEE, "画面が動かない、消えた、入れない", ""),),
        helps={"": "errors"},
    ),
    ManualPage(
        slug="operations",
        title="導入し、動かし続ける",
        part=Part.OFFICE,
        order=20,
        template="ui/manual/operations.html",
        summary="入れる、起動する、控えを取る、更新する、確かめる手順です。",
        wants=(
            Want(Reader.IT, "はじめて入れる", "install"),
            Want(Reader.IT, "閉域網（LGWAN）に持ち込む", "bundle"),
            Want(Reader.IT, "控えを取る、復元する", "backup"),
            Want(Reader.IT, "新しい版に更新する", "update"),
        ),
    ),
    ManualPage(
        slug="words",
        title="用語",
        part=Part.REFERENCE,
        order=10,
        template="ui/manual/words.html",
        summary="画面と資料に出てくる言葉の意味です。",
        wants=(
            Want(Reader.EMPLOYEE, "言葉の意味を調べる"),
            Want(Reader.MEMBER, "言葉の意味を調べる"),
        ),
    ),
)
