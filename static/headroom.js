// Everything here only helps: each page works without it. Nothing is kept in the browser.
import "./headroom-lost.js";
import "./headroom-trouble.js";
import { countWaiting, showWaiting } from "./headroom-rows.js";
import { sayAgainSoon, say } from "./headroom-voice.js";

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
// What stood on a button before it said that it is busy.
const idle = new Map();
// Whether somebody asked for what comes now: of that is spoken at once, of mere news sometimes.
let isAsked = false;
// What had the focus last, also when the browser has taken it away since.
let stoodOn = null;
const OVER = "The hold ran out: others may take this place now. What you typed is kept.";

/** NHS.UK's own behaviour, for the page and for each part that comes later. */
async function startFrontend() {
  const address = document.querySelector('meta[name="nhsuk-frontend"]')?.content;
  if (!address) return;
  const { initAll } = await import(address);
  initAll();
  document.addEventListener("htmx:load", ({ detail }) => {
    if (detail.elt !== document.body) initAll({ scope: detail.elt });
  });
}

/** A form is sent once, however often its button is pressed. The server checks this too. */
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  if (button.dataset.busy) beBusy(button, button.dataset.busy);
  else setTimeout(() => form.dataset.sent && form.isConnected && beBusy(button, "Working…"), SECOND);
}

/** The button says what it does, or after a second that it does something. */
function beBusy(button, words) {
  idle.set(button, [...button.childNodes]);
  button.replaceChildren(words);
  say(words);
}

/** Coming back to a page, or an answer that kept it, makes its forms ready again. */
function makeReady(root) {
  const forms = root.matches?.("form[data-sent]") ? [root] : root.querySelectorAll("form[data-sent]");
  for (const form of forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('[aria-disabled="true"]:not([disabled])')) {
      button.removeAttribute("aria-disabled");
      if (idle.has(button)) button.replaceChildren(...idle.get(button));
      idle.delete(button);
    }
  }
}

/** How long a place is still kept, in words: every second to see, three times to hear. */
function countDown(box) {
  const left = box.querySelector(".app-hold__left");
  const opened = performance.now();
  const whole = Date.parse(box.dataset.holdUntil) - Date.parse(box.dataset.now);
  const spoken = new Set([2, 1].filter((minutes) => whole <= minutes * MINUTE));
  const tick = () => {
    if (!box.isConnected) return;
    const rest = whole - (performance.now() - opened);
    if (rest <= 0) {
      const over = box.dataset.holdOver ?? OVER;
      left.textContent = over;
      box.closest(".app-hold").classList.add("app-hold--over");
      say(over);
      offerAgain(box.closest(".app-keep"));
      return;
    }
    if (rest < HOUR) left.textContent = `${box.dataset.holdWords ?? "Held for"} ${inWords(rest)}`;
    for (const minutes of [2, 1]) {
      if (rest <= minutes * MINUTE && !spoken.has(minutes)) {
        spoken.add(minutes);
        say(`${box.dataset.holdEnds ?? "The hold ends in"} ${minutes === 1 ? "1 minute" : "2 minutes"}.`);
      }
    }
    setTimeout(tick, 1000);
  };
  tick();
}

/** Nothing can be booked that is not held: the place is offered to be held again, what was typed stays. */
function offerAgain(section) {
  if (!section) return;
  const again = section.querySelector("[data-hold-again]");
  again.textContent = again.dataset.holdAgain;
  const gone = [...section.querySelectorAll("[data-while-held]")];
  const hadFocus = gone.includes(document.activeElement);
  again.hidden = false;
  for (const part of gone) part.hidden = true;
  if (hadFocus) again.focus();
}

/** "4 minutes 5 seconds"; of more than an hour the page says until when, and counts nothing. */
function inWords(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (!minutes) return count(rest, "second");
  return rest ? `${count(minutes, "minute")} ${count(rest, "second")}` : count(minutes, "minute");
}

/** What a partial update brings: it is counted down, spoken, or takes the focus. */
function welcome(root) {
  const all = (selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  all("[data-hold-until]").forEach(countDown);
  document.querySelectorAll("[data-new-rows]").forEach(countWaiting);
  for (const news of all("[data-say]")) {
    if ("sayNow" in news.dataset) say(news.dataset.say, { now: true });
    else if (isAsked) say(news.dataset.say);
    else sayAgainSoon(news.dataset.say);
  }
  const marked = all("[data-focus]")[0];
  if (marked) goTo(marked.dataset.focus ? marked.querySelector(marked.dataset.focus) : marked);
}

/** The focus goes there; of a place that is held, what is read aloud stays in sight with it. */
function goTo(target) {
  if (!target.matches("a, button, input, select, textarea")) target.tabIndex = -1;
  const kept = target.closest(".app-keep");
  target.focus({ preventScroll: Boolean(kept) });
  kept?.scrollIntoView({ block: "nearest" });
  if (kept) target.scrollIntoView({ block: "nearest" });
}

/** A page that was asked for to be printed goes to the printer; the button does it again. */
function printPage() {
  if (document.querySelector("[data-print-now]")) setTimeout(() => window.print(), 200);
  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
}

/** The text of a box goes to the clipboard; where that is not allowed it is marked, to be copied by hand. */
async function copyText(button) {
  const box = document.getElementById(button.dataset.copy);
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
    button.textContent = "Copied";
    say("Copied");
  } catch {
    button.textContent = "Marked: copy it with your keyboard";
    say("The text is marked. Copy it with your keyboard.");
  }
}

/**
 * Whoever stood on "Undo" as its time ran out stands on what to do instead, not nowhere.
 * A browser may have let go of the hidden button before it says that the time is over.
 */
function moveOn({ target, animationName }) {
  const on = document.activeElement === document.body ? stoodOn : document.activeElement;
  if (animationName !== "app-undo-ends" || !target.contains(on)) return;
  const late = target.parentElement.querySelector(".app-undo__late");
  requestAnimationFrame(() => late.focus({ preventScroll: true }));
}

/** Whoever goes on with what a box has kept stands behind it, not before it. */
function standBehind() {
  for (const box of document.querySelectorAll("input[type=text][autofocus]")) {
    box.setSelectionRange(box.value.length, box.value.length);
  }
}

document.addEventListener("focusin", ({ target }) => { stoodOn = target; });
document.addEventListener("animationend", moveOn);
document.addEventListener("submit", sendOnce);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-new-rows]");
  if (button) showWaiting(button);
  const copies = event.target.closest("[data-copy]");
  if (copies) copyText(copies);
});
window.addEventListener("pageshow", (event) => event.persisted && makeReady(document));
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  isAsked = !("X-Watching" in (detail.requestConfig?.headers ?? {}));
});
document.addEventListener("htmx:afterRequest", (event) => makeReady(event.target));
document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && welcome(detail.elt));
welcome(document);
standBehind();
printPage();
await startFrontend();
