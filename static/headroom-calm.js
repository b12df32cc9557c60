// Figures that renew themselves never move what somebody is reading, pointing at or typing in.

/** Whether somebody is busy inside: a control has the focus or the pointer, or text is marked. */
function isInUse(part) {
  const controls = part.querySelectorAll("a, button, input, select, textarea, summary");
  const marked = document.getSelection();
  return (
    part.contains(document.activeElement) ||
    [...controls].some((one) => one.matches(":hover")) ||
    (marked && !marked.isCollapsed && part.contains(marked.anchorNode))
  );
}

const openOf = new Map();
const details = (part) => [...part.querySelectorAll("details")];

/** What is in use stays as it is until the next time; else we remember what is open. */
function before(event) {
  const part = event.detail.target;
  if (!part.matches("[data-calm]")) return;
  if (isInUse(part)) event.detail.shouldSwap = false;
  else openOf.set(part.id, details(part).map((one) => one.open));
}

/** What was open is open again. */
function after(event) {
  const part = document.getElementById(event.detail.target.id);
  const open = part && openOf.get(part.id);
  if (open) details(part).forEach((one, place) => (one.open = open[place] ?? one.open));
}

document.addEventListener("htmx:beforeSwap", before);
document.addEventListener("htmx:oobBeforeSwap", before);
document.addEventListener("htmx:afterSwap", after);
document.addEventListener("htmx:oobAfterSwap", after);
