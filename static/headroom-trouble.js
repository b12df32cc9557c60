// A part that the server refused or could not answer: seen, heard, and the focus is where it was.
import { say } from "./headroom-voice.js";

const NO_ANSWER = "Headroom did not answer";
const TRY_AGAIN = "What you pressed may not have been done. Nothing on this page has changed: try it again.";
let box = null;

// A part that renews itself says elsewhere that it is old; nobody pressed anything.
const isAsked = (detail) => !("X-Watching" in (detail.requestConfig?.headers ?? {}));

/** What our own page for this says; what stands before us has no page for people. */
function wordsOf(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html").getElementById("maincontent");
  const heading = page?.querySelector("h1")?.textContent;
  if (!heading) return [NO_ANSWER, TRY_AGAIN];
  const again = xhr.getResponseHeader("Retry-After");
  const lines = [page.querySelector("h1 + p"), page.querySelector("[data-reference]")];
  const words = lines.filter(Boolean).map((line) => line.textContent.trim());
  if (again) words.splice(1, 0, `Try again in ${again} seconds.`);
  return [heading.trim(), ...words];
}

function show([heading, ...lines], detail) {
  clear();
  const made = (name, classes, ...inside) => {
    const element = Object.assign(document.createElement(name), { className: classes });
    element.append(...inside);
    return element;
  };
  box = made(
    "section",
    "nhsuk-error-summary app-trouble",
    made("h2", "nhsuk-error-summary__title", heading),
    made("div", "nhsuk-error-summary__body", ...lines.map((line) => made("p", "", line))),
  );
  box.setAttribute("aria-label", "Not done");
  document.getElementById("maincontent").prepend(box);
  say([heading, ...lines].join(". ").replaceAll("..", "."), { now: true });
  // htmx gives a button back, that it had switched off, only after this.
  setTimeout(() => giveBack(detail.requestConfig?.triggeringEvent?.submitter ?? detail.elt));
}

/** The focus is on what was pressed; a field that is being typed in has it still. */
function giveBack(pressed) {
  if (document.activeElement === document.body) pressed.focus({ preventScroll: true });
  const on = document.activeElement.getBoundingClientRect();
  if (box && on.top < box.getBoundingClientRect().bottom) document.activeElement.scrollIntoView({ block: "center" });
}

function clear() {
  box?.remove();
  box = null;
}

function refused({ detail }) {
  if (isAsked(detail)) show(wordsOf(detail.xhr), detail);
}

function unanswered({ detail }) {
  if (isAsked(detail)) show([NO_ANSWER, TRY_AGAIN], detail);
}

document.addEventListener("htmx:responseError", refused);
document.addEventListener("htmx:sendError", unanswered);
document.addEventListener("htmx:timeout", unanswered);
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && isAsked(detail) && clear());
