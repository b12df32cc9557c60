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

// Anywhere on the card, one key shows the questions that are folded away.
document.querySelector(".app-flags")?.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
  const more = event.currentTarget.querySelector(".app-flags__more");
  more.open = !more.open;
});
