"""Fields for quantities, fiscal years, days and files; they read what is typed as core reads documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kaikaku.core import eras
from kaikaku.core.quantities import Quantity, parse_quantity, show_quantity
from kaikaku.core.text import tidy_width


class _Understanding(forms.CharField):
    """A text field that says back what it has read; `kind` names it to the page /help/understand/."""

    kind = ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"data-understand": self.kind, "autocomplete": "off"}

    def understood(self, value: object) -> str:
        """What `value` was read as; empty where it cannot be read (then the error says so)."""
        try:
            return self.say(self.to_python(value)) if isinstance(value, str) else ""
        except ValidationError:
            return ""

    def say(self, value: Any) -> str:
        """`value` in words."""
        raise NotImplementedError


class QuantityField(_Understanding):
    """A number as people write it: 全角, commas, 万・億, △, 約, with or without its unit.

    Cleans to `core.quantities.Quantity` (its `raw` keeps what was typed), None where left empty. `unit` is
    what the number is counted in when none is typed; another unit of the same thing is converted by core
    (億円 → 円), a unit of something else is refused. With `blank_reasons` a word such as 「集計中」 or 「—」
    is taken as an unknown value with its reason; otherwise a number is asked for.
    """

    kind = "quantity"
    width = "number"

    def __init__(self, *, unit: str = "", blank_reasons: bool = False, **kwargs: Any) -> None:
        self.unit = unit
        self.blank_reasons = blank_reasons
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"data-unit": self.unit}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Quantity):
            return value.raw
        if isinstance(value, Decimal):
            return f"{value:f}"
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Quantity):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        return self._read(str(text))

    def _read(self, text: str) -> Quantity:
        quantity = parse_quantity(text, unit=self.unit or None)
        if quantity.value is None:
            if self.blank_reasons and quantity.reason not in (None, "empty", "unreadable"):
                return quantity
            raise ValidationError(
                f"「{text}」を数値として読み取れません。数字で入力してください（例：1,743、75.6億、△500万）。",
                code="not_a_number",
            )
        if self.unit and quantity.unit and quantity.unit != self.unit:
            raise ValidationError(
                f"「{text}」の単位は「{quantity.unit}」と読めます。{self.label}は「{self.unit}」で入力してください。",
                code="other_unit",
            )
        return quantity

    def say(self, value: Quantity | None) -> str:
        if value is None:
            return ""
        if value.value is None:
            return "値なし"
        plain = show_quantity(value, scale="base")
        large = show_quantity(value)
        return plain if plain == large else f"{plain}（{large}）"


class FiscalYearField(_Understanding):
    """A fiscal year as people write it: 令和8年度, R8, 2026, ８. Cleans to the western year of its April."""

    kind = "fiscal_year"
    width = "short"

    def prepare_value(self, value: Any) -> Any:
        return eras.show_fiscal_year(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        year = eras.parse_fiscal_year(str(text)) or _bare_year(str(text))
        if year is None:
            raise ValidationError(
                f"「{text}」を年度として読み取れません。令和8年度、R8、2026 のように入力してください。",
                code="not_a_year",
            )
        return year

    def say(self, value: int | None) -> str:
        return "" if value is None else f"{eras.show_fiscal_year(value)}（{value}年度）"


class DayField(_Understanding):
    """A day as people write it: 令和8年5月29日, R8.5.29, 2026-05-29, 2026/5/29. Cleans to `date`."""

    kind = "day"
    width = "medium"

    def prepare_value(self, value: Any) -> Any:
        return eras.show_date(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        day = eras.parse_date(str(text))
        if day is None:
            raise ValidationError(
                f"「{text}」を日付として読み取れません。"
                "令和8年5月29日、R8.5.29、2026-05-29 のように入力してください。",
                code="not_a_day",
            )
        return day

    def say(self, value: date | None) -> str:
        return "" if value is None else f"{eras.show_date(value, style='weekday')}（{value.year}年）"


class UploadField(forms.FileField):
    """A file of stated kinds and size; `accept_words` tells people which."""

    def __init__(self, *, endings: tuple[str, ...], largest_mb: int = 20, **kwargs: Any) -> None:
        self.endings = endings
        self.largest_mb = largest_mb
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(endings)}))
        super().__init__(**kwargs)

    @property
    def kinds(self) -> str:
        """The kinds of file in words: PDF、XLSX."""
        return "、".join(ending.lstrip(".").upper() for ending in self.endings)

    @property
    def accept_words(self) -> str:
        """What may be put here."""
        return f"使えるファイル：{self.kinds}（{self.largest_mb}MBまで）。ここに置いても選べます。"

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload is None or upload is initial or not data:
            return upload
        if not upload.name.lower().endswith(self.endings):
            raise ValidationError(
                f"「{upload.name}」は扱えない種類です。{self.kinds}のどれかで保存し直してください。",
                code="kind",
            )
        if upload.size > self.largest_mb * 1024 * 1024:
            raise ValidationError(
                f"「{upload.name}」は{self.largest_mb}MBを超えています。不要な画像を除くか、分けて保存してください。",
                code="too_large",
            )
        return upload


def _bare_year(text: str) -> int | None:
    """2026 alone is a fiscal year in a field that asks for one; a bare 8 is not guessed."""
    plain = tidy_width(text).strip()
    return int(plain) if plain.isdigit() and len(plain) == 4 and 1868 <= int(plain) <= 2200 else None


UNDERSTANDING: dict[str, type[_Understanding]] = {
    field.kind: field for field in (QuantityField, FiscalYearField, DayField)
}
