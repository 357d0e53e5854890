"""Who may publish, who may see what was published."""

from datetime import date

from kaikaku.org.roles import Role
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields
from kaikaku.plans.models import Edition
from kaikaku.publish import services
from kaikaku.publish.models import Publication
from kaikaku.publish.places import address_of
from tests.cast import Cast
from tests.site.permissions import EVERYONE, PUBLIC, Row

OFFICE = (Role.SECRETARIAT,)


def edition(cast: Cast) -> Edition:
    plan = plans.create_plan(organisation=cast.sakura, name="さくら県プラン", level_names=("柱",), by=None)
    return plans.create_edition(
        plan=plan, fields=EditionFields(title="令和8年度版", fiscal_year=2026), by=None
    )


def frozen(cast: Cast) -> Publication:
    return services.freeze_edition(
        edition=edition(cast), by=cast.takahashi, published_on=date(2026, 9, 1), contact="", reasons={}
    )


def printed(cast: Cast) -> str:
    """The address of a page that stands."""
    publication = services.print_publication(publication=frozen(cast), by=cast.takahashi)
    return f"{address_of(publication)}/index.html"


ROWS = {
    "publish:publications": Row(EVERYONE),
    "publish:publication": Row(EVERYONE, lambda cast: {"pk": frozen(cast).pk}),
    "publish:printing": Row(OFFICE, lambda cast: {"pk": frozen(cast).pk}),
    "publish:withdraw": Row(OFFICE, lambda cast: {"pk": frozen(cast).pk}),
    "publish:public": Row(PUBLIC),
    "publish:public_file": Row(PUBLIC, lambda cast: {"path": printed(cast)}),
    "publish:publish": Row(OFFICE, lambda cast: {"pk": edition(cast).pk}),
}
