"""The pages of the manual on signing in, people and departments."""

from kaikaku.ui.manual import ManualPage, Part, Reader, Want

PAGES = (
    ManualPage(
        slug="first-day",
        title="最初の日",
        part=Part.START,
        order=10,
        template="org/manual/first-day.html",
        summary="ログインして、自分のページを開くまでを説明します。",
        wants=(
            Want(Reader.CLERK, "はじめてログインする", "sign-in"),
            Want(Reader.CHIEF, "はじめてログインする", "sign-in"),
            Want(Reader.EXECUTIVE, "はじめてログインする", "sign-in"),
            Want(Reader.MEMBER, "はじめてログインする", "sign-in"),
            Want(Reader.EMPLOYEE, "はじめてログインする", "sign-in"),
            Want(Reader.EMPLOYEE, "パスワードを変える", "password"),
        ),
        helps={
            "account_login": "sign-in",
            "account_logout": "sign-out",
            "account_inactive": "stopped",
            "account_reauthenticate": "again",
            "account_change_password": "password",
        },
    ),
    ManualPage(
        slug="people",
        title="組織と利用者",
        part=Part.OFFICE,
        order=10,
        template="org/manual/people.html",
        summary="部署、職、利用者の登録と、4月の異動、操作の記録の見方です。",
        wants=(
            Want(Reader.SECRETARIAT, "利用者を登録する", "people"),
            Want(Reader.SECRETARIAT, "4月の異動を登録する", "transfer"),
            Want(Reader.IT, "利用者を登録する", "people"),
            Want(Reader.IT, "パスワードを再発行する", "reset"),
            Want(Reader.IT, "操作の記録を調べる", "history"),
        ),
        helps={
            "org:new_person": "people",
            "org:people": "people",
            "org:person": "people",
            "org:revise_person": "people",
            "org:told": "people",
            "org:appoint": "appoint",
            "org:start_transfer": "transfer",
            "org:transfer": "transfer",
            "org:release": "appoint",
            "org:new_post": "appoint",
            "org:close_post": "appoint",
            "org:organisation": "organisation",
            "org:history": "history",
            "org": "departments",
        },
    ),
)
