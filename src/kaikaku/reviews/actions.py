"""What the log calls each write of this app."""

SENTENCES = {
    "reviews.loop.opened": "気づきを記録しました",
    "reviews.event.recorded": "見直しの経過を記録しました",
    "reviews.loop.closed": "見直しを終えました",
    "reviews.loop.reopened": "見直しを再び始めました",
    "reviews.meeting.planned": "会議を登録しました",
    "reviews.meeting.revised": "会議の内容を変更しました",
    "reviews.meeting.opened": "会議の資料を委員に公開しました",
    "reviews.meeting.concluded": "会議の資料を確定しました",
    "reviews.agenda.chosen": "議題を決めました",
    "reviews.opinion.written": "意見を提出しました",
    "reviews.opinion.revised": "意見を改めました",
    "reviews.opinion.publicity_set": "意見の公表可否を変更しました",
    "reviews.answer.given": "意見への対応方針を回答しました",
    "reviews.handling.decided": "気づき・意見の次の版での扱いを決めました",
    "reviews.observation.attached": "気づきに根拠資料を付けました",
    "reviews.answer.revised": "意見への対応方針を改めました",
}

# whoever does one of these follows the loop, the meeting or the opinion from then on
FOLLOWS = frozenset(
    {"reviews.loop.opened", "reviews.event.recorded", "reviews.opinion.written", "reviews.answer.given"}
)
