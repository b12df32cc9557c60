// Rows that come, change and go while somebody reads: none of them moves under the pointer.
import { sayAgainSoon } from "./headroom-voice.js";

// The order the server gave last, by list; it is taken up when somebody asks for what is new.
const orders = new Map();
const GONE = "No longer in this list";

const rowsOf = (root) => [...root.querySelectorAll("[data-row]")];
// A row of a table has cells; an item of a list is its own only one.
const cellsOf = (row) => (row.cells ? [...row.cells] : [row]);
const count = (number, what) => `${number} ${what} ${number === 1 ? "case" : "cases"}`;
const counted = (numbers) => numbers.filter(([number]) => number).map(([number, what]) => count(number, what));

/** Rows that came or were raised meanwhile wait behind a button that counts them. */
export function countWaiting(button) {
  const list = document.querySelector(button.dataset.newRows);
  const number = (which) => list?.querySelectorAll(which).length ?? 0;
  const waiting = counted([[number("[data-waiting]"), "new"], [number("[data-raised]"), "raised"]]);
  button.hidden = waiting.length === 0;
  button.textContent = `Show ${waiting.join(" and ") || "new cases"}`;
}

/** What waited is there, in the order of the server; the first of it has the focus. */
export function showWaiting(button) {
  const list = document.querySelector(button.dataset.newRows);
  if (orders.has(list.id)) putInOrder(list, orders.get(list.id));
  const waiting = list.querySelectorAll("[data-waiting], [data-raised]");
  for (const row of waiting) {
    row.hidden = false;
    delete row.dataset.waiting;
    delete row.dataset.raised;
  }
  countWaiting(button);
  waiting[0]?.querySelector("a, button")?.focus();
}

function putInOrder(list, order) {
  const rows = new Map(rowsOf(list).map((row) => [row.dataset.row, row]));
  const body = rows.values().next().value?.parentElement;
  for (const name of order) body?.append(rows.get(name) ?? "");
  for (const [name, row] of rows) if (!order.includes(name)) row.remove();
}

/** The list as the server has it now, without moving a row: new ones wait, gone ones turn grey.
 *  What there is to say of it is said here, or where it is `isSilent` elsewhere. */
export function mergeRows(list, fresh, { isSilent = false } = {}) {
  const coming = rowsOf(fresh);
  const known = new Map(rowsOf(list).map((row) => [row.dataset.row, row]));
  if (!known.size) {
    replaceAll(list, fresh);
    if (!isSilent) sayNews(list, { new: coming });
    return;
  }
  const order = coming.map((row) => row.dataset.row);
  const news = keepStill(list, () => {
    const found = takeIn(coming, known, order);
    document.querySelectorAll(`[data-new-rows="#${list.id}"]`).forEach(countWaiting);
    return found;
  });
  orders.set(list.id, order);
  if (!isSilent) sayNews(list, news);
}

/** An empty list has nothing to hold still: all that comes is shown at once. */
function replaceAll(list, fresh) {
  list.replaceChildren(...fresh.childNodes);
}

function takeIn(coming, known, order) {
  let last = null;
  const news = { new: [], raised: [], calling: [] };
  for (const row of coming) {
    const old = known.get(row.dataset.row);
    if (old) news[change(old, row)]?.push(old);
    else news.new.push(row);
    const here = old ?? waitingRow(row);
    if (!old) last ? last.after(here) : known.values().next().value.before(here);
    last = here;
  }
  for (const [name, row] of known) if (!order.includes(name)) turnGrey(row);
  return news;
}

function waitingRow(row) {
  row.hidden = true;
  row.dataset.waiting = "";
  return row;
}

/** New words in the old row; what somebody is about to press stays. What there is to say of it. */
function change(old, fresh) {
  const said = newsOf(old.dataset, fresh.dataset);
  old.className = fresh.className;
  old.toggleAttribute("data-urgent", "urgent" in fresh.dataset);
  // A class that was set back is no raised one, however it came about.
  if (fresh.dataset.class > old.dataset.class) delete old.dataset.raised;
  if (said === "raised" && !("waiting" in old.dataset)) old.dataset.raised = "";
  Object.assign(old.dataset, { class: fresh.dataset.class ?? "", called: fresh.dataset.called ?? "0" });
  const cells = cellsOf(fresh);
  cellsOf(old).forEach((cell, place) => {
    const words = cells[place]?.innerHTML;
    const isInUse = cell.contains(document.activeElement) || cell.querySelector(":is(a, button):hover");
    if (words !== undefined && words !== cell.innerHTML && !isInUse) cell.innerHTML = words;
  });
  return said;
}

/** "raised" to a higher class, "calling" for help once more, or nothing to say. */
function newsOf(was, is) {
  if (is.class < was.class) return "raised";
  return Number(is.called ?? 0) > Number(was.called ?? 0) ? "calling" : "";
}

/** A case that left the list says so where it stood; a new one that nobody has seen just goes. */
function turnGrey(row) {
  if ("waiting" in row.dataset) {
    row.remove();
    return;
  }
  delete row.dataset.raised;
  if (row.classList.contains("app-queue__gone")) return;
  row.classList.add("app-queue__taken", "app-queue__gone");
  if (!row.cells) return row.append(` ${GONE}`);
  const cell = row.cells[row.cells.length - 1];
  const head = cell.querySelector(".nhsuk-table__heading");
  cell.replaceChildren(...(head ? [head] : []), GONE);
}

/** Whatever `work` changes, the row in use stays where it is on the screen. */
export function keepStill(part, work) {
  const anchor =
    part.querySelector("[data-row]:hover") ?? document.activeElement?.closest("[data-row]") ?? part;
  const before = anchor.getBoundingClientRect().top;
  const answer = work();
  window.scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  return answer;
}

/** New cases, and how many of them are urgent; of older ones only what is urgent now. */
function sayNews(list, { new: arrived, raised = [], calling = [] }) {
  const urgent = (rows) => rows.filter((row) => "urgent" in row.dataset).length;
  const calls = urgent(calling);
  if (!arrived.length && !urgent(raised) && !calls) return;
  const all = rowsOf(list);
  const waiting = all.filter((row) => "waiting" in row.dataset);
  const shown = waiting.length ? waiting : arrived;
  const lifted = urgent(all.filter((row) => "raised" in row.dataset));
  const words = counted([[shown.length, "new"]]);
  if (urgent(shown)) words.push(`${urgent(shown)} urgent`);
  if (lifted) words.push(lifted === 1 ? "1 case is urgent now" : `${lifted} cases are urgent now`);
  if (calls) words.push(`${count(calls, "urgent")} ${calls === 1 ? "calls" : "call"} for help`);
  sayAgainSoon(words.join(", "), list.id);
}
