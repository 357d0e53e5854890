"""What the forms of controls share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

YES_NO = [("yes", "はい"), ("no", "いいえ")]


def area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def fill(form: forms.Form, **choices: Iterable[tuple[Any, str]]) -> None:
    """Put choices on fields; one that need not be chosen has an empty one first."""
    for name, pairs in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        several = isinstance(field, forms.MultipleChoiceField)
        field.choices = [*([] if field.required or several else [("", "（選ばない）")]), *pairs]


def yes_no(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, required=False, widget=forms.RadioSelect)


def truth(value: str) -> bool | None:
    """Yes, no, or not answered."""
    return {"yes": True, "no": False}.get(value)


def typed(value: bool | None) -> str:
    """The choice of what `truth` gave."""
    return "" if value is None else "yes" if value else "no"
