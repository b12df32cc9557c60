// Everything here only helps: each page works without it.
const frontend = document.querySelector('meta[name="nhsuk-frontend"]');
if (frontend) {
  const { initAll } = await import(frontend.content);
  initAll();
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
  });
}
