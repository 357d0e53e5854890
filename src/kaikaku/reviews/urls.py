"""/reviews/."""

from django.urls import path

from kaikaku.reviews.views import carrying, loops, meetings, opinions, papers

app_name = "reviews"
urlpatterns = [
    path("", loops.index, name="index"),
    path("noticed/", loops.noticed, name="noticed"),
    path("sections/<int:pk>/", loops.section, name="section"),
    path("indicators/<int:pk>/", loops.indicator, name="indicator"),
    path("editions/<int:pk>/observe/", loops.observe, name="observe"),
    path("loops/<int:pk>/observe/", loops.observe_again, name="observe_again"),
    path("loops/<int:pk>/orient/", loops.orient, name="orient"),
    path("loops/<int:pk>/decide/", loops.decide, name="decide"),
    path("loops/<int:pk>/act/", loops.act, name="act"),
    path("loops/<int:pk>/close/", loops.close, name="close"),
    path("loops/<int:pk>/reopen/", loops.reopen, name="reopen"),
    path("events/<int:pk>/", carrying.event, name="event"),
    path("editions/<int:pk>/carry/", carrying.carry, name="carry"),
    path("editions/<int:pk>/carry/decide/", carrying.handle, name="handle"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("editions/<int:pk>/meetings/new/", meetings.new_meeting, name="new_meeting"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/revise/", meetings.revise_meeting, name="revise_meeting"),
    path("meetings/<int:pk>/agenda/", meetings.agenda, name="agenda"),
    path("meetings/<int:pk>/open/", meetings.open_meeting, name="open_meeting"),
    path("meetings/<int:pk>/conclude/", meetings.conclude_meeting, name="conclude_meeting"),
    path("meetings/<int:pk>/report/", meetings.report_sheets, name="report_sheets"),
    path("meetings/<int:pk>/paper.<str:kind>", papers.meeting_paper, name="meeting_paper"),
    path("items/<int:pk>/", meetings.item, name="item"),
    path("items/<int:pk>/decide/", meetings.resolve, name="resolve"),
    path("items/<int:pk>/opinion/", opinions.write, name="write_opinion"),
    path("opinions/<int:pk>/", carrying.opinion, name="opinion"),
    path("opinions/<int:pk>/answer/", opinions.answer, name="answer"),
    path("opinions/<int:pk>/publicity/", opinions.publicity, name="publicity"),
    path("editions/<int:pk>/follow-up/", opinions.follow_up, name="follow_up"),
    path("editions/<int:pk>/follow-up.<str:kind>", papers.follow_up_paper, name="follow_up_paper"),
]
