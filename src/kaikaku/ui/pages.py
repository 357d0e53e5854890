"""Pages of the look itself: the style page, and what a typed number was understood as."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaikaku.ui import specimens
from kaikaku.ui.fields import UNDERSTANDING, QuantityField
from kaikaku.ui.listing import csv_response

LONGEST = 200


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every piece of the look, live."""
    context = specimens.context(request)
    if context["listing"].wants_csv:
        return csv_response(context["listing"], "部品の一覧")
    return render(request, "ui/style.html", context)


@require_safe
def understand(request: HttpRequest) -> JsonResponse:
    """What a field of ours reads `text` as, in words, while the person is still typing; nothing is kept."""
    kind = UNDERSTANDING.get(request.GET.get("kind", ""))
    text = request.GET.get("text", "")[:LONGEST]
    if kind is None:
        return JsonResponse({"shown": "", "error": ""}, status=400)
    unit = request.GET.get("unit", "")[:20]
    field = QuantityField(unit=unit, label="この欄") if kind is QuantityField else kind()
    try:
        return JsonResponse({"shown": field.say(field.to_python(text)), "error": ""})
    except ValidationError as error:
        return JsonResponse({"shown": "", "error": " ".join(error.messages)})
