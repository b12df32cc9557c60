// The red-flag card: what is ticked is spoken, and "none said" and a flag exclude each other.
import { say } from "./headroom-voice.js";

const none = document.querySelector("[data-none]");

document.addEventListener("change", ({ target }) => {
  if (!target.checked || !none) return;
  if (target === none) {
    for (const flag of document.querySelectorAll("[data-flag]:checked")) flag.checked = false;
  } else if (target.matches("[data-flag]")) {
    none.checked = false;
    say(target.parentElement.querySelector(".app-flag__say").textContent, { now: true });
  }
});
