"""Sheets of pictures, several states of a page on each, to be looked through by people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from playwright.sync_api import Page

from tests.album.looking import LOOKS, picture_of
from tests.album.states import PICTURES, State

SHEETS = PICTURES / "sheets"
# A wide page is drawn smaller than it is, so that its words can still be read; a long one is cut
# into pieces that stand side by side, and short ones stand below each other.
SCALE = {"wide": 0.56, "narrow": 0.8}
COLUMNS = {"wide": 2, "narrow": 6}
PIECE, LABEL = 1080, 34
SIZE = {"width": 1600, "height": PIECE + LABEL + 16}
STYLE = f"""body {{ margin: 8px; background: #768692; font: 12px/16px sans-serif; }}
main {{ display: flex; gap: 8px; }} figure {{ margin: 0; }} div {{ background-repeat: no-repeat; }}
figcaption {{ height: {LABEL}px; color: #fff; overflow: hidden; overflow-wrap: anywhere; }}"""


@dataclass(slots=True)
class Column:
    """The pictures that stand below each other on a sheet."""

    room: int = PIECE + LABEL
    figures: list[str] = field(default_factory=list)

    def add(self, height: int, figure: str) -> None:
        self.room -= height
        self.figures.append(figure)


def size_of(picture: Path) -> tuple[int, int]:
    """How wide and how high a picture is, which its first bytes say."""
    head = picture.read_bytes()[16:24]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


def _pieces(state: State, look: str) -> Iterator[tuple[int, str]]:
    """The height and the markup of each piece of a picture; each says what it is of."""
    path = picture_of(state, look)
    width, height = (round(side * SCALE[look]) for side in size_of(path))
    for number, top in enumerate(range(0, height, PIECE), 1):
        says = f"{state.name} ({number})<br>{escape(state.test.rpartition('::')[2][:90])}"
        piece = min(PIECE, height - top)
        style = (
            f"width: {width}px; height: {piece}px; background-size: {width}px {height}px; "
            f"background-position: 0 -{top}px; background-image: url({path.as_uri()})"
        )
        caption = f'<figcaption style="width: {width}px">{says}</figcaption>'
        yield piece + LABEL, f'<figure>{caption}<div style="{style}"></div></figure>'


def columns_of(pieces: Iterator[tuple[int, str]]) -> list[Column]:
    """The pieces, each in the column of the one before it where there is room, else in the next."""
    columns = [Column()]
    for height, figure in pieces:
        if height > columns[-1].room:
            columns.append(Column())
        columns[-1].add(height, figure)
    return columns


def make_sheets(page: Page, name: str, states: list[State]) -> None:
    """The sheets of one page's states, first as a wide screen shows them, then as a phone does."""
    SHEETS.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size(SIZE)
    for look in LOOKS:
        columns = columns_of(one for state in states for one in _pieces(state, look))
        for start in range(0, len(columns), COLUMNS[look]):
            on_sheet = columns[start : start + COLUMNS[look]]
            drawn = "".join(f"<section>{''.join(one.figures)}</section>" for one in on_sheet)
            sheet = SHEETS / f"{name}-{look}-{start // COLUMNS[look] + 1:02}.html"
            sheet.write_text(f"<style>{STYLE}</style><main>{drawn}</main>", encoding="utf-8")
            page.goto(sheet.as_uri())
            page.screenshot(path=sheet.with_suffix(".png"))
            sheet.unlink()
