// Every form that takes words keeps what is typed: on this device at once, on the server after a pause
// and on leaving. A form's one-time key names its draft, so that two windows never overwrite each other.
import { clock, notice, say } from "./words.js";
import * as device from "./device.js";

const KEPT = "/me/drafts/";
const PAUSE = 3000;
const state = new WeakMap(); // of each form: its timers, and what has gone to the server
const TEXT = "textarea, input[type=text], input:not([type]), input[type=url]";

const pathOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const isFaulty = (form) => form.querySelector(".error-summary, [aria-invalid='true']") !== null;
const takesWords = (form) => form.method === "post" && form.querySelector(TEXT) !== null
  && !form.querySelector("[type=password]") && !/^\/(account|demo)\//.test(pathOf(form));
const forms = () => (device.person ? [...document.forms].filter(takesWords) : []);
const fields = (form) => [...form.elements].filter(
  (f) => f.name && !/^(hidden|password|file|submit|button|reset|fieldset)$/.test(f.type),
);
const isText = (f) => f.matches(TEXT);

function keyOf(form, taken) {
  let field = form.elements.namedItem("once");
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "once" });
    field.value = device.random();
    form.append(field);
  }
  if (taken) field.value = taken;
  return field.value;
}

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
    if (/^(radio|checkbox)$/.test(field.type)) field.checked = (values ?? []).includes(field.value);
    else if (!values) continue;
    else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else {
      const place = seen[field.name] ?? 0;
      seen[field.name] = place + 1;
      field.value = values[place] ?? field.value;
    }
  }
}

const same = (form, typed) => fields(form).every((field) => {
  const values = typed[field.name] ?? [];
  if (/^(radio|checkbox)$/.test(field.type)) return field.checked === values.includes(field.value);
  return values.length === 0 || values.includes(field.value) || field.type === "select-multiple";
});

function tell(form, text) {
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = text;
}

function body(slot) {
  const sent = new FormData();
  for (const [name, values] of Object.entries(slot.typed)) values.forEach((v) => sent.append(name, v));
  sent.set("once", slot.key);
  sent.set("draft_action", slot.action);
  sent.set("draft_address", slot.address);
  sent.set("draft_title", slot.title);
  sent.set("csrfmiddlewaretoken", JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"]);
  return sent;
}

function slotOf(form) {
  return {
    key: keyOf(form), action: pathOf(form), address: location.pathname + location.search,
    title: (document.querySelector("h1")?.textContent ?? document.title).trim().slice(0, 200),
    time: Date.now(), typed: read(form), up: false,
  };
}

async function post(slot) {
  try {
    const answer = await fetch(KEPT, { method: "POST", body: body(slot), keepalive: true });
    if (answer.status === 204) device.mark(slot, { up: true });
    return answer.status === 204;
  } catch {
    return false;
  }
}

async function save(form, { leaving = false } = {}) {
  const now = state.get(form);
  if (!now?.changed || now.saved >= now.changed || form.dataset.sent !== undefined) return;
  const slot = slotOf(form);
  const here = device.keep(slot);
  if (leaving) {
    if (navigator.sendBeacon(KEPT, body(slot))) now.saved = slot.time;
    return;
  }
  const time = clock(new Date(slot.time));
  tell(form, say(here ? "draftOnDevice" : "draftUnsaved", { time }));
  clearTimeout(now.remote);
  now.remote = setTimeout(async () => {
    const there = await post(slot);
    if (there) now.saved = slot.time;
    if (there) tell(form, say("draftSaved", { time }));
    else if (here) tell(form, say("draftOffline"));
  }, PAUSE);
}

function typed(form) {
  const now = state.get(form) ?? {};
  state.set(form, now);
  now.dirty = true;
  now.changed = Date.now();
  device.hold(keyOf(form));
  clearTimeout(now.local);
  clearTimeout(now.remote);
  now.local = setTimeout(() => save(form), 400);
}

function forget(form) {
  const now = state.get(form);
  clearTimeout(now?.local);
  clearTimeout(now?.remote);
  state.delete(form);
  device.drop(keyOf(form));
  tell(form, "");
}

async function ask(action, keys) {
  try {
    const answer = await fetch(`${KEPT}here/?${new URLSearchParams({ action, keys: keys.join(",") })}`);
    if (answer.ok) return await answer.json();
  } catch {
    // no connection: what is on this device is enough
  }
  return { drafts: [], used: [] };
}

async function keptAt(form) {
  const mine = device.slots().filter((slot) => slot.action === pathOf(form));
  const there = await ask(pathOf(form), mine.map((slot) => slot.key));
  const all = new Map(there.drafts.map((draft) => [draft.key, { ...draft, up: true }]));
  for (const slot of mine) {
    const isSent = there.used.includes(slot.key) && slot.sent && slot.time <= slot.sent;
    if (isSent) device.drop(slot.key);
    else if (!(all.get(slot.key)?.time > slot.time)) all.set(slot.key, slot);
  }
  return [...all.values()].filter((slot) => slot.key !== keyOf(form)).sort((a, b) => b.time - a.time);
}

function putBack(form, slot) {
  write(form, slot.typed);
  keyOf(form, slot.key);
  state.set(form, { dirty: true });
  device.hold(slot.key);
  tell(form, say("draftRestored", { time: clock(new Date(slot.time)) }));
}

function moment(time) {
  const lang = document.documentElement.lang || undefined;
  return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(time));
}

function button(words, deed) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  made.className = "btn quiet small";
  made.addEventListener("click", deed);
  return made;
}

function offer(form, slot, others) {
  const bar = document.createElement("div");
  bar.className = "notice info";
  bar.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = say("draftOffered", { time: moment(slot.time) });
  bar.append(words, button(say("draftPutBack"), () => { putBack(form, slot); bar.remove(); }));
  if (others) {
    const all = Object.assign(document.createElement("a"), { href: KEPT, textContent: say("draftAll") });
    bar.append(all);
  }
  form.prepend(bar);
}

async function restore(form) {
  if (isFaulty(form)) return;
  const wanted = new URLSearchParams(location.search).get("draft");
  const kept = (await keptAt(form)).filter((slot) => !same(form, slot.typed));
  const free = [];
  for (const slot of kept) if (!(await device.isHeld(slot.key))) free.push(slot);
  const slot = free.find((one) => one.key === wanted) ?? free[0];
  if (!slot || state.get(form)?.dirty) return;
  const isEmpty = fields(form).filter(isText).every((field) => field.value.trim() === "");
  if (isEmpty || slot.key === wanted) putBack(form, slot);
  else offer(form, slot, free.length > 1);
  if (isEmpty && free.length > 1) offer(form, free[1], true);
}

// Without a connection a form stays where it is: its words are kept here, and go up when there is one.
function stayHere(event) {
  const form = event.target;
  event.preventDefault();
  if (!device.person || !takesWords(form)) return notice(say("noNetwork"));
  typed(form);
  clearTimeout(state.get(form).local);
  const isKept = device.keep(slotOf(form));
  tell(form, isKept ? say("draftOffline") : "");
  notice(say(isKept ? "draftOffline" : "noNetwork"));
}

// Back on a form that was sent leads to what came of it: the address says which one was.
function noteInAddress(form) {
  if (pathOf(form) !== location.pathname) return;
  const here = new URL(location.href);
  here.searchParams.delete("draft");
  here.searchParams.set("form", keyOf(form));
  history.replaceState(history.state, "", here);
}

function begin() {
  for (const form of forms()) {
    if (form.dataset.draftReady !== undefined) continue;
    form.dataset.draftReady = "";
    restore(form);
  }
}

// What was sent and arrived is let go; what never went up goes up now.
async function settle() {
  for (const slot of device.slots()) {
    if (await device.isHeld(slot.key)) continue;
    if (!slot.sent && !slot.up) await post(slot);
    if (slot.sent && (await ask(slot.action, [slot.key])).used.includes(slot.key)) device.drop(slot.key);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form ?? event.target.closest?.("form");
  if (form && device.person && takesWords(form)) typed(form);
});
document.addEventListener("submit", (event) => {
  if (!navigator.onLine && event.target.method === "post") stayHere(event);
  if (event.defaultPrevented) return;
  if (event.target.matches("[action$='/account/logout/']")) device.clear();
  else if (event.submitter?.matches("[data-throw-away]")) forget(event.target);
  else if (state.get(event.target)?.dirty) device.mark(slotOf(event.target), { sent: Date.now() });
  if (event.target.dataset.creates !== undefined) noteInAddress(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (!form || event.detail.requestConfig.verb !== "post" || !event.detail.successful) return;
  if (!/error-summary|aria-invalid="true"/.test(event.detail.xhr.responseText)) forget(form);
});
document.addEventListener("htmx:afterSettle", begin);
window.addEventListener("pagehide", () => forms().forEach((form) => save(form, { leaving: true })));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") forms().forEach((form) => save(form, { leaving: true }));
});
window.addEventListener("online", () => { forms().forEach((form) => save(form)); settle(); });
begin();
settle();
