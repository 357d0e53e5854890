"""The page on which the office says how a body of its own confirms its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from kaikaku.ui.forms import BaseForm

WAYS = {
    "auto": "自動（職の登録のとおり。上の部局に所属長の職があれば、その職が取りまとめる）",
    "bundle": "取りまとめの段階を置く",
    "direct": "取りまとめの段階を置かない（確認の後、事務局に届く）",
}


class ChainForm(BaseForm):
    """Automatic, with or without bundling, and the post that makes the last step."""

    way = forms.ChoiceField(label="確認の流れ", choices=list(WAYS.items()), widget=forms.RadioSelect)
    final_post = forms.ChoiceField(
        label="最後に確認する職",
        required=False,
        help_text="管理者・教育長など。選ぶと、この職だけが部局の最後の手続をします。",
    )

    def __init__(self, *args: Any, posts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["final_post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "決めない（所属長であれば誰でもよい）"),
            *((str(pk), name) for pk, name in posts),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == "auto" and data.get("final_post"):
            self.add_error(
                "final_post",
                "自動のときは、職を選べません。ほかの流れを選ぶか、職を空にしてください。",
            )
        return data
