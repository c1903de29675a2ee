// A form is sent once: its buttons rest while it is on its way and wake when the page is shown again.
const RESTING = "resting";

function rest(form) {
  for (const button of form.elements) {
    if (button.type !== "submit") continue;
    button.setAttribute("aria-disabled", "true");
    button.dataset[RESTING] = "";
  }
}

function wake(root) {
  for (const button of root.querySelectorAll("[data-resting]")) {
    button.removeAttribute("aria-disabled");
    delete button.dataset[RESTING];
  }
  for (const form of root.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || !navigator.onLine) return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  setTimeout(() => rest(form)); // after the browser has read which button was pressed
  setTimeout(() => wake(form.parentNode ?? document), 10000);
});

// htmx sends by itself: the same for its forms, as long as the request is on its way.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target;
  if (form.tagName !== "FORM" || event.detail.requestConfig.verb === "get") return;
  if (form.dataset.sent !== undefined) event.preventDefault();
  form.dataset.sent = "";
  rest(form);
});

window.addEventListener("pageshow", () => wake(document));
document.addEventListener("htmx:afterRequest", (event) => wake(event.target.parentNode ?? document));
