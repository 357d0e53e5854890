"""What the office types about a kept document."""

from django import forms

from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm


class DocumentForm(BaseForm):
    title = forms.CharField(label="表題", max_length=300)
    published_on = DayField(label="公表日", required=False)
