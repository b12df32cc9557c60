// The red-flag card: what is ticked is spoken. A flag ends "none said"; "none said" ends no flag.
import { say } from "./headroom-voice.js";

const none = document.querySelector("[data-none]");

document.addEventListener("change", ({ target }) => {
  if (!target.checked || !none) return;
  if (target === none) {
    if (document.querySelector("[data-flag]:checked")) say(none.dataset.none, { now: true });
  } else if (target.matches("[data-flag]")) {
    none.checked = false;
    say(target.parentElement.querySelector(".app-flag__say").textContent, { now: true });
  }
});
