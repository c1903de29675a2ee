// What this device keeps of a person's drafts: under their id, for a month, until they sign out;
// nothing at all where they said at sign-in that the computer is shared.
const MONTH = 30 * 24 * 3600 * 1000;
const isShared = document.body.dataset.shared !== undefined;
const held = new Map();

export const person = document.body.dataset.person ?? "";
const prefix = `draft:${person}:`;

export function random() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(16).padStart(8, "0")).join("");
}

function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return []; // no storage on this device
  }
}

export function slots() {
  const found = [];
  for (const name of person ? names() : []) {
    try {
      const slot = JSON.parse(localStorage.getItem(name));
      if (Date.now() - slot.time > MONTH) localStorage.removeItem(name);
      else found.push(slot);
    } catch {
      localStorage.removeItem(name);
    }
  }
  return found.sort((a, b) => b.time - a.time);
}

export function keep(slot) {
  if (isShared || !person) return false;
  try {
    localStorage.setItem(prefix + slot.key, JSON.stringify(slot));
    return true;
  } catch {
    return false;
  }
}

// Notes something beside a draft, unless it was typed on meanwhile.
export function mark(slot, what) {
  const now = slots().find((one) => one.key === slot.key) ?? slot;
  if (now.time <= slot.time) keep({ ...slot, ...now, ...what, typed: slot.typed });
}

export function drop(key) {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // no storage on this device
  }
}

export function clear() {
  for (const name of names()) localStorage.removeItem(name);
}

// A draft is open in one window at a time: whoever has it open holds its lock.
export function hold(key) {
  if (held.has(key) || !navigator.locks) return;
  held.set(key, true);
  navigator.locks.request(prefix + key, { ifAvailable: true }, (lock) => lock && new Promise(() => {}));
}

export async function isHeld(key) {
  if (held.has(key) || !navigator.locks) return false;
  const { held: all } = await navigator.locks.query();
  return all.some((lock) => lock.name === prefix + key);
}
