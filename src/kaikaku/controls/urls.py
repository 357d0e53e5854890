"""/controls/."""

from django.urls import path

from kaikaku.controls.views import checking, incidents, register, slips, years

app_name = "controls"
urlpatterns = [
    path("", register.index, name="index"),
    path("risks/new/", register.new_risk, name="new_risk"),
    path("risks/<int:pk>/", register.risk, name="risk"),
    path("risks/<int:pk>/revise/", register.revise_risk, name="revise_risk"),
    path("risks/<int:pk>/retire/", register.retire_risk, name="retire_risk"),
    path("risks/<int:pk>/controls/new/", register.new_control, name="new_control"),
    path("controls/<int:pk>/revise/", register.revise_control, name="revise_control"),
    path("controls/<int:pk>/retire/", register.retire_control, name="retire_control"),
    path("slips/", slips.slips, name="slips"),
    path("slips/<int:year>/<str:check>/", slips.slip, name="slip"),
    path("slips/<int:year>/<str:check>/adopt/", slips.adopt, name="adopt_slip"),
    path("years/", years.years, name="years"),
    path("years/new/", years.new_year, name="new_year"),
    path("years/<int:pk>/", years.year, name="year"),
    path("years/<int:pk>/revise/", years.revise_year, name="revise_year"),
    path("years/<int:pk>/draw/", years.draw, name="draw"),
    path("years/<int:pk>/issue/", years.issue, name="issue"),
    path("years/<int:pk>/opinion/", years.opinion, name="opinion"),
    path("years/<int:pk>/report.<str:kind>", years.report, name="report"),
    path("years/<int:pk>/samples/", checking.samples, name="samples"),
    path("years/<int:pk>/sections/<int:section>/", checking.self_check, name="self_check"),
    path("years/<int:pk>/sections/<int:section>/reopen/", checking.reopen, name="reopen_self_check"),
    path("samples/<int:pk>/", checking.sample, name="sample"),
    path("deficiencies/new/", incidents.new_deficiency, name="new_deficiency"),
    path("deficiencies/<int:pk>/", incidents.deficiency, name="deficiency"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.new_incident, name="new_incident"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/revise/", incidents.revise_incident, name="revise_incident"),
    path("incidents/<int:pk>/ask/", incidents.ask, name="ask"),
    path("rollouts/<int:pk>/", incidents.answer_rollout, name="answer_rollout"),
]
