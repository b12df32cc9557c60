// What a screen reader says about changes: politely, and not too often.
const REST = 30_000;
let lastSaid = -REST;
let waiting = null;

/** Said at once: politely after the sentence being read, or `now`, breaking into it. */
export function say(words, { now = false } = {}) {
  const voice = document.getElementById(now ? "app-assertive" : "app-polite");
  if (!voice) return;
  voice.textContent = "";
  requestAnimationFrame(() => (voice.textContent = words));
}

/** News, at most one each 30 seconds; what comes meanwhile replaces what was waiting. */
export function sayAgainSoon(words) {
  const rest = lastSaid + REST - performance.now();
  if (rest <= 0) {
    lastSaid = performance.now();
    say(words);
    return;
  }
  if (waiting === null) setTimeout(saidNow, rest);
  waiting = words;
}

function saidNow() {
  const words = waiting;
  waiting = null;
  lastSaid = performance.now();
  say(words);
}
