// <form data-draft="key"> keeps what is typed on this device, per person and per tab, until it is sent.
// data-draft-url, if given, is told too. [data-draft-state] says so; [data-draft-discard] lets go.
import { clock, say } from "./words.js";

const MONTH = 30 * 24 * 3600 * 1000;
const SENT = "draft-sent";
const person = document.body.dataset.person ?? "nobody";
const timers = new WeakMap();

function tab() {
  let name = sessionStorage.getItem("tab");
  if (!name) {
    name = crypto.getRandomValues(new Uint32Array(2)).join("-");
    sessionStorage.setItem("tab", name);
  }
  return name;
}

const family = (key) => `draft:${person}:${key}:`;
const forms = () => [...document.querySelectorAll("form[data-draft]")];
const fields = (form) => [...form.elements].filter(
  (f) => f.name && !/^(hidden|password|file|submit|button|reset|fieldset)$/.test(f.type),
);
const isText = (f) => f.tagName === "TEXTAREA" || /^(text|search|url|email)$/.test(f.type);
const isFaulty = (form) => form.querySelector(".error-summary, [aria-invalid='true']") !== null;

function read(form) {
  const typed = {};
  for (const field of fields(form)) {
    typed[field.name] ??= [];
    if (/^(radio|checkbox)$/.test(field.type) && !field.checked) continue;
    if (field.type === "select-multiple") {
      typed[field.name].push(...[...field.selectedOptions].map((o) => o.value));
    } else typed[field.name].push(field.value);
  }
  return typed;
}

function write(form, typed) {
  const seen = {};
  for (const field of fields(form)) {
    const values = typed[field.name];
    if (!values) continue;
    if (/^(radio|checkbox)$/.test(field.type)) field.checked = values.includes(field.value);
    else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else {
      const place = seen[field.name] ?? 0;
      seen[field.name] = place + 1;
      field.value = values[place] ?? field.value;
    }
  }
}

function slots(draft) {
  const found = [];
  for (let i = 0; i < localStorage.length; i++) {
    const key = localStorage.key(i);
    if (!key.startsWith(family(draft))) continue;
    try {
      found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
    } catch {
      continue;
    }
  }
  return found.sort((a, b) => b.time - a.time);
}

function tell(form, text) {
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = text;
}

function save(form) {
  const timer = timers.get(form);
  if (!timer?.dirty) return;
  timer.dirty = false;
  try {
    const now = Date.now();
    localStorage.setItem(family(form.dataset.draft) + tab(), JSON.stringify({ time: now, typed: read(form) }));
    tell(form, say("draftSaved", { time: clock(new Date(now)) }));
  } catch {
    tell(form, say("draftUnsaved"));
  }
}

function post(form) {
  fetch(form.dataset.draftUrl, { method: "POST", body: new FormData(form), keepalive: true })
    .catch(() => {}); // the copy on this device is enough until the network is back
}

function typed(form) {
  const timer = timers.get(form) ?? {};
  timers.set(form, timer);
  timer.dirty = true;
  clearTimeout(timer.local);
  timer.local = setTimeout(() => save(form), 400);
  if (!form.dataset.draftUrl) return;
  clearTimeout(timer.remote);
  timer.remote = setTimeout(() => post(form), 3000);
}

function letGo(draft) {
  const all = slots(draft);
  const own = all.find((slot) => slot.key.endsWith(`:${tab()}`));
  const same = own && JSON.stringify(own.typed);
  for (const slot of all) {
    if (slot === own || JSON.stringify(slot.typed) === same) localStorage.removeItem(slot.key);
  }
}

function forget(form) {
  const timer = timers.get(form);
  clearTimeout(timer?.local);
  clearTimeout(timer?.remote);
  timers.delete(form);
  letGo(form.dataset.draft);
  tell(form, "");
}

function restore(form) {
  const texts = fields(form).filter(isText);
  if (isFaulty(form) || texts.some((field) => field.value.trim() !== "")) return;
  const all = slots(form.dataset.draft);
  for (const old of all.filter((slot) => Date.now() - slot.time > MONTH)) localStorage.removeItem(old.key);
  const kept = all.find((slot) => slot.key.endsWith(`:${tab()}`)) ?? all[0];
  const names = new Set(texts.map((field) => field.name));
  const words = Object.entries(kept?.typed ?? {}).some(
    ([name, values]) => names.has(name) && values.some((value) => value.trim() !== ""),
  );
  if (!words) return;
  write(form, kept.typed);
  tell(form, say("draftRestored", { time: clock(new Date(kept.time)) }));
}

// A page that follows a sent form means it arrived, unless it is a sign-in or an error page,
// or the form is back with its faults, or the reader only went back.
function settleSent() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  sessionStorage.removeItem(SENT);
  if (!sent || document.querySelector("[data-keep-drafts]")) return;
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type !== "navigate" || document.referrer.split("#")[0] !== sent.from) return;
  const form = forms().find((f) => f.dataset.draft === sent.key);
  if (form && isFaulty(form)) return;
  letGo(sent.key);
}

function noteSent(form) {
  save(form);
  sessionStorage.setItem(SENT, JSON.stringify({ key: form.dataset.draft, from: location.href.split("#")[0] }));
}

function arrived(event) {
  const form = event.target.closest?.("form[data-draft]");
  const request = event.detail.xhr;
  if (!form || event.detail.requestConfig.verb !== "post" || !event.detail.successful) return;
  if (request.getResponseHeader("HX-Redirect")) noteSent(form);
  else if (!/error-summary|aria-invalid="true"/.test(request.responseText)) forget(form);
}

function begin() {
  for (const form of forms()) {
    if (form.dataset.draftReady !== undefined) continue;
    form.dataset.draftReady = "";
    restore(form);
  }
}

try {
  settleSent();
  begin();
  document.addEventListener("input", (event) => {
    const form = event.target.form ?? event.target.closest?.("form");
    if (form?.dataset.draft) typed(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.draft && !event.target.matches("[hx-post]")) noteSent(event.target);
  });
  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-draft-discard]")?.closest("form[data-draft]");
    if (!form) return;
    forget(form);
    form.reset();
  });
  document.addEventListener("htmx:afterRequest", arrived);
  document.addEventListener("htmx:afterSettle", begin);
  window.addEventListener("pagehide", () => forms().forEach(save));
} catch {
  // No storage on this device: the form works as it is.
}
