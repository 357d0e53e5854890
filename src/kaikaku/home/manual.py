"""The pages of the manual on one's own page and on the whole at a glance."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="home",
        title="ホーム、通知、検索",
        part=Part.START,
        order=20,
        template="home/manual/home.html",
        summary="待っている仕事、変更の通知、引継ぎ、検索、全体の状況の見方です。",
        wants=(
            Want(Reader.EMPLOYEE, "自分を待っている仕事を見る", "mine"),
            Want(Reader.EMPLOYEE, "変更の通知を受け取る", "notices"),
            Want(Reader.EMPLOYEE, "異動で引き継ぐ、引き継がれる", "handover"),
            Want(Reader.EMPLOYEE, "言葉で探す", "search"),
            Want(Reader.SECRETARIAT, "全体の状況を見る", "dashboard"),
            Want(Reader.EXECUTIVE, "全体の状況を見る", "dashboard"),
        ),
        helps={
            "home:index": "mine",
            "home:notices": "notices",
            "home:handover": "handover",
            "home:handovers": "handover",
            "home:search": "search",
            "home:dashboard": "dashboard",
            "home:dashboard_of": "dashboard",
            "home": "mine",
        },
    ),
    ManualPage(
        slug="one-sheet",
        title="1枚で見る",
        part=Part.REVIEWS,
        order=10,
        template="home/manual/one-sheet.html",
        summary="知事と本部員が、動きと決めることを1枚で読むための画面です。",
        wants=(
            Want(Reader.EXECUTIVE, "1枚で説明を受ける、印刷する", "open"),
            Want(Reader.EXECUTIVE, "1枚の読み方を知る", "read"),
        ),
        helps={"home:governor": "read"},
    ),
)
