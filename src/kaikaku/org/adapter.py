"""How sign-in works here: accounts are made by the office, and every sign-in is recorded."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from . import queries, services
from .models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """allauth's hooks, turned into this app's services."""

    error_messages = {  # noqa: RUF012  # allauth's own shape
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "利用者名またはパスワードが違います。"
        "大文字と小文字、全角と半角を確かめてください。",
        "too_many_login_attempts": "ログインに続けて失敗したため、この利用者名を止めています。"
        "15分たってからやり直すか、情報システム担当にパスワードの再発行を頼んでください。",
        "enter_current_password": "今のパスワードが違います。もう一度入力してください。",
        "incorrect_password": "パスワードが違います。もう一度入力してください。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        services.note_sign_in(user=user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if user.is_authenticated:
            services.note_sign_out(user=user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # What was typed as a name may be a password; only a name we know is written down.
        services.note_refused_sign_in(user=queries.user_by_name(str(credentials.get("username", ""))))

    def set_password(self, user: User, password: str) -> None:
        services.change_password(user=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """allauth's notices (「～としてログインしました」) say nothing the page does not show."""
