"""What the office types about plans; a form parses and words, and hands its `entry()` to one service."""

from kaikaku.plans.forms.causes import CitingForm, with_causes
from kaikaku.plans.forms.contents import FootnoteForm, ItemForm, TableForm
from kaikaku.plans.forms.editions import (
    MergeForm,
    NextEditionForm,
    SplitIndicatorForm,
    SplitSectionForm,
    SureLinksForm,
    next_face,
)
from kaikaku.plans.forms.indicators import (
    CorrectionForm,
    CrossListingForm,
    ExternalFactorForm,
    FigureForm,
    IndicatorForm,
    IndicatorPlaceForm,
)
from kaikaku.plans.forms.overall import AsRatedForm, OverallForm, OverallPolicyForm, initial_policy
from kaikaku.plans.forms.plans import (
    EditionForm,
    EndForm,
    LineageForm,
    PlanForm,
    ReasonForm,
    SectionForm,
    SectionPlaceForm,
)
from kaikaku.plans.forms.schemes import SchemeForm

__all__ = [
    "AsRatedForm",
    "CitingForm",
    "CorrectionForm",
    "CrossListingForm",
    "EditionForm",
    "EndForm",
    "ExternalFactorForm",
    "FigureForm",
    "FootnoteForm",
    "IndicatorForm",
    "IndicatorPlaceForm",
    "ItemForm",
    "LineageForm",
    "MergeForm",
    "NextEditionForm",
    "OverallForm",
    "OverallPolicyForm",
    "PlanForm",
    "ReasonForm",
    "SchemeForm",
    "SectionForm",
    "SectionPlaceForm",
    "SplitIndicatorForm",
    "SplitSectionForm",
    "SureLinksForm",
    "TableForm",
    "initial_policy",
    "next_face",
    "with_causes",
]
