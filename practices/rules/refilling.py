"""A page's own markup with one of its forms filled in again, for a browser without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

# What each showing of a form has anew: it tells nothing about which form it is.
SHIFTING = frozenset({"csrfmiddlewaretoken", "whose", "once", "version", "draft"})
UNTYPED = frozenset({"hidden", "password", "submit", "button", "file", "image", "reset"})
TICKED = frozenset({"checkbox", "radio"})
# A form that asks by a version of its questions: ticks under another version mean other things.
VERSION = "asked_version"
NOTE_ID = "typed"

Fields = Mapping[str, list[str]]


@dataclass(slots=True)
class Tag:
    """A start tag where it stands in the page; of a textarea and an option, also what is in it."""

    name: str
    attrs: dict[str, str | None]
    start: int
    end: int
    inside: tuple[int, int] = (0, 0)
    of_select: str = ""
    around: list["Tag"] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attrs.get(name) or ""

    def drawn(self) -> str:
        """The tag with its attributes as they are now."""
        parts = [
            name if value is None else f'{name}="{escape(value)}"'
            for name, value in self.attrs.items()
        ]
        return f"<{' '.join([self.name, *parts])}>"

    def turn(self, name: str, *, on: bool) -> None:
        """The attribute without a value is there, or is not."""
        self.attrs.pop(name, None)
        if on:
            self.attrs[name] = None


@dataclass(slots=True)
class Form:
    """A form of the page, its controls, and the folded parts that it stands in."""

    tag: Tag
    controls: list[Tag] = field(default_factory=list)

    def hidden(self) -> dict[str, str]:
        return {
            tag.get("name"): tag.get("value")
            for tag in self.controls
            if tag.get("type") == "hidden" and tag.get("name") not in SHIFTING
        }


class Reader(HTMLParser):
    """Every form of a page, and where its main part begins."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [0]
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.forms: list[Form] = []
        self.main: Tag | None = None
        self._form: Form | None = None
        self._select = ""
        self._open: list[Tag] = []
        self._filling: Tag | None = None
        self.feed(page)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        tag = Tag(name, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if name == "details":
            self._open.append(tag)
        elif name == "main":
            self.main = tag
        elif name == "form":
            tag.around = list(self._open)
            self._form = Form(tag)
            self.forms.append(self._form)
        elif self._form and name in {"input", "select", "textarea", "option"}:
            self._control(tag)

    def _control(self, tag: Tag) -> None:
        assert self._form is not None
        if tag.name == "select":
            self._select = tag.get("name")
            return
        tag.of_select = self._select if tag.name == "option" else ""
        self._form.controls.append(tag)
        if tag.name in {"textarea", "option"}:
            self._filling = tag
            tag.inside = (tag.end, tag.end)

    def handle_endtag(self, name: str) -> None:
        if name == "form":
            self._form = None
        elif name == "select":
            self._select = ""
        elif name == "details" and self._open:
            self._open.pop()
        elif self._filling and name == self._filling.name:
            self._filling.inside = (self._filling.end, self._here())
            self._filling = None


def words_above(page: str, *, typed: Fields, note: str) -> str:
    """The page with the note and the words themselves on top, for want of their form."""
    words = [value for values in typed.values() for value in values if " " in value.strip()]
    shown = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in words)
    main = Reader(page).main
    at = main.end if main else 0
    return f"{page[:at]}{_noted(note)}{shown}{page[at:]}"


def refilled(
    page: str, *, address: str, here: str, typed: Fields, note: str, draft: str
) -> str | None:
    """The page with `typed` in the form that is sent to `address`, and a note before it.

    `here` is the page's own address, where a form without one is sent. None without that form.
    """
    form = _form_of(Reader(page).forms, address=address, here=here, typed=typed)
    if form is None:
        return None
    edits = _edits(form, typed, page)
    edits.append((form.tag.start, form.tag.start, _noted(note)))
    mark = f'<input type="hidden" name="draft" value="{escape(draft)}">'
    form.tag.attrs["data-refilled"] = None
    edits.append((form.tag.start, form.tag.end, form.tag.drawn() + mark))
    for folded in form.tag.around:
        folded.turn("open", on=True)
        edits.append((folded.start, folded.end, folded.drawn()))
    for start, end, text in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        page = page[:start] + text + page[end:]
    return page


def _noted(note: str) -> str:
    return f'<p class="app-note app-draft" id="{NOTE_ID}" role="status">{escape(note)}</p>'


def _form_of(forms: list[Form], *, address: str, here: str, typed: Fields) -> Form | None:
    """The form that was sent: of several at one address the one with the same hidden values."""
    there = [
        form
        for form in forms
        if form.tag.get("method").lower() == "post" and (form.tag.get("action") or here) == address
    ]
    if len(there) == 1:
        return there[0]
    same = [form for form in there if _names(form, typed)]
    return same[0] if len(same) == 1 else None


def _names(form: Form, typed: Fields) -> bool:
    hidden = form.hidden()
    is_same = all(typed.get(name, [value])[0] == value for name, value in hidden.items())
    return is_same and any(tag.get("name") in typed for tag in form.controls)


def _edits(form: Form, typed: Fields, page: str) -> list[tuple[int, int, str]]:
    asked = form.hidden().get(VERSION)
    same_questions = asked is None or typed.get(VERSION, [asked])[0] == asked
    left = {name: list(values) for name, values in typed.items()}
    edits = []
    for tag in form.controls:
        name = tag.of_select or tag.get("name")
        is_chosen = tag.name == "option" or tag.get("type") in TICKED
        if not name or tag.get("type") in UNTYPED or (is_chosen and not same_questions):
            continue
        if tag.name == "textarea":
            value = (left.get(name) or [""])[0]
            edits.append((*tag.inside, "\n" + escape(value)))
            continue
        if tag.name == "option":
            own = tag.attrs.get("value", page[slice(*tag.inside)].strip()) or ""
            tag.turn("selected", on=own in left.get(name, []))
        elif is_chosen:
            tag.turn("checked", on=(tag.attrs.get("value") or "on") in left.get(name, []))
        else:
            tag.attrs["value"] = (left.get(name) or [""])[0]
        edits.append((tag.start, tag.end, tag.drawn()))
    return edits
