// What a screen reader says about changes: politely, and not too often.
const REST = 30_000;
let lastSaid = -REST;
const waiting = new Map();

/** Said at once: politely after the sentence being read, or `now`, breaking into it. */
export function say(words, { now = false } = {}) {
  const voice = document.getElementById(now ? "app-assertive" : "app-polite");
  if (!voice) return;
  voice.textContent = "";
  requestAnimationFrame(() => (voice.textContent = words));
}

/** News, at most once each 30 seconds; newer words of a kind replace those that still wait. */
export function sayAgainSoon(words, kind = "news") {
  const rest = lastSaid + REST - performance.now();
  if (!waiting.size) setTimeout(sayWaiting, Math.max(0, rest));
  waiting.set(kind, words);
}

function sayWaiting() {
  lastSaid = performance.now();
  say([...waiting.values()].join(". "));
  waiting.clear();
}
