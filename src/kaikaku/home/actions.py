"""What the log calls each write of this app."""

SENTENCES = {
    "home.following.started": "フォローを始めました",
    "home.following.stopped": "フォローをやめました",
    "home.digest.set": "変更のメールを受け取るかどうかを変更しました",
    "home.digest.sent": "変更のメールを送りました",
}
FIELDS = {"digest": "1日1回メールで受け取る", "people": "送った人数"}
