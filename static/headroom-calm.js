// Figures that renew themselves never move what somebody is reading, pointing at or typing in.

/** Whether somebody is busy inside: a control has the focus or the pointer, or text is marked. */
function isInUse(part) {
  const control = "a, button, input, select, textarea, summary";
  const marked = document.getSelection();
  return (
    part.contains(document.activeElement) ||
    [...part.querySelectorAll(control)].some((one) => one.matches(":hover")) ||
    (marked && !marked.isCollapsed && part.contains(marked.anchorNode))
  );
}

const details = (part) => [...part.querySelectorAll("details")];
let open = [];

document.addEventListener("htmx:beforeSwap", (event) => {
  const part = event.detail.target;
  if (!part.matches("[data-calm]")) return;
  if (isInUse(part)) event.detail.shouldSwap = false;
  else open = details(part).map((one) => one.open);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const part = event.detail.target;
  if (!part.matches("[data-calm]")) return;
  details(part).forEach((one, place) => {
    one.open = open[place] ?? one.open;
  });
});
