"""/plans/."""

from django.urls import path

from kaikaku.plans.views import contents, editions, indicators, lineage, plans, schemes, sections

app_name = "plans"
urlpatterns = [
    path("", plans.index, name="index"),
    path("new/", plans.new_plan, name="new_plan"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/revise/", plans.revise_plan, name="revise_plan"),
    path("<int:pk>/editions/new/", plans.new_edition, name="new_edition"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/revise/", editions.revise_edition, name="revise_edition"),
    path("editions/<int:pk>/state/", editions.change_state, name="change_state"),
    path("editions/<int:pk>/lock/", editions.lock_edition, name="lock_edition"),
    path("editions/<int:pk>/unlock/", editions.unlock_edition, name="unlock_edition"),
    path("editions/<int:pk>/scheme/", schemes.scheme, name="scheme"),
    path("editions/<int:pk>/sections/new/", sections.new_section, name="new_section"),
    path("editions/<int:pk>/indicators/new/", sections.new_indicator, name="new_indicator"),
    path("editions/<int:pk>/footnotes/new/", contents.new_footnote, name="new_footnote"),
    path("sections/<int:pk>/", sections.section, name="section"),
    path("sections/<int:pk>/revise/", sections.revise_section, name="revise_section"),
    path("sections/<int:pk>/shift/", sections.shift_section, name="shift_section"),
    path("sections/<int:pk>/move/", sections.move_section, name="move_section"),
    path("sections/<int:pk>/end/", sections.end_section, name="end_section"),
    path("sections/<int:pk>/remove/", sections.remove_section, name="remove_section"),
    path("sections/<int:pk>/items/new/", sections.new_item, name="new_item"),
    path("sections/<int:pk>/tables/new/", sections.new_table, name="new_table"),
    path("sections/<int:pk>/lineage/", lineage.link_section, name="link_section"),
    path("items/<int:pk>/revise/", contents.revise_item, name="revise_item"),
    path("items/<int:pk>/remove/", contents.remove_item, name="remove_item"),
    path("tables/<int:pk>/revise/", contents.revise_table, name="revise_table"),
    path("tables/<int:pk>/remove/", contents.remove_table, name="remove_table"),
    path("footnotes/<int:pk>/revise/", contents.revise_footnote, name="revise_footnote"),
    path("footnotes/<int:pk>/remove/", contents.remove_footnote, name="remove_footnote"),
    path("indicators/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicators/<int:pk>/revise/", indicators.revise_indicator, name="revise_indicator"),
    path("indicators/<int:pk>/move/", indicators.move_indicator, name="move_indicator"),
    path("indicators/<int:pk>/factor/", indicators.external_factor, name="external_factor"),
    path("indicators/<int:pk>/again/", indicators.cross_listing, name="cross_listing"),
    path("indicators/<int:pk>/end/", indicators.end_indicator, name="end_indicator"),
    path("indicators/<int:pk>/remove/", indicators.remove_indicator, name="remove_indicator"),
    path("indicators/<int:pk>/figures/new/", indicators.new_figure, name="new_figure"),
    path("indicators/<int:pk>/lineage/", lineage.link_indicator, name="link_indicator"),
    path("figures/<int:pk>/correct/", indicators.correct_figure, name="correct_figure"),
    path("lineage/<int:pk>/unlink/", lineage.unlink, name="unlink"),
]
