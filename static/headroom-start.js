// Before the page is drawn: say that scripts run, so that nothing flickers.
document.documentElement.classList.remove("no-js");
// Modules run once the page is read, before DOMContentLoaded: NHS.UK's asks for its class then.
document.addEventListener(
  "readystatechange",
  () => {
    const modern = "noModule" in HTMLScriptElement.prototype;
    document.body.classList.add("js-enabled");
    if (modern) document.body.classList.add("nhsuk-frontend-supported");
  },
  { once: true },
);
