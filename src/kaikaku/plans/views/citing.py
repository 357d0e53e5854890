"""Pages that change a draft also ask what led to the change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kaikaku.org.access import user_of
from kaikaku.plans import forms, queries, services
from kaikaku.plans.entries import CauseFields
from kaikaku.plans.views.common import is_draft
from kaikaku.ui.views import change_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Indicator, Section

    Part = Section | Indicator


def cited_change(
    request: HttpRequest,
    make_form: Any,
    *,
    edition: Edition,
    part: Part | None,
    save: Callable[[Any], Any],
    is_new: bool = False,
    **more: Any,
) -> HttpResponse:
    """As `change_page`; in a draft the form also asks what led to the change of `part`, or of what is made of
    it with `is_new` (`part` None: of nothing).
    """
    if not is_draft(edition):
        return change_page(request, make_form, save=save, **more)
    user = user_of(request)

    @transaction.atomic
    def save_with_causes(form: Any) -> Any:
        if part is not None and not is_new:
            services.cite_causes(edition=edition, part=part, causes=form.cited(), by=user)
        made = save(form)
        changed = made if is_new else part
        if changed is not None and form.why():
            services.explain_part(part=changed, reason=form.why(), by=user)
        if is_new:
            services.cite_causes(edition=edition, part=made, causes=form.cited(), by=user)
        return made

    kwargs = {**more.pop("form_kwargs", {}), **citing(request, edition, part, fresh=is_new)}
    page = forms.with_causes(make_form)
    return change_page(request, page, save=save_with_causes, form_kwargs=kwargs, **more)


def citing(
    request: HttpRequest, edition: Edition, part: Part | None, *, fresh: bool = False
) -> dict[str, Any]:
    """What the form offers and what it has ticked; what was cited stays on offer though its app is gone."""
    cited = () if part is None or fresh else queries.causes_of(edition, part)
    offered = queries.offered_causes(user_of(request), edition, part)
    known = {cause.key for cause in offered}
    kept = [
        CauseFields(c.source, c.source_key, c.label, c.text, c.happened_on, near=True)
        for c in cited
        if c.key not in known
    ]
    return {"offered": [*kept, *offered], "cited": tuple(cause.key for cause in cited)}
