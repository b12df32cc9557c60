// What a screen reader says about changes: politely, and not too often.
const REST = 30_000;
let lastSaid = -REST;
const waiting = new Map();
// What is to be said in the same moment, by voice: one sentence does not swallow another.
const coming = new Map();

/** Said at once: politely after the sentence being read, or `now`, breaking into it. */
export function say(words, { now = false } = {}) {
  const voice = document.getElementById(now ? "app-assertive" : "app-polite");
  if (!voice) return;
  if (coming.has(voice)) {
    coming.get(voice).add(words);
    return;
  }
  coming.set(voice, new Set([words]));
  voice.textContent = "";
  requestAnimationFrame(() => {
    voice.textContent = [...coming.get(voice)].join(". ").replaceAll("..", ".");
    coming.delete(voice);
  });
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
