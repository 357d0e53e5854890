"""DCAT: what data there is, of whom, under which licence, as JSON-LD (DCAT-GoJ, デジタル庁 DS-469).

A catalog holds one dataset, the publication; each file of it is a distribution with its size and hash.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from kaikaku.writers.book import Book, file_name

PDL = "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"
_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that is there to download: path from the root of the site, title, description, size, hash."""

    path: str
    title: str
    words: str
    size: int
    sha256: str


def catalog(book: Book, offers: Sequence[Offer], *, address: str = "") -> str:
    """The JSON-LD text. `address` is the URL under which the site will stand; else links are relative."""
    data = book.data
    whose = file_name(data.organisation_code or data.organisation)
    key = f"kaikaku-{whose}-{file_name(data.plan + data.edition)}"
    base = address.rstrip("/") + "/" if address else "../"
    modified = _date(max([data.published_on, *(e.decided_on for e in data.errata)]).isoformat())
    publisher = {"@type": "foaf:Agent", "foaf:name": _ja(data.organisation)}
    if data.organisation_code:
        publisher["dct:identifier"] = data.organisation_code
    dataset = {
        "@id": f"{base}data/dcat.jsonld#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{key}-{data.publication_number}",
        "dct:title": _ja(data.title),
        "dct:description": _ja(_description(book)),
        "dcat:keyword": [_ja(word) for word in ("行財政改革", "行政経営", "指標", "達成率", data.plan)],
        "dct:spatial": {"@type": "dct:Location", "foaf:name": _ja(data.organisation)},
        "dct:publisher": publisher,
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": _ja(data.contact)},
        "dct:issued": _date(data.published_on.isoformat()),
        "dct:modified": modified,
        "dct:accrualPeriodicity": {
            "@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
        },
        "dct:language": "ja",
        "dcat:landingPage": {"@id": f"{base}index.html"},
        "dcat:distribution": [
            _distribution(offer, base, modified=modified, licence=data.licence) for offer in offers
        ],
    }
    if data.period is not None:
        dataset["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(f"{data.period[0]}-04-01"),
            "dcat:endDate": _date(f"{data.period[1] + 1}-03-31"),
        }
    whole = {
        "@context": _CONTEXT,
        "@id": f"{base}data/dcat.jsonld#catalog",
        "@type": "dcat:Catalog",
        "dct:identifier": key,
        "dct:title": _ja(f"{data.organisation}　{data.plan}のデータ"),
        "dct:description": _ja(f"{data.plan}の指標、実績、評価の一覧です。"),
        "dct:publisher": publisher,
        "dcat:dataset": [dataset],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _description(book: Book) -> str:
    data = book.data
    sample = "架空の見本です。" if data.sample else ""
    counted = f"{len(data.indicators)}の指標の基準値、目標値、実績値、達成率、評価です。"
    return f"{sample}{counted}{''.join(data.summary)}"


def _distribution(offer: Offer, base: str, *, modified: object, licence: str) -> dict[str, object]:
    ending = offer.path.rsplit(".", 1)[-1]
    return {
        "@id": f"{base}data/dcat.jsonld#{offer.path}",
        "@type": "dcat:Distribution",
        "dct:title": _ja(offer.title),
        "dct:description": _ja(offer.words),
        "dct:modified": modified,
        "dcat:accessURL": {"@id": f"{base}data/index.html"},
        "dcat:downloadURL": {"@id": f"{base}{offer.path}"},
        "dcat:mediaType": _TYPES.get(ending, "application/octet-stream"),
        "dct:format": ending.upper(),
        "dcat:byteSize": offer.size,
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": offer.sha256,
        },
        "dct:license": {"@id": PDL} if "PDL" in licence else _ja(licence),
    }


def _ja(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "ja"}


def _date(text: str) -> dict[str, str]:
    return {"@value": text, "@type": "xsd:date"}
