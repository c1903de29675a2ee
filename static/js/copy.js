// <button class="btn quiet js-only" data-copy="#id-of-the-text">: copies the text of another element.
import { announce, say } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  if (!source) return;
  const text = (source.value ?? source.textContent).trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(source);
    return;
  }
  const before = button.textContent;
  button.textContent = say("copied");
  announce(say("copied"));
  setTimeout(() => { button.textContent = before; }, 2000);
});
