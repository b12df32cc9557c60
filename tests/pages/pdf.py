"""The words on each page of a PDF that the browser printed, as somebody reads them on paper."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
FONTS = re.compile(rb"/(F\d+) (\d+) 0 R")
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\bET\b")
RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4,})>")
ONE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>\n")


def pages_of(printed: bytes) -> list[str]:
    """Each page's words, with single spaces."""
    objects = {int(number): body for number, body in OBJECT.findall(printed)}
    sheets = [body for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    return [_words(sheet, objects) for sheet in sheets]


def _words(sheet: bytes, objects: dict[int, bytes]) -> str:
    fonts = {name: _letters(objects[int(at)], objects) for name, at in FONTS.findall(sheet)}
    content = _stream(objects[_reference(sheet, b"Contents")])
    font: dict[int, str] = {}
    words = []
    for name, glyphs in SHOWN.findall(content):
        if name:
            font = fonts[name]
        elif glyphs:
            codes = [int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4)]
            words += [font.get(code, "") for code in codes]
        else:
            words.append(" ")
    return " ".join("".join(words).split())


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    """Which letter each glyph of the font is."""
    table = _stream(objects[_reference(font, b"ToUnicode")])
    found = {int(glyph, 16): _text(letter) for glyph, letter in ONE.findall(table)}
    for first, last, letter in RANGE.findall(table):
        for step in range(int(last, 16) - int(first, 16) + 1):
            found[int(first, 16) + step] = chr(int(letter, 16) + step)
    return found


def _text(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be")


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % name, body)
    assert found is not None, f"no {name.decode()} in {body[:200]!r}"
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    assert found is not None
    return zlib.decompress(found[1])
