"""A page's form is filled in again as it was typed, and nothing else of the page changes."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from practices.rules.refilling import refilled, words_above

NOTE = "Check what you typed"
FORM = """<main><details><summary>More</summary><form method="post" action="/case/1/">
<input type="hidden" name="once" value="a"><input type="hidden" name="place" value="oak">
<textarea name="words">
old &amp; grey</textarea><input name="phone" value="1"><input type="password" name="secret">
<input type="checkbox" name="flags" value="sepsis" checked><input type="checkbox" name="flags"
value="stroke"><select name="who"><option value="1" selected>Ann</option><option>Bea</option>
</select><button name="step" value="go">Go</button></form></details></main>"""


def again(page, typed, *, address="/case/1/", here="/case/1/"):
    return refilled(page, address=address, here=here, typed=typed, note=NOTE, draft="late K")


class Values(HTMLParser):
    """What a browser would send of a page's controls."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.text, self.inside = {}, "", None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "input" and (has.get("type") != "checkbox" or "checked" in has):
            self.sent.setdefault(has["name"], []).append(has.get("value", ""))
        elif tag == "option" and "selected" in has:
            self.sent.setdefault("who", []).append(has.get("value", "Bea"))
        elif tag == "textarea":
            self.inside, self.text = has["name"], ""

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.sent[self.inside] = [self.text.removeprefix("\n")]


def test_what_was_typed_stands_in_the_form_again():
    typed = {
        "words": ['<b>"sore"</b>\nthroat & ears'],
        "phone": ["07700 900123"],
        "flags": ["stroke"],
        "who": ["Bea"],
        "place": ["oak"],
    }

    page = again(FORM, typed)

    sent = Values(page).sent
    assert {name: sent[name] for name in typed} == typed
    assert sent["draft"] == ["late K"]
    assert sent["once"] == ["a"]
    assert page.count(NOTE) == 1
    assert "<details open>" in page


def test_what_was_left_empty_is_empty():
    sent = Values(again(FORM, {"words": [""], "place": ["oak"]})).sent

    assert sent["words"] == [""]
    assert sent["phone"] == [""]
    assert "flags" not in sent
    assert "who" not in sent


def test_a_password_is_never_filled():
    assert "hush" not in again(FORM, {"secret": ["hush"], "words": ["a"]})


def test_another_form_of_the_page_stays_as_it_was():
    other = FORM.replace("/case/1/", "/case/2/").replace("1", "9")

    page = again(other + FORM, {"words": ["new"]})

    assert page.startswith(other[: other.index("<form")].replace("<details>", "<details>"))
    assert Values(page[: len(other)]).sent["words"] == ["old & grey"]


def test_of_forms_at_one_address_the_one_with_the_same_hidden_values_is_filled():
    elm = FORM.replace('value="oak"', 'value="elm"')

    page = again(elm + FORM, {"words": ["for oak"], "place": ["oak"]})
    unknown = again(elm + FORM, {"words": ["for ash"], "place": ["ash"]})

    assert unknown is None
    assert Values(page[: page.index("</form>")]).sent["words"] == ["old & grey"]
    assert Values(page[page.index("</form>") :]).sent["words"] == ["for oak"]


def test_ticks_under_another_version_of_the_questions_are_not_set():
    card = FORM.replace('name="place" value="oak"', 'name="asked_version" value="4"')
    typed = {"flags": ["stroke"], "words": ["sore"], "asked_version": ["3"]}

    sent = Values(again(card, typed)).sent

    assert sent["words"] == ["sore"]
    assert sent["flags"] == ["sepsis"]


def test_words_whose_form_is_gone_stand_above():
    typed = {"words": ["sore <b>throat"], "who": ["1"]}

    page = words_above("<main><h1>Closed</h1></main>", typed=typed, note=NOTE)

    assert page.startswith("<main><p")
    assert "<blockquote>sore &lt;b&gt;throat</blockquote><h1>" in page


TEXT = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=40)


@given(words=TEXT, phone=TEXT)
def test_any_text_comes_back_as_it_was(words, phone):
    sent = Values(again(FORM, {"words": [words], "phone": [phone]})).sent

    assert (sent["words"], sent["phone"]) == ([words], [phone])
