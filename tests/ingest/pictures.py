"""The picture of reading a document, for the manual."""

from tests.manual.pictures import Picture

PICTURES = (
    Picture(
        "ingest/review",
        "jimukyoku",
        lambda world: world.at("ingest:import", world.document().pk),
        crop=(".review-bar", ".thing:nth-child(-n+5)", ".source-lines li:nth-child(-n+8)"),
        width=1000,
    ),
)
