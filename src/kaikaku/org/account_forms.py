"""allauth's forms in our words (settings.ACCOUNT_FORMS)."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth

RULES = "12文字以上にしてください。数字だけのもの、よく使われるもの、利用者名や氏名に似たものは使えません。"


class LoginForm(allauth.LoginForm):  # type: ignore[misc]  # allauth carries no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, login="利用者名", password="パスワード")  # noqa: S106 - a label


class ChangePasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self,
            oldpassword="今のパスワード",
            password1="新しいパスワード",
            password2="新しいパスワード（もう一度）",
        )
        self.fields["password1"].help_text = RULES


class ReauthenticateForm(allauth.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, password="パスワード")  # noqa: S106 - a label


def _word(form: Any, **labels: str) -> None:
    """Name the fields, ask for each by its name; no placeholders, which repeat the label and then vanish."""
    form.label_suffix = ""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = ""
        field.error_messages["required"] = f"{label}を入力してください。"
        field.widget.attrs.pop("placeholder", None)
