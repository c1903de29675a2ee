// <a data-key="t">, <input data-key="/">: a key that goes there, for whoever has not switched that off;
// never while something is being typed or chosen, and never with another key held down.
const BUSY = "input, textarea, select, [contenteditable], [role=textbox]";

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys === undefined || event.defaultPrevented || event.repeat) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest?.(BUSY)) return;
  const name = `[data-key="${CSS.escape(event.key)}"]`;
  const place = document.querySelector(`input${name}`) ?? document.querySelector(name);
  if (!place) return;
  event.preventDefault();
  if (place.matches(BUSY)) place.focus();
  else place.click();
});
