// After a change focus goes where the change happened, and it is announced politely.
import { announce, notice, say } from "./words.js";

function firstFault(root) {
  return root.querySelector(".error-summary, [aria-invalid='true']");
}

function within(root, selector) {
  return root.matches?.(selector) ? root : root.querySelector?.(selector);
}

function settle(root) {
  const place = firstFault(root) ?? within(root, "[data-focus]");
  if (place) {
    if (!place.hasAttribute("tabindex") && !/^(A|BUTTON|INPUT|SELECT|TEXTAREA|SUMMARY)$/.test(place.tagName)) {
      place.tabIndex = -1;
    }
    place.focus();
  }
  const words = within(root, "[data-announce]")?.dataset.announce;
  if (words) announce(words);
}

function complaint(status) {
  if (status === 403) return say("refused");
  if (status === 404 || status === 410) return say("gone");
  if (status === 429) return say("tooOften");
  return say("broken");
}

// A part that refreshes itself must not take the focus away from somebody who is typing.
document.addEventListener("htmx:afterSettle", (event) => {
  const asked = event.detail.requestConfig?.triggeringEvent?.type;
  if (asked === "submit" || asked === "click" || asked === "change") settle(event.detail.elt);
  else {
    const words = within(event.detail.elt, "[data-announce]")?.dataset.announce;
    if (words) announce(words);
  }
});
document.addEventListener("htmx:responseError", (event) => notice(complaint(event.detail.xhr.status)));
document.addEventListener("htmx:sendError", () => notice(say("noNetwork")));
document.addEventListener("htmx:timeout", () => notice(say("noNetwork")));

// A full page that comes back with faults begins at their list.
document.querySelector(".error-summary[data-focus]")?.focus();
