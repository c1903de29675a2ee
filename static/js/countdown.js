// <time data-until="2026-11-22T16:40:00Z">: minutes and seconds left; quiet for screen readers but at the end.
import { announce, say } from "./words.js";

function left(element) {
  return Math.max(0, Math.round((new Date(element.dataset.until) - Date.now()) / 1000));
}

function show(element) {
  const seconds = left(element);
  const minutes = Math.floor(seconds / 60);
  element.textContent = `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds === 0 && element.dataset.told === undefined) {
    element.dataset.told = "";
    announce(say("timeUp"));
  }
}

function tick() {
  for (const element of document.querySelectorAll("[data-until]")) show(element);
}

tick();
setInterval(tick, 1000);
document.addEventListener("htmx:afterSettle", tick);
