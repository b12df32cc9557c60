// The network is gone: the page stays, says how old it is, and sends nothing until it is back.
import { say } from "./headroom-voice.js";

const AGE = document.querySelector(".app-footer__clock")?.textContent.replace(/^\.\s*/, "") ?? "";
const WHY = "No network: nothing can be sent. What you typed is still here.";
let box = null;

function lose() {
  if (box) return;
  box = document.createElement("section");
  box.className = "app-lost";
  box.setAttribute("aria-label", "No network");
  const words = document.createElement("p");
  words.textContent = `No network. ${AGE}: it can be read, and nothing can be sent. Work on paper until the network is back.`;
  box.append(words);
  document.querySelector("main")?.prepend(box);
  document.body.classList.add("app-is-lost");
  say(words.textContent, { now: true });
}

function find() {
  box?.remove();
  box = null;
  document.body.classList.remove("app-is-lost");
  say("The network is back. Look again before you act.");
}

/** A browser would put its own page in the place of ours, and what was typed would be gone. */
function stopSending(event) {
  if (navigator.onLine) return;
  lose();
  event.preventDefault();
  event.stopImmediatePropagation();
  say(WHY, { now: true });
}

function stopLeaving(event) {
  const link = event.target.closest?.("a[href]");
  if (navigator.onLine || !link || link.getAttribute("href").startsWith("#")) return;
  stopSending(event);
}

window.addEventListener("offline", lose);
window.addEventListener("online", () => box && find());
document.addEventListener("submit", stopSending, true);
document.addEventListener("click", stopLeaving, true);
document.addEventListener("htmx:sendError", () => navigator.onLine || lose());
if (!navigator.onLine) lose();
