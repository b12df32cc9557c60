"""Which branches our templates have, and which of them a page took while it was drawn.

A branch is a template as a whole, what a `{% for %}` draws for each, its `{% empty %}`, each arm
of an `{% if %}`, and that no arm of it was taken.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import Node, NodeList, Template
from django.template.defaulttags import ForNode, IfNode

OURS = Path(settings.ROOT) / "templates"
# The empty stand-ins of a library's own templates, which nothing of ours draws.
NOT_DRAWN = "nhsuk/"


def names() -> list[str]:
    """Every page and part of a page, as a view names it."""
    found = (str(path.relative_to(OURS)) for path in sorted(OURS.rglob("*.html")))
    return [name for name in found if not name.startswith(NOT_DRAWN)]


def branches() -> list[str]:
    """The branches of all our templates, in the order they are written in."""
    engine = engines["django"].engine
    return [one for name in names() for one in labelled(engine.get_template(name))]


def labelled(template: Template) -> list[str]:
    """The branches of a template, each node of which that is one now knows what it is called."""
    template.nodelist.branch = str(template.name)
    return [template.nodelist.branch, *_Labels(str(template.name)).below(template.nodelist)]


class _Labels:
    """What the branches of one template are called: a line with two like ifs numbers them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.called: Counter[str] = Counter()

    def below(self, nodes: NodeList) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, IfNode):
                yield from self._arms(node)
            elif isinstance(node, ForNode):
                yield from self._rounds(node)
            else:
                for part in node.child_nodelists:
                    yield from self.below(getattr(node, part, ()))

    def _begun(self, node: Node) -> str:
        called = f"{self.name}:{node.token.lineno} {node.token.contents}"
        self.called[called] += 1
        number = self.called[called]
        return called if number == 1 else f"{called} ({number})"

    def _arms(self, node: IfNode) -> Iterator[str]:
        called = self._begun(node)
        for number, (condition, nodes) in enumerate(node.conditions_nodelists):
            arm = "else" if condition is None else f"elif {number}" if number else "yes"
            nodes.branch = f"{called}: {arm}"
            yield nodes.branch
            yield from self.below(nodes)
        if None not in [condition for condition, _ in node.conditions_nodelists]:
            yield f"{called}: no"
        node.otherwise = f"{called}: no"

    def _rounds(self, node: ForNode) -> Iterator[str]:
        called = self._begun(node)
        node.each = f"{called}: each"
        yield node.each
        yield from self.below(node.nodelist_loop)
        if node.nodelist_empty:
            node.nodelist_empty.branch = f"{called}: empty"
            yield node.nodelist_empty.branch
            yield from self.below(node.nodelist_empty)


Drawn = Callable[[Template, str, set[str]], None]


class Watch:
    """Hands each drawn page to `keep`, with the branches that were taken for it."""

    def __init__(self, patch: pytest.MonkeyPatch, keep: Drawn) -> None:
        self.keep = keep
        self.taken: list[Counter[str]] = []
        for kind, watched in (
            (Template, self._template),
            (NodeList, self._nodes),
            (IfNode, self._if),
            (ForNode, self._for),
        ):
            patch.setattr(kind, "render", wraps(kind.render)(watched(kind.render)))

    def _count(self, branch: str | None) -> None:
        if branch and self.taken:
            self.taken[-1][branch] += 1

    def _template(self, drawn: Any) -> Any:
        """A template that another one includes is a part of that one's page."""

        def render(template: Template, context: Any) -> str:
            if self.taken:
                return str(drawn(template, context))
            self.taken.append(Counter())
            try:
                page = drawn(template, context)
            finally:
                taken = self.taken.pop()
            if getattr(template.nodelist, "branch", None):
                self.keep(template, str(page), set(taken))
            return page

        return render

    def _nodes(self, drawn: Any) -> Any:
        def render(nodes: NodeList, context: Any) -> str:
            self._count(getattr(nodes, "branch", None))
            return drawn(nodes, context)

        return render

    def _if(self, drawn: Any) -> Any:
        def render(node: IfNode, context: Any) -> str:
            arms = [getattr(nodes, "branch", None) for _, nodes in node.conditions_nodelists]
            before = self._seen(arms)
            page = drawn(node, context)
            if self._seen(arms) == before:
                self._count(getattr(node, "otherwise", None))
            return page

        return render

    def _for(self, drawn: Any) -> Any:
        def render(node: ForNode, context: Any) -> str:
            empty = [getattr(node.nodelist_empty, "branch", None)]
            before = self._seen(empty)
            page = drawn(node, context)
            if page and self._seen(empty) == before:
                self._count(getattr(node, "each", None))
            return str(page)

        return render

    def _seen(self, branches: list[str | None]) -> int:
        return sum(self.taken[-1][one] for one in branches if one) if self.taken else 0
