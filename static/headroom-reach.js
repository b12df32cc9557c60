// Whether the server can be reached: known from what it answers, never only from the browser's word.
const HEALTH = "/health/";
const PATIENCE = 8_000;
// Heard from so lately, it is there still.
const SURE_FOR = 10_000;
const AGAIN = 5_000;
// What stands before the server says so where the server does not answer.
const NOBODY = [502, 503, 504];

let heard = performance.now();
let isMissed = !navigator.onLine;
let isDoubted = false;
let again = null;

export const isLost = () => isMissed || !navigator.onLine;
export const isInDoubt = () => isLost() || isDoubted || performance.now() - heard > SURE_FOR;

function hear() {
  heard = performance.now();
  isDoubted = false;
  clearTimeout(again);
  if (!isMissed) return;
  isMissed = false;
  document.dispatchEvent(new Event("headroom:reached"));
}

/** Nothing is there; from now on we ask again until something is. */
function miss() {
  clearTimeout(again);
  again = setTimeout(isReached, AGAIN);
  if (isMissed) return;
  isMissed = true;
  document.dispatchEvent(new Event("headroom:lost"));
}

/** The server's answer, or null where none came. */
export async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), ...options });
    if (NOBODY.includes(answer.status)) isDoubted = true;
    else hear();
    return answer;
  } catch {
    miss();
    return null;
  }
}

/** A post to our own server that outlives the page. */
export function post(address, fields = {}) {
  const headers = { "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] };
  const body = new URLSearchParams(fields);
  return ask(address, { method: "POST", body, headers, redirect: "manual", keepalive: true });
}

/** Asked for now: is anybody there? */
export async function isReached() {
  const answer = navigator.onLine && (await ask(HEALTH, { cache: "no-store", credentials: "omit" }));
  if (!answer || NOBODY.includes(answer.status)) miss();
  return !isMissed;
}

window.addEventListener("offline", miss);
window.addEventListener("online", isReached);
window.addEventListener("pageshow", (event) => (isDoubted ||= event.persisted));
document.addEventListener("htmx:sendError", isReached);
document.addEventListener("htmx:timeout", isReached);
document.addEventListener("htmx:afterOnLoad", ({ detail }) => NOBODY.includes(detail.xhr.status) || hear());
