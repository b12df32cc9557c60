// Rows that come, change and go while somebody reads: none of them moves under the pointer.
import { sayAgainSoon } from "./headroom-voice.js";

// The order the server gave last, by list; it is taken up when somebody asks for what is new.
const orders = new Map();
const GONE = "No longer in this list";

const rowsOf = (root) => [...root.querySelectorAll("[data-row]")];
const cases = (number) => `${number} new ${number === 1 ? "case" : "cases"}`;

/** Rows that came meanwhile wait behind a button that counts them. */
export function countWaiting(button) {
  const list = document.querySelector(button.dataset.newRows);
  const waiting = list ? list.querySelectorAll("[data-waiting]") : [];
  button.hidden = waiting.length === 0;
  button.textContent = `Show ${cases(waiting.length)}`;
}

/** What waited is there, in the order of the server; the first of it has the focus. */
export function showWaiting(button) {
  const list = document.querySelector(button.dataset.newRows);
  if (orders.has(list.id)) putInOrder(list, orders.get(list.id));
  const waiting = list.querySelectorAll("[data-waiting]");
  for (const row of waiting) {
    row.hidden = false;
    delete row.dataset.waiting;
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

/** The list as the server has it now, without moving a row: new ones wait, gone ones turn grey. */
export function mergeRows(list, fresh) {
  const coming = rowsOf(fresh);
  const known = new Map(rowsOf(list).map((row) => [row.dataset.row, row]));
  if (!known.size) {
    replaceAll(list, fresh);
    if (coming.length) sayNew(coming);
    return;
  }
  const order = coming.map((row) => row.dataset.row);
  const isNews = keepStill(list, () => takeIn(coming, known, order));
  orders.set(list.id, order);
  document.querySelectorAll(`[data-new-rows="#${list.id}"]`).forEach(countWaiting);
  if (isNews) sayNew(list.querySelectorAll("[data-waiting]"));
}

/** An empty list has nothing to hold still: all that comes is shown at once. */
function replaceAll(list, fresh) {
  list.replaceChildren(...fresh.childNodes);
}

function takeIn(coming, known, order) {
  let last = null;
  let isNews = false;
  for (const row of coming) {
    const old = known.get(row.dataset.row);
    if (old) change(old, row);
    else isNews = true;
    const here = old ?? waitingRow(row);
    if (!old) last ? last.after(here) : known.values().next().value.before(here);
    last = here;
  }
  for (const [name, row] of known) if (!order.includes(name)) turnGrey(row);
  return isNews;
}

function waitingRow(row) {
  row.hidden = true;
  row.dataset.waiting = "";
  return row;
}

/** New words in the old row; what somebody is about to press stays. */
function change(old, fresh) {
  old.className = fresh.className;
  [...old.cells].forEach((cell, place) => {
    const words = fresh.cells[place]?.innerHTML;
    const isInUse = cell.contains(document.activeElement) || cell.querySelector(":is(a, button):hover");
    if (words !== undefined && words !== cell.innerHTML && !isInUse) cell.innerHTML = words;
  });
}

/** A case that left the list says so where it stood; a new one that nobody has seen just goes. */
function turnGrey(row) {
  if ("waiting" in row.dataset) {
    row.remove();
    return;
  }
  row.classList.add("app-queue__taken");
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

function sayNew(rows) {
  const urgent = [...rows].filter((row) => "urgent" in row.dataset).length;
  sayAgainSoon(urgent ? `${cases(rows.length)}, ${urgent} urgent` : cases(rows.length));
}
