"""JSON and XML as the rules see them: formats that a machine reads (L1-01), if they are what they say."""

from __future__ import annotations

import json

from kaikaku.readers import limits
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.machine_readability.book import Book
from kaikaku.readers.sniff import Kind


def plain_data(data: bytes, kind: Kind, *, name: str) -> Book:
    """Take in a file of data, without sheets to look into. Raises Unreadable where it is not well formed."""
    fault = _json_fault(data) if kind is Kind.JSON else _xml_fault(data, name)
    if fault:
        raise Unreadable(
            f"broken_{kind.value}",
            f"「{name}」は{kind.label}として読み取れません（{fault}）。"
            "書き出したソフトで保存し直すか、中身を確かめてから、もう一度指定してください。",
            name=name,
        )
    return Book(name, kind)


def _json_fault(data: bytes) -> str:
    try:
        json.loads(data)
    except RecursionError:
        return "入れ子が深すぎます"
    except json.JSONDecodeError as error:
        return f"{error.lineno}行目{error.colno}文字目に誤りがあります"
    except ValueError:
        return "文字コードがUTF-8ではありません"
    return ""


def _xml_fault(data: bytes, name: str) -> str:
    from lxml import etree

    limits.check_tags(data.count(b"<"), name=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        return f"{error.lineno}行目に誤りがあります"
    except ValueError:
        return "文字コードの指定に誤りがあります"
    return ""
