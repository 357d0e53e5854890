"""A client that reads every page it opens as a careful person with a validator would."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import html5lib
from django.http import HttpResponse
from django.test import Client
from lxml import etree

from kaikaku.org.models import User

_TYPED = "(self::input and not(@type='hidden' or @type='submit')) or self::select or self::textarea"
_VOID_PARENTS = {"script", "style", "template"}


class Page:
    """Opens pages as somebody of the cast; a page whose HTML is wrong fails the test that opened it."""

    def __init__(self) -> None:
        self.client = Client()
        self._user: User | None = None

    def sign_in(self, user: User | None) -> None:
        """Be `user` from now on; None is nobody."""
        if user is None:
            self.client.logout()
        elif self._user != user or "_auth_user_id" not in self.client.session:
            self.client.force_login(user)
        self._user = user

    def get(self, url: str, *, as_: User | None = None, status: int = 200, **query: Any) -> Opened:
        """Open a page; without `as_`, as whoever opened the last one."""
        if as_ is not None:
            self.sign_in(as_)
        return _read(self.client.get(url, data=query or None), status)

    def post(
        self,
        url: str,
        data: Mapping[str, Any] | None = None,
        *,
        as_: User | None = None,
        status: int = 200,
        follow: bool = True,
    ) -> Opened:
        """Send a form and read the page after it (redirects are followed unless `follow` is False)."""
        if as_ is not None:
            self.sign_in(as_)
        return _read(self.client.post(url, data=dict(data or {}), follow=follow), status)


class Opened:
    """An answer; of a page, its tree too."""

    def __init__(self, response: HttpResponse, tree: etree._Element | None) -> None:
        self.response = response
        self.tree = tree

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def address(self) -> str:
        """Where a redirect leads, or led to when it was followed."""
        chain = getattr(self.response, "redirect_chain", None)
        return chain[-1][0] if chain else self.response.headers.get("Location", "")

    def find(self, path: str) -> list[Any]:
        """What an XPath finds (no namespaces: `//table/caption`)."""
        assert self.tree is not None, f"status {self.status} is not a page"
        found = self.tree.xpath(path)
        return found if isinstance(found, list) else [found]

    def texts(self, path: str) -> list[str]:
        """The words of what an XPath finds, blanks made one."""
        return [_words(node) for node in self.find(path)]

    @property
    def h1(self) -> str:
        return self.texts("//h1")[0]

    @property
    def words(self) -> str:
        """All that the page says."""
        return self.texts("//main")[0] if self.find("//main") else self.texts("//body")[0]

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary."""
        return self.texts("//*[@id='form-errors']//li")

    def says(self, words: str) -> bool:
        return words in self.words


def check_html(html: str) -> etree._Element:
    """The tree of a page after all checks; AssertionError names everything that is wrong with it."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    tree = parser.parse(html)
    root = tree.getroot()
    wrong = [f"HTML line {position[0]}: {code} {data or ''}" for position, code, data in parser.errors]
    wrong += [*_frame(root), *_names(root), *_inline(root), *_forms(root), *_tables(root)]
    assert not wrong, "\n".join(wrong)
    return root


def _read(response: HttpResponse, status: int) -> Opened:
    page = response.status_code not in {301, 302, 304} and "text/html" in response.headers.get(
        "Content-Type", ""
    )
    opened = Opened(response, check_html(response.content.decode()) if page else None)
    said = opened.words[:400] if page else response.headers.get("Location", "")
    assert response.status_code == status, f"{response.status_code}, not {status}: {said}"
    return opened


def _frame(root: etree._Element) -> list[str]:
    wrong = []
    if root.get("lang") != "ja":
        wrong.append(f'lang is {root.get("lang")!r}, not "ja"')
    if not _words(root.find("head/title")).strip("｜"):
        wrong.append("no title")
    heads = root.xpath("//h1")
    if len(heads) != 1:
        wrong.append(f"{len(heads)} h1")
    levels = [int(node.tag[1]) for node in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    wrong += [f"h{a} is followed by h{b}" for a, b in pairwise(levels) if b > a + 1]
    ids = Counter(root.xpath("//@id"))
    wrong += [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for value in root.xpath(f"//@{attribute}"):
            wrong += [f"{attribute}={name!r} points at nothing" for name in value.split() if name not in ids]
    wrong += [f"link to #{name}, which is not here" for name in root.xpath("//a/@href") if _lost(name, ids)]
    return wrong


def _lost(address: str, ids: Mapping[str, int]) -> bool:
    return address.startswith("#") and len(address) > 1 and address[1:] not in ids


def _names(root: etree._Element) -> list[str]:
    wrong = [f"img {node.get('src')} has no alt" for node in root.xpath("//img[not(@alt)]")]
    for node in root.xpath("//a[@href]|//button|//summary"):
        if not (_words(node) or node.get("aria-label") or node.xpath(".//img[@alt!='']|.//svg//title")):
            wrong.append(f"{node.tag} without words: {_short(node)}")
    for node in root.xpath(f"//*[{_TYPED}]"):
        labelled = node.get("aria-label") or node.get("aria-labelledby") or node.xpath("ancestor::label")
        if not labelled and not root.xpath("//label[@for=$id]", id=node.get("id", "-")):
            wrong.append(f"no label: {_short(node)}")
    return wrong


def _inline(root: etree._Element) -> list[str]:
    """Our content security policy allows nothing inline, and a closed network nothing from outside."""
    wrong = [
        f"inline script: {_short(n)}" for n in root.xpath("//script[not(@src)][not(contains(@type,'json'))]")
    ]
    wrong += [f"style element: {_short(n)}" for n in root.xpath("//style")]
    wrong += [f"style attribute: {_short(n)}" for n in root.xpath("//*[@style]")]
    for node in root.iter():
        if isinstance(node.tag, str):
            wrong += [f"{name}= on {_short(node)}" for name in node.attrib if name.startswith("on")]
    loaded = root.xpath(
        "//script/@src|//link[@rel!='canonical']/@href|//img/@src|//iframe/@src|//source/@src"
    )
    return wrong + [f"loaded from outside: {url}" for url in loaded if re.match(r"(https?:)?//", url)]


def _forms(root: etree._Element) -> list[str]:
    posts = root.xpath("//form[translate(@method,'POST','post')='post']")
    wrong = [
        f"no CSRF token: {_short(form)}"
        for form in posts
        if not form.xpath(".//input[@name='csrfmiddlewaretoken'][@value!='']")
    ]
    return wrong + [f"form without a button: {_short(f)}" for f in root.xpath("//form[not(.//button)]")]


def _tables(root: etree._Element) -> list[str]:
    wrong = []
    for table in root.xpath("//table"):
        if not table.xpath("caption") and not table.get("aria-label"):
            wrong.append(f"table without a caption: {_short(table)}")
        if table.xpath(".//th[not(@scope)]"):
            wrong.append(f"th without scope: {_short(table)}")
    return wrong


def _words(node: Any) -> str:
    if node is None:
        return ""
    if isinstance(node, str):
        return " ".join(node.split())
    return " ".join("".join(_texts(node)).split())


def _texts(node: etree._Element) -> list[str]:
    if not isinstance(node.tag, str) or node.tag in _VOID_PARENTS:
        return []
    parts = [node.text or ""]
    for child in node:
        parts += [*_texts(child), child.tail or ""]
    return parts


def _short(node: etree._Element) -> str:
    return etree.tostring(node, encoding="unicode", with_tail=False)[:160]
