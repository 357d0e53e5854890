"""Every write to a plan: one function per intention, each with its audit row in the same transaction."""

from kaikaku.plans.services.causes import cite_cause, cite_causes, withdraw_cause
from kaikaku.plans.services.contents import (
    add_footnote,
    add_item,
    add_table,
    remove_footnote,
    remove_item,
    remove_table,
    revise_footnote,
    revise_item,
    revise_table,
)
from kaikaku.plans.services.drafting import draft_next_edition, resume_part
from kaikaku.plans.services.editions import (
    change_state,
    create_edition,
    create_plan,
    lock_edition,
    revise_edition,
    revise_plan,
    unlock_edition,
)
from kaikaku.plans.services.figures import correct_figure, record_past_results, set_figure
from kaikaku.plans.services.filling import Filled, build_edition
from kaikaku.plans.services.indicators import (
    add_indicator,
    end_indicator,
    move_indicator,
    remove_indicator,
    revise_indicator,
    set_cross_listing,
    set_external_factor,
)
from kaikaku.plans.services.joining import (
    merge_indicators,
    merge_sections,
    split_indicator,
    split_section,
)
from kaikaku.plans.services.linking import (
    Decision,
    decide_links,
    explain_link,
    explain_part,
    fix_directions,
)
from kaikaku.plans.services.overall import choose_overall_policy, settle_as_rated, settle_overall
from kaikaku.plans.services.policy import adopt_scheme, change_scheme, link_lineage, unlink_lineage
from kaikaku.plans.services.reported import replace_items
from kaikaku.plans.services.sections import (
    add_section,
    end_section,
    move_section,
    remove_section,
    revise_section,
    shift_section,
)

__all__ = [
    "Decision",
    "Filled",
    "add_footnote",
    "add_indicator",
    "add_item",
    "add_section",
    "add_table",
    "adopt_scheme",
    "build_edition",
    "change_scheme",
    "change_state",
    "choose_overall_policy",
    "cite_cause",
    "cite_causes",
    "correct_figure",
    "create_edition",
    "create_plan",
    "decide_links",
    "draft_next_edition",
    "end_indicator",
    "end_section",
    "explain_link",
    "explain_part",
    "fix_directions",
    "link_lineage",
    "lock_edition",
    "merge_indicators",
    "merge_sections",
    "move_indicator",
    "move_section",
    "record_past_results",
    "remove_footnote",
    "remove_indicator",
    "remove_item",
    "remove_section",
    "remove_table",
    "replace_items",
    "resume_part",
    "revise_edition",
    "revise_footnote",
    "revise_indicator",
    "revise_item",
    "revise_plan",
    "revise_section",
    "revise_table",
    "set_cross_listing",
    "set_external_factor",
    "set_figure",
    "settle_as_rated",
    "settle_overall",
    "shift_section",
    "split_indicator",
    "split_section",
    "unlink_lineage",
    "unlock_edition",
    "withdraw_cause",
]
