// The red-flag card: what is ticked is spoken. A flag ends "none said"; "none said" ends no flag.
import { say } from "./headroom-voice.js";

const none = document.querySelector("[data-none]");

const NARROW = "(max-width: 40.0525em)";

/** On a phone the first box has the focus, and the page still opens with whose request it is. */
function openAtTheTop() {
  if (!none || document.activeElement !== none || !matchMedia(NARROW).matches) return;
  none.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

document.addEventListener("change", ({ target }) => {
  if (!target.checked || !none) return;
  if (target === none) {
    if (document.querySelector("[data-flag]:checked")) say(none.dataset.none, { now: true });
  } else if (target.matches("[data-flag]")) {
    none.checked = false;
    say(target.parentElement.querySelector(".app-flag__say").textContent, { now: true });
  }
});

if (document.readyState === "complete") openAtTheTop();
else window.addEventListener("load", openAtTheTop, { once: true });
