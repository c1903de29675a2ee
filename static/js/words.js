// Words the scripts say; they are translated in the template _words.html.
const template = document.getElementById("words");

export function say(name, values = {}) {
  const words = template?.dataset[name] ?? "";
  return words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

// Tells screen readers, politely, without moving anything.
export function announce(text) {
  const region = document.getElementById("announce");
  if (!region || !text) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

// Shows a notice in the page's own region for messages.
export function notice(text, kind = "warn") {
  const region = document.getElementById("messages");
  if (!region || !text) return;
  let list = region.querySelector("ul");
  if (!list) {
    list = document.createElement("ul");
    region.append(list);
  }
  for (const old of list.querySelectorAll("[data-from-script]")) old.remove();
  const item = document.createElement("li");
  item.className = `notice ${kind}`;
  item.dataset.fromScript = "";
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.dismisses = "";
  close.textContent = say("close");
  item.append(words, close);
  list.append(item);
}

export function clock(date = new Date()) {
  const lang = document.documentElement.lang || undefined;
  return new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
}
