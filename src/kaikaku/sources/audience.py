"""Who a kept document is for (docs/decisions/0012-audience-of-a-document.md)."""

from django.db.models import TextChoices


class Audience(TextChoices):
    """`HOLDERS` leaves it to what the document belongs to: an app that holds documents offers
    `queries.documents_read_by(user)`, the keys of those that this person may read for its sake.
    """

    INSIDERS = "insiders", "この団体の職員と委員"
    HOLDERS = "holders", "この文書を付けた調書や記録を読める人"
