// How each live part of a page takes what the server answered, so that it disturbs nobody.
import { keepStill, mergeRows } from "./headroom-rows.js";
import { say, sayAgainSoon } from "./headroom-voice.js";

export const isPointedAt = (part) =>
  part.contains(document.activeElement) || part.querySelector(":is(a, button):hover") !== null;

/** What takes an answer, by the part's id; and which parts wait until nobody is at them. */
export const TAKES = {
  "queue-list": takeQueue,
  "duty-lists": takeLists,
  "desk-lists": takeLists,
  "alarms-now": takeAlarms,
  "calls-now": takeCalls,
  "asked-now": takeAsked,
};
export const WAIT = new Set([takeAlarms, takeCalls]);

function takeQueue(part, answer) {
  for (const id of ["queue-counts", "queue-next"]) {
    const box = document.getElementById(id);
    if (!isPointedAt(box)) keepStill(part, () => (box.innerHTML = answer.getElementById(id).innerHTML));
  }
  takeTime(answer);
  mergeRows(part, answer.getElementById("queue-list"));
}

/** A page of several lists: each takes its rows, and their headings count anew. */
function takeLists(part, answer) {
  takeTime(answer);
  const first = part.querySelector("[data-first]");
  if (first) first.textContent = answer.querySelector("[data-first]").textContent;
  keepStill(part, () => part.querySelectorAll("[data-list]").forEach((list) => takeList(list, answer)));
}

/** What comes to a duty list is said by the line of calls that stands above every page. */
function takeList(list, answer) {
  const fresh = answer.getElementById(list.id);
  if (!fresh) return;
  mergeRows(list, fresh, { isSilent: Boolean(document.getElementById("calls-now")) });
  for (const heading of list.querySelectorAll("h2[id]")) {
    heading.textContent = answer.getElementById(heading.id)?.textContent ?? heading.textContent;
  }
}

function takeTime(answer) {
  document.querySelector("[data-as-of]").textContent = answer.querySelector("[data-as-of]").textContent;
}

const title = document.title;

/** Emergencies that nobody has yet, counted where also a page that nobody sees shows it. */
export function countAlarms(root) {
  const number = root.querySelectorAll("[data-unanswered]").length;
  document.title = number ? `${number} ${number === 1 ? "emergency" : "emergencies"} – ${title}` : title;
}

/** A new emergency is heard at once; the page below it stays where it is on the screen. */
function takeAlarms(part, answer) {
  const coming = answer.getElementById("alarms-now");
  const alarms = (root) => [...root.querySelectorAll("[data-alarm]")];
  const known = new Set(alarms(part).map((one) => one.dataset.alarm));
  const added = alarms(coming).filter((one) => !known.has(one.dataset.alarm));
  replace(part, coming);
  if (added.length) say(added.map((one) => one.dataset.words).join(". "), { now: true });
}

/** Calls for help are said politely, and not too often; one that is late now breaks in. */
function takeCalls(part, answer) {
  const coming = answer.getElementById("calls-now");
  const named = (root, what) => (root.querySelector(`[data-${what}]`)?.dataset[what] ?? "").split(" ");
  const isMore = (what) => named(coming, what).some((one) => one && !named(part, what).includes(one));
  const [isLate, isNew] = [isMore("late"), isMore("calls")];
  replace(part, coming);
  const words = part.querySelector("[data-words]")?.dataset.words;
  if (isLate) say(words, { now: true });
  else if (isNew) sayAgainSoon(words, "calls");
}

/** The supervisor's answer is heard at once; nothing that is being typed beside it is touched. */
function takeAsked(part, answer) {
  const coming = answer.getElementById("asked-now");
  if (!coming) return part.replaceChildren();
  const words = coming.querySelector("[data-answered]");
  if (words) {
    say(words.textContent);
    takeHistory(answer);
    takeVersion(Number(part.dataset.caseVersion), Number(coming.dataset.caseVersion));
    part.removeAttribute("data-live-part");
  }
  replace(part, coming);
}

function takeHistory(answer) {
  const [here, fresh] = [document, answer].map((root) => root.querySelector(".app-case__more .app-history"));
  if (here && fresh) keepStill(document.getElementById("actions"), () => here.replaceChildren(...fresh.childNodes));
}

/** Where the answer is all that happened, who has read it may go on; more than that is a change. */
function takeVersion(seen, fresh) {
  if (fresh !== seen + 1) return;
  for (const field of document.querySelectorAll('.app-case input[name="version"]')) {
    if (Number(field.value) === seen) field.value = fresh;
  }
}

function replace(part, coming) {
  keepStill(document.getElementById("maincontent"), () => {
    part.replaceChildren(...coming.childNodes);
    part.classList.toggle("app-alarms-came", part.children.length > 0 && part.id === "alarms-now");
  });
  window.htmx.process(part);
}
