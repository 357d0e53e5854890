"""Forms of what stands under a section: lines, tables, footnotes."""

from __future__ import annotations

import csv
import io

from django import forms

from kaikaku.plans import words
from kaikaku.plans.entries import FootnoteFields, ItemFields, TableFields
from kaikaku.ui.fields import FiscalYearField
from kaikaku.ui.forms import BaseForm


class ItemForm(BaseForm):
    text = forms.CharField(label="本文", widget=forms.Textarea(attrs={"rows": 4}))
    kind = forms.ChoiceField(
        label="種類", required=False, choices=[("", "（決めない）"), *words.ITEM_KINDS.items()]
    )
    fiscal_year = FiscalYearField(label="年度", required=False)
    depth = forms.TypedChoiceField(
        label="段",
        coerce=int,
        choices=[(1, "本体の行"), (2, "その内訳"), (3, "内訳の内訳")],
        initial=1,
        widget=forms.RadioSelect,
    )
    label = forms.CharField(
        label="区分", required=False, max_length=100, help_text="行の頭に【】で付く語です（例：医療局）。"
    )
    cross_listed = forms.BooleanField(label="再掲（ほかの場所にも載せている）", required=False)

    def entry(self) -> ItemFields:
        data = self.cleaned_data
        return ItemFields(
            text=data["text"],
            label=data["label"],
            cross_listed=data["cross_listed"],
            depth=data["depth"],
            kind=data["kind"],
            fiscal_year=data["fiscal_year"],
        )


class TableForm(BaseForm):
    caption = forms.CharField(label="表題", required=False, max_length=300)
    unit = forms.CharField(label="単位", required=False, max_length=40)
    cells = forms.CharField(
        label="表の中身",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Excelの表を選んで、そのまま貼り付けられます。1行目が見出しです。手で打つときは、列をタブかカンマで区切ります。",
    )

    def entry(self) -> TableFields:
        header, *rows = self._grid() or [()]
        return TableFields(header, tuple(rows), self.cleaned_data["caption"], self.cleaned_data["unit"])

    def _grid(self) -> list[tuple[str, ...]]:
        """The cells as typed or pasted: by tabs if there are any, else as CSV; empty lines fall away."""
        text = self.cleaned_data["cells"]
        rows = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ",")
        return [tuple(cell.strip() for cell in row) for row in rows if any(cell.strip() for cell in row)]


def as_cells(header: list[str], rows: list[list[str]]) -> str:
    """A table as the form shows it again: columns by tabs."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([header, *rows] if header else rows)
    return out.getvalue()


class FootnoteForm(BaseForm):
    mark = forms.CharField(label="記号", required=False, max_length=20, help_text="例：※、※1、*")
    text = forms.CharField(label="本文", widget=forms.Textarea(attrs={"rows": 4}))

    def entry(self) -> FootnoteFields:
        return FootnoteFields(self.cleaned_data["text"], self.cleaned_data["mark"])
