// The wall renews itself; when it cannot, it says since when what it shows is old.
const live = document.getElementById("live");
const SILENCE = 25_000;
let silence = null;

const shown = () => document.querySelector("[data-as-of]")?.textContent ?? "";

function beLive() {
  live.textContent = "Live";
  live.classList.remove("wall__live--off");
  clearTimeout(silence);
  silence = setTimeout(lose, SILENCE);
}

function lose() {
  live.textContent = `Not live since ${shown()}`;
  live.classList.add("wall__live--off");
}

window.addEventListener("htmx:afterRequest", (event) => (event.detail.successful ? beLive() : lose()));
// A link that was revoked shows nothing any more, not even what it showed before.
window.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 404) window.location.reload();
});
beLive();
