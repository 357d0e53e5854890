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
)
