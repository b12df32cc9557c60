"""Reading markup in tests: which elements there are, and what a person reads."""

import html
import re

from django.http import HttpResponse
from django.test.html import Element, parse_html


def nodes(markup: str | Element) -> list[Element]:
    """All elements in the order of the page, or all of one of its elements."""
    queue, seen = [parse_html(markup) if isinstance(markup, str) else markup], []
    while queue:
        node = queue.pop(0)
        seen.append(node)
        queue = [child for child in node.children if isinstance(child, Element)] + queue
    return seen


def elements(markup: str, name: str) -> list[dict[str, str]]:
    """The attributes of all elements of that name."""
    return [dict(node.attributes) for node in nodes(markup) if node.name == name]


def words(markup: str, name: str = "") -> str:
    """What stands in the markup, or in the first element of that name, with single spaces."""
    found = [node for node in nodes(markup) if not name or node.name == name]
    return " ".join(" ".join(_texts(found[0])).split())


def _texts(node: Element) -> list[str]:
    return [
        text
        for child in node.children
        for text in (_texts(child) if isinstance(child, Element) else [child])
    ]


def text_of(answer: HttpResponse) -> str:
    """What a page says, in one line, without markup, scripts and styles."""
    body = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
