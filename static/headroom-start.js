// Before the page is drawn: say that scripts run, so that nothing flickers.
document.documentElement.classList.remove("no-js");
document.addEventListener("DOMContentLoaded", () => {
  const modern = "noModule" in HTMLScriptElement.prototype;
  document.body.classList.add("js-enabled");
  if (modern) document.body.classList.add("nhsuk-frontend-supported");
});
