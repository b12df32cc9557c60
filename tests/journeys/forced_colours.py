"""What gets lost where the reader's own few colours replace ours (Windows' contrast themes).

Grounds and shadows go; borders, outlines and ink stay, in a colour of the system, even where we
made them transparent. A control drawn by its ground alone, or a focus by its shadow, is lost.
"""

from playwright.sync_api import Page

from tests.pages.browser import CONTRAST, READABLE

# A box that NHS.UK draws is the label's; the input itself lies unseen on top of it. The arrow of
# its menu button is an outline too.
LOST = f"""() => {{
  const contrast = {CONTRAST};
  const shows = (style, line) => !["none", "hidden"].includes(style[`${{line}}Style`])
    && parseFloat(style[`${{line}}Width`]) > 0
    && (style[`${{line}}Color`].match(/[\\d.]+/g)[3] ?? 1) > 0;
  const outlined = (style) => shows(style, "outline");
  const edged = (style) => outlined(style) || style.textDecorationLine.includes("underline")
    || ["Top", "Right", "Bottom", "Left"].some((side) => shows(style, `border${{side}}`));
  const arrowed = (control) => outlined(getComputedStyle(control, "::after"));
  const drawn = (control) => getComputedStyle(control).opacity === "0" && control.labels?.length
    ? getComputedStyle(control.labels[0], "::before") : getComputedStyle(control);
  const native = (control) => control.matches("[type=checkbox], [type=radio]")
    && drawn(control).appearance === "auto";
  const seen = (element) => element.checkVisibility({{ visibilityProperty: true }});
  const written = (element) => [...element.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const all = (what) => [...document.body.querySelectorAll(what)].filter(seen);
  const named = (fault) => (element) => `${{fault}}: ${{element.outerHTML.slice(0, 120)}}`;
  const unfocused = (control) => {{
    control.focus();
    return document.activeElement === control && !outlined(drawn(control));
  }};
  const FILLED = "button, input, select, textarea";
  return [
    ...all(FILLED).filter((one) => !native(one) && !arrowed(one) && !edged(drawn(one)))
      .map(named("edge")),
    ...all(`${{FILLED}}, a[href], summary, [tabindex='0']`).filter(unfocused).map(named("focus")),
    ...all("*:not(svg, svg *, script, style, :disabled)").filter(written)
      .filter((one) => contrast(one) < {READABLE}).map(named("ink")),
  ];
}}"""


def lost_in_forced_colours(page: Page) -> list[str]:
    """Controls without an edge, without a sign of focus, and text that cannot be read: a line each.

    The page stays in forced colours, and one of its controls has the focus.
    """
    page.emulate_media(forced_colors="active")
    return list(page.evaluate(LOST))
