// The network or the server is gone: the page stays, says how old it is, and sends nothing.
import { isInDoubt, isLost, isReached } from "./headroom-reach.js";
import { say } from "./headroom-voice.js";

const AGE = document.querySelector(".app-footer__clock")?.textContent.replace(/^\.\s*/, "") ?? "";
const KEPT = "nothing can be sent. What you typed is still here.";
const head = () => (navigator.onLine ? "Headroom does not answer" : "No network");
const asked = new WeakSet();
let box = null;
let isLetGo = false;
// What cannot be pressed now, with what described it before.
const muted = new Map();
const CONTROLS = 'a[href]:not([href^="#"], [href^="tel:"]), button:not([type="button"]), input[type="submit"]';

function lose() {
  if (box) return;
  box = document.createElement("section");
  box.className = "app-lost";
  box.setAttribute("aria-label", head());
  const words = document.createElement("p");
  words.id = "app-lost-why";
  words.textContent = `${head()}. ${AGE}: it can be read, and nothing can be sent. Work on paper until it is back. In an emergency call 999 or take your own emergency steps.`;
  box.append(words);
  document.querySelector("main")?.prepend(box);
  document.body.classList.add("app-is-lost");
  document.querySelectorAll(CONTROLS).forEach(mute);
  say(words.textContent, { now: true });
}

/** The control says that it cannot be used, and why. */
function mute(control) {
  if (control.getAttribute("aria-disabled") === "true") return;
  const before = control.getAttribute("aria-describedby");
  muted.set(control, before);
  control.setAttribute("aria-disabled", "true");
  control.setAttribute("aria-describedby", [before, "app-lost-why"].filter(Boolean).join(" "));
}

function free(before, control) {
  control.removeAttribute("aria-disabled");
  if (before === null) control.removeAttribute("aria-describedby");
  else control.setAttribute("aria-describedby", before);
}

function find() {
  muted.forEach(free);
  muted.clear();
  box?.remove();
  box = null;
  document.body.classList.remove("app-is-lost");
  say("Headroom is back. Look again before you act.");
}

/** The next turn of the browser: while it still sends a form, it sends no other time. */
function nextTurn() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = done;
    port2.postMessage("");
  });
}

/**
 * A browser would put its own page in the place of ours, and what was typed would be gone: so in
 * doubt we ask first, and words that are not kept yet are kept first.
 */
async function askFirst(event, keeping, go) {
  const pressed = event.target;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (asked.has(pressed)) return;
  asked.add(pressed);
  await Promise.all([nextTurn(), ...keeping]);
  const isThere = !isInDoubt() || (await isReached());
  asked.delete(pressed);
  if (!isThere) return say(`${head()}: ${KEPT}`, { now: true });
  isLetGo = true;
  go();
  isLetGo = false;
}

function send(event) {
  const form = event.target;
  if (isLetGo || form.method === "dialog") return;
  const isPart = form.matches("[hx-post], [hx-get]");
  const keeping = [];
  if (!isPart) form.dispatchEvent(new CustomEvent("headroom:leaving", { detail: keeping }));
  if (!keeping.length && !(isPart ? isLost() : isInDoubt())) return;
  askFirst(event, keeping, () => form.requestSubmit(event.submitter));
}

function follow(event) {
  const link = event.target.closest?.("a[href]");
  if (isLetGo || !link || link.getAttribute("href").startsWith("#") || link.protocol === "tel:") return;
  // What opens elsewhere leaves this page as it is.
  const staysHere = event.ctrlKey || event.metaKey || event.shiftKey || link.target === "_blank";
  if (staysHere ? isLost() : isInDoubt()) askFirst(event, [], () => link.click());
}

document.addEventListener("headroom:lost", lose);
document.addEventListener("headroom:reached", find);
document.addEventListener("submit", send, true);
document.addEventListener("click", follow, true);
if (isLost()) lose();
