// What is typed is kept by the server, never by the browser.
import { post } from "./headroom-reach.js";
import { say } from "./headroom-voice.js";

const EVERY = 10_000;

const isTyped = (control) =>
  control.name && !["hidden", "password", "submit", "button", "file"].includes(control.type);
const ticks = (control) => ["checkbox", "radio"].includes(control.type);

/** The values of a form's own controls, lists of words by name; hidden ones are the server's. */
function typedIn(form) {
  const fields = {};
  for (const control of form.elements) {
    if (!isTyped(control) || (ticks(control) && !control.checked)) continue;
    (fields[control.name] ??= []).push(control.value);
  }
  return fields;
}

function fill(form, fields) {
  for (const control of form.elements) {
    if (!isTyped(control)) continue;
    const values = fields[control.name] ?? [];
    if (ticks(control)) control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// What is written, and not only chosen or ticked.
const UNWRITTEN = ["hidden", "password", "submit", "button", "file", "checkbox", "radio", "select-one"];
const SEVERAL = 2;

/** Every form that is sent and has words or several answers, unless it says why it has no draft. */
function hasDraft(form) {
  if (form.getAttribute("method") !== "post" || form.dataset.noDraft !== undefined) return false;
  const typed = [...form.elements].filter(isTyped);
  const isWritten = typed.some((control) => !UNWRITTEN.includes(control.type));
  return isWritten || new Set(typed.map((control) => control.name)).size > SEVERAL;
}

/** Which form of which page: where it is sent to, which names its patient or case. */
function placeOf(form) {
  const to = new URL(form.getAttribute("action") ?? location.href, location.href);
  if (form.dataset.draftEach === undefined) to.searchParams.delete("draft");
  return [to.pathname + to.search, form.dataset.draft].filter(Boolean).join(" ");
}

/** A form that names nobody has a draft for each opening: the page's own address says which. */
function nameThisOpening() {
  const here = new URL(location.href);
  if (here.searchParams.has("draft")) return;
  here.searchParams.set("draft", crypto.getRandomValues(new Uint32Array(2)).join("-"));
  history.replaceState(history.state, "", here);
}

class Draft {
  constructor(form, address) {
    this.form = form;
    this.address = address;
    this.timer = null;
    this.keeping = null;
    this.isMarked = false;
    form.dataset.kept = this.place;
    form.addEventListener("input", (event) => event.isTrusted && this.soon());
    form.addEventListener("change", (event) => event.isTrusted && this.soon());
    form.addEventListener("submit", () => this.stop());
    // What is sent is kept until the answer came: the answer makes it needless.
    form.addEventListener("headroom:leaving", ({ detail }) => this.isOwed && detail.push(this.keep()));
    document.addEventListener("headroom:ending", ({ detail }) => this.isOwed && detail.push(this.keep()));
  }

  get place() {
    return placeOf(this.form);
  }

  soon() {
    this.timer ??= setTimeout(() => this.keep(), EVERY);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  /** Whether something was typed that the server has not said it keeps. */
  get isOwed() {
    return this.timer !== null || this.keeping !== null;
  }

  /** Kept now, if anything was typed since the last time; the form, where nobody is signed in. */
  keep() {
    if (this.timer === null) return this.keeping;
    this.stop();
    this.keeping = this.store();
    return this.keeping;
  }

  async store() {
    if (this.form.dataset.draftEach !== undefined) nameThisOpening();
    this.mark();
    const fields = JSON.stringify(typedIn(this.form));
    const answer = await post(this.address, { place: this.place, fields });
    this.keeping = null;
    if (answer?.ok) document.dispatchEvent(new Event("headroom:alive"));
    else this.soon();
    return answer?.type === "opaqueredirect" ? this.form : null;
  }

  /** The form says, when it is sent, which draft it makes needless. */
  mark() {
    if (this.isMarked) return;
    this.isMarked = true;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "draft" });
    field.value = this.place;
    this.form.append(field);
  }

  /** What was kept is in its fields again, and the form says so. */
  async restore() {
    const answer = await fetch(`${this.address}?${new URLSearchParams({ place: this.place })}`);
    if (answer.status !== 200) return;
    const kept = await answer.json();
    const before = typedIn(this.form);
    fill(this.form, kept.fields);
    this.mark();
    this.form.closest("details")?.setAttribute("open", "");
    this.offer(kept.saved, before);
  }

  offer(saved, before) {
    const note = document.createElement("p");
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "app-link-button",
      textContent: "Start afresh",
    });
    note.className = "app-note app-draft";
    note.append(`What you typed at ${saved} was kept and is back. `, button);
    button.addEventListener("click", () => {
      fill(this.form, before);
      note.remove();
      post(this.address, { place: this.place });
    });
    this.form.before(note);
    say(`What you typed at ${saved} is back.`);
  }
}

/** What was kept of these forms is back; the server or its own errors may have filled one. */
async function restoreAll(drafts, address) {
  if (drafts.length === 0) return;
  const answer = await fetch(`${address}?mine`);
  const places = answer.ok ? await answer.json() : [];
  for (const draft of drafts.filter((one) => places.includes(one.place))) {
    const isFilled = draft.form.dataset.refilled !== undefined;
    if (isFilled || draft.form.querySelector(".nhsuk-error-message")) draft.mark();
    else await draft.restore();
  }
}

const address = document.querySelector('meta[name="headroom-drafts"]')?.content;
const drafts = address
  ? [...document.forms].filter(hasDraft).map((form) => new Draft(form, address))
  : [];
restoreAll(drafts, address);
addEventListener("pagehide", () => drafts.forEach((draft) => draft.keep()));
