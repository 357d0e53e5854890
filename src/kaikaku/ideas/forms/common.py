"""What the forms of ideas share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from kaikaku.ui.forms import BaseForm

Choices = Iterable[tuple[Any, str]]


def area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def offer(form: forms.Form, name: str, choices: Choices, *, none: str = "") -> None:
    """Put choices on a field; with `none` an empty one first."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [*([("", none)] if none else []), *choices]


class ReasonForm(BaseForm):
    reason = forms.CharField(label="理由", widget=area(3))
