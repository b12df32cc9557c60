// Pages look again when something changed: a stream tells them, else they look by themselves.
// News says where something changed, never what; each part then asks the server for itself.
import { countAlarms, isPointedAt, TAKES, WAIT } from "./headroom-takes.js";
import { isReached } from "./headroom-reach.js";
import { sayAgainSoon } from "./headroom-voice.js";

const ADDRESS = document.querySelector('meta[name="headroom-live"]')?.content ?? "";
// The stream beats every 10 seconds; two beats missed, and it is gone.
const SILENCE = 25_000;
// In a rush a part looks no more often than this; the first news after a rest is shown at once.
const SOONEST = 3_000;
const BUSY = 5_000;
const LOOK_LIVE = 60_000;
const LOOK_ALONE = 15_000;
const LONGEST_PAUSE = 12_000;
// Where no stream stays open, versions are asked for: a cheap answer, and a look only at news.
const ASK_EVERY = 5_000;
// A page that nobody sees watches for emergencies alone; its title in the tab counts them.
const LOOK_UNSEEN = 30_000;
const ALARMS = "alarms";

const parts = () => [...document.querySelectorAll("[data-live-part]")];
const scatter = (time) => time * (0.75 + Math.random() / 2);

let stream = null;
let own = null;
let silence = null;
let tries = 0;
let isLive = false;
let checked = "";
let since = document.querySelector("[data-as-of]")?.textContent ?? "";
let news = {};
const planned = new Map();
const looked = new Map();
const asked = new Map();

/** The part asks for itself, once, after a while; meanwhile more news changes nothing. */
function plan(part, delay) {
  if (planned.has(part.id)) return;
  const rest = (looked.get(part.id) ?? -SOONEST) + SOONEST - performance.now();
  const look = () => {
    planned.delete(part.id);
    lookAgain(document.getElementById(part.id));
  };
  planned.set(part.id, setTimeout(look, Math.max(delay, rest)));
}

function lookAgain(part) {
  if (!part || (document.hidden && part.dataset.livePart !== ALARMS)) return;
  looked.set(part.id, performance.now());
  asked.set(part.id, news[part.dataset.livePart]);
  window.htmx.trigger(part, "look");
}

/** Without news, too, times move on: once a minute while live, more often alone. */
function lookByOurselves() {
  const pause = document.hidden ? LOOK_UNSEEN : isLive || checked ? LOOK_LIVE : LOOK_ALONE;
  for (const part of parts()) {
    if (performance.now() - (looked.get(part.id) ?? 0) >= pause / 2) lookAgain(part);
  }
  lookIn(pause);
}

function lookIn(pause) {
  clearTimeout(own);
  own = setTimeout(lookByOurselves, scatter(pause));
}

function hear(event) {
  const facts = JSON.parse(event.data);
  beLive(facts.at);
  tries = 0;
  clearTimeout(silence);
  silence = setTimeout(lose, SILENCE);
  notice(facts);
}

function beLive(at) {
  if (!isLive && tries) sayAgainSoon("Live again", "live");
  isLive = true;
  checked = "";
  since = at;
  tell();
}

/** The stream is gone: we say so, look by ourselves, and try again, later each time. */
function lose() {
  stop();
  if (isLive) {
    isLive = false;
    lookIn(LOOK_ALONE / 2);
    isReached();
  }
  tell();
  tries += 1;
  setTimeout(listen, scatter(Math.min(LONGEST_PAUSE / 1.5, 500 * 2 ** tries)));
  if (tries === 2) ask();
}

/** Between two tries for a stream: which versions are there now? */
async function ask() {
  if (isLive || !tries) return;
  setTimeout(ask, scatter(ASK_EVERY));
  if (document.hidden) return;
  const answer = await fetch(`${ADDRESS}now/?${watched()}`, { credentials: "include" }).catch(() => null);
  const facts = answer?.ok ? await answer.json() : null;
  if (isLive) return;
  checked = facts?.at ?? "";
  since = checked || since;
  if (facts) notice(facts);
  tell();
}

/** What has moved on is looked at again, not all pages in the same moment. */
function notice(facts) {
  news = facts;
  for (const part of parts()) {
    const now = news[part.dataset.livePart];
    if (part.dataset.version !== String(now)) plan(part, Math.random() * news.within);
  }
}

function stop() {
  clearTimeout(silence);
  stream?.close();
  stream = null;
}

function watched() {
  const subjects = new Set(parts().map((part) => part.dataset.livePart));
  return new URLSearchParams([...subjects].map((one) => ["of", one]));
}

function listen() {
  if (stream || document.hidden || !ADDRESS || !parts().length) return;
  stream = new EventSource(`${ADDRESS}?${watched()}`, { withCredentials: true });
  stream.addEventListener("message", hear);
  stream.addEventListener("error", lose);
}

/** "Live" or "Not live since 10:42am", wherever the page has a place for it. */
function tell() {
  const alone = checked ? `Checked every few seconds, last at ${checked}.` : `Not live since ${since}.`;
  for (const line of document.querySelectorAll("[data-live]")) {
    line.textContent = isLive ? "Live." : alone;
    line.classList.toggle("app-live--off", !isLive && !checked);
  }
}

/** What came is shown where it disturbs nobody; what could not be shown is asked for again. */
function show(event) {
  const part = event.detail.target;
  if (!part?.dataset?.livePart || event.detail.xhr.status !== 200) return;
  const take = TAKES[part.id];
  const answer = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  if (take === TAKES["alarms-now"]) countAlarms(answer);
  if (!event.detail.shouldSwap || (WAIT.has(take) && isPointedAt(part))) {
    plan(part, BUSY);
    return;
  }
  // The server's answer holds all that was news when we asked, and perhaps more.
  if (asked.get(part.id) !== undefined) part.dataset.version = asked.get(part.id);
  take?.(part, answer);
  tell();
}

window.addEventListener("htmx:beforeSwap", show);
window.addEventListener("htmx:afterSwap", tell);
window.addEventListener("offline", () => stream && lose());
window.addEventListener("online", listen);
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", (event) => event.persisted && listen());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) stop();
  else listen();
  lookIn(document.hidden ? LOOK_UNSEEN : LOOK_ALONE);
});

if (parts().length) {
  countAlarms(document);
  if (ADDRESS) setTimeout(tell, 3_000);
  else tell();
  listen();
  lookIn(LOOK_ALONE);
}
