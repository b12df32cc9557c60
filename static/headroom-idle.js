// The end of a session is announced first, and nobody who comes later reads the last patient.
import { post } from "./headroom-reach.js";
import { say } from "./headroom-voice.js";

const WARNING = 120_000;
const AGAIN = 10_000;
// The server ends a shift to the second; what is typed is kept before that.
const BEFORE = 5_000;

/** What is typed and not kept yet is kept now; the form of it whose session was over already. */
async function keepAll() {
  const keeping = [];
  document.dispatchEvent(new CustomEvent("headroom:ending", { detail: keeping }));
  return (await Promise.all(keeping)).find((form) => form instanceof HTMLFormElement);
}

class Watch {
  constructor(box) {
    this.box = box;
    this.idle = Number(box.dataset.idleSeconds) * 1000;
    this.shiftEnds = Date.now() + Number(box.dataset.shiftSeconds) * 1000 - BEFORE;
    this.others = new BroadcastChannel("headroom-alive");
    this.others.addEventListener("message", ({ data }) => this.hear(data));
    document.addEventListener("headroom:alive", () => this.alive());
    document.addEventListener("headroom:reached", () => this.isCovering && this.end());
    document.addEventListener("htmx:beforeRequest", (event) => this.isCovering && event.preventDefault());
    document.addEventListener("htmx:afterOnLoad", (event) => {
      if (!event.detail.requestConfig.headers["X-Watching"]) this.alive();
    });
    document.addEventListener("headroom:leaving", (event) => this.signsOut(event), true);
    box.querySelector("button").addEventListener("click", () => this.answer());
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.answer();
    });
    box.addEventListener("close", () => this.isCovering && box.showModal());
    this.alive();
  }

  /** The server has just seen us; so have the other tabs. */
  alive() {
    if (this.isEnding) return;
    this.restart();
    this.tell("alive");
  }

  tell(what) {
    this.others.postMessage({ what, who: this.box.dataset.who });
  }

  /** Another tab is in use, or over; where somebody else has signed in, this one is over too. */
  hear({ what, who }) {
    if (what === "keep") keepAll();
    else if (what === "alive" && who === this.box.dataset.who) this.restart();
    else this.end({ isSignedOut: true });
  }

  restart() {
    if (this.isEnding) return;
    clearTimeout(this.timer);
    this.show("");
    this.ends = Math.min(Date.now() + this.idle, this.shiftEnds);
    this.isShift = this.ends === this.shiftEnds;
    if (this.isShift && this.isTold) this.endInTime();
    else this.timer = setTimeout(() => this.warn(), Math.max(0, this.ends - WARNING - Date.now()));
  }

  endInTime() {
    this.timer = setTimeout(() => this.end(), Math.max(0, this.ends - Date.now()));
  }

  warn() {
    this.isTold ||= this.isShift;
    this.show(this.isShift ? "shift" : "idle");
    this.endInTime();
  }

  /** The box says why it is there, or is closed; `covered`, nothing else of the page can be seen. */
  show(why) {
    this.isCovering = why === "covered";
    document.body.classList.toggle("app-is-covered", this.isCovering);
    for (const part of this.box.querySelectorAll("[data-why]")) part.hidden = part.dataset.why !== why;
    this.box.querySelector("[role=status]").textContent = "";
    if (!why) return this.box.close();
    const words = this.box.querySelector(`p[data-why="${why}"]`);
    this.box.querySelector("button").textContent = words.dataset.button;
    if (!this.box.open) this.box.showModal();
    say(words.textContent, { now: true });
  }

  /** The button, or Escape. */
  answer() {
    if (this.isCovering) this.end();
    else if (this.isShift) this.box.close();
    else this.extend();
  }

  async extend() {
    const answer = await post(this.box.dataset.stillHere);
    if (answer?.ok) return this.alive();
    if (answer?.type === "opaqueredirect") return this.end({ isSignedOut: true });
    const trouble = this.box.dataset.trouble;
    this.box.querySelector("[role=status]").textContent = trouble;
    say(trouble, { now: true });
  }

  /** Whoever comes back reads the way in; where the server does not answer, a covered page. */
  async end({ isSignedOut = false } = {}) {
    if (this.isEnding) return;
    this.isEnding = true;
    clearTimeout(this.timer);
    const late = await keepAll();
    // Sent after its session it is not done, but kept for its writer.
    if (late) return HTMLFormElement.prototype.submit.call(late);
    const answer = await post(this.box.dataset[isSignedOut ? "stillHere" : "signOut"]);
    if (answer && answer.status < 500) return this.leave();
    this.isEnding = false;
    this.show("covered");
    this.timer = setTimeout(() => this.end({ isSignedOut }), AGAIN);
  }

  leave() {
    const next = encodeURIComponent(location.pathname + location.search);
    location.assign(`${this.box.dataset.signIn}?next=${next}`);
  }

  /** Before somebody signs out, what is typed here and in the other tabs is kept. */
  signsOut({ target, detail }) {
    if (target.getAttribute("action") !== this.box.dataset.signOut) return;
    this.tell("keep");
    detail.push(keepAll());
  }
}

const box = document.getElementById("app-idle");
if (box) new Watch(box);
