"""The pages of the manual on what was noticed, decided and advised."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="observe",
        title="気づきを書く",
        part=Part.REVIEWS,
        order=20,
        template="reviews/manual/observe.html",
        summary="気づいたことを書きとめ、判断、決定、実行までを1つの流れで残します。",
        wants=(
            Want(Reader.EMPLOYEE, "気づいたことを書く", "note"),
            Want(Reader.SECRETARIAT, "気づきを判断、決定、実行につなぐ", "steps"),
            Want(Reader.SECRETARIAT, "気づきと意見を次の版に反映する", "carry"),
        ),
        helps={
            "reviews:index": "write",
            "reviews:noticed": "note",
            "reviews:carry": "carry",
            "reviews:observe": "write",
            "reviews:observe_again": "write",
            "reviews:section": "read",
            "reviews:indicator": "read",
            "reviews:orient": "steps",
            "reviews:decide": "steps",
            "reviews:act": "steps",
            "reviews:close": "steps",
            "reviews:reopen": "steps",
            "reviews": "flow",
        },
    ),
    ManualPage(
        slug="meetings",
        title="会議の資料と決定",
        part=Part.REVIEWS,
        order=30,
        template="reviews/manual/meetings.html",
        summary="本部会議の議題を選び、資料を出し、決定を残すまでを説明します。",
        wants=(
            Want(Reader.SECRETARIAT, "本部会議の資料を作る", "agenda"),
            Want(Reader.SECRETARIAT, "会議の決定を残す", "decide"),
            Want(Reader.EXECUTIVE, "会議の資料を読む", "paper"),
        ),
        helps={
            "reviews:meetings": "new",
            "reviews:new_meeting": "new",
            "reviews:revise_meeting": "new",
            "reviews:meeting": "paper",
            "reviews:agenda": "agenda",
            "reviews:item": "decide",
            "reviews:resolve": "decide",
        },
    ),
    ManualPage(
        slug="opinions",
        title="意見を書く",
        part=Part.REVIEWS,
        order=40,
        template="reviews/manual/opinions.html",
        summary="推進委員会の委員が、資料を読み、意見を書き、その行方を見る方法です。",
        wants=(
            Want(Reader.MEMBER, "資料を読む", "read"),
            Want(Reader.MEMBER, "意見を書く", "write"),
            Want(Reader.MEMBER, "意見がどうなったかを見る", "after"),
        ),
        helps={"reviews:write_opinion": "write", "reviews:follow_up": "after"},
    ),
    ManualPage(
        slug="answers",
        title="意見に答える",
        part=Part.REVIEWS,
        order=50,
        template="reviews/manual/answers.html",
        summary="委員の意見に答え、次の版への反映を報告するまでを説明します。",
        wants=(
            Want(Reader.SECRETARIAT, "委員に資料を公開する", "open"),
            Want(Reader.CLERK, "委員の意見に答える", "answer"),
            Want(Reader.SECRETARIAT, "反映状況の報告を出す", "follow-up"),
        ),
        helps={"reviews:answer": "answer", "reviews:publicity": "public"},
    ),
)
