"""The base of our forms: messages that name the field, in words people use."""

from __future__ import annotations

from typing import Any

from django import forms

# What a field is asked for in Japanese: 入力する, 選ぶ, チェックする.
_CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)
_MESSAGES: dict[type[forms.Field], dict[str, str]] = {
    forms.ChoiceField: {"invalid_choice": "{label}は、一覧にあるものから選んでください。"},
    forms.MultipleChoiceField: {"invalid_choice": "{label}は、一覧にあるものから選んでください。"},
    forms.ModelChoiceField: {"invalid_choice": "{label}は、一覧にあるものから選んでください。"},
    forms.IntegerField: {"invalid": "{label}は、整数で入力してください（例：12）。"},
    forms.DecimalField: {"invalid": "{label}は、数字で入力してください（例：71.5）。"},
    forms.EmailField: {"invalid": "{label}は、name@example.jp の形で入力してください。"},
    forms.FileField: {
        "empty": "{label}の中身が空です。内容のあるファイルを選び直してください。",
        "missing": "{label}が選ばれていません。ファイルを選んでください。",
    },
}


class BaseForm(forms.Form):
    """A form whose messages say the field's own label and what to do."""

    once: str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Messages are worded only now, so that those of fields added by a form's own `__init__` are too."""
        for name, field in self.fields.items():
            label = str(field.label or name)
            words = {"required": _required(field, label)}
            for kind, messages in _MESSAGES.items():
                if isinstance(field, kind):
                    words |= {code: text.format(label=label) for code, text in messages.items()}
            own = _own_messages(field)
            field.error_messages.update({code: text for code, text in words.items() if code not in own})
        super().full_clean()


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"「{label}」に同意するときは、チェックを入れてください。"
    if isinstance(field, _CHOSEN):
        return f"{label}を選んでください。"
    if isinstance(field, forms.FileField):
        return f"{label}を選んでください。"
    return f"{label}を入力してください。"


def _own_messages(field: forms.Field) -> set[str]:
    """Codes whose message the field's author has given, or its class has worded already."""
    plain = {"required": forms.Field.default_error_messages["required"]}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            plain |= getattr(kind, "default_error_messages", {})
    return {code for code, text in field.error_messages.items() if plain.get(code) != text}
