// [data-lookup]: a name is looked up while it is typed (htmx); an answer that needs no name lets go of it.
import { announce } from "./words.js";

document.addEventListener("change", (event) => {
  const lookup = event.target.closest("[data-lookup]");
  if (!lookup || event.target.type !== "radio" || event.target.closest(".found")) return;
  lookup.querySelector("[data-words]").value = "";
  lookup.querySelector(".found").replaceChildren();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-words]")) event.preventDefault();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.closest("[data-lookup]")) announce(event.target.querySelector("[data-said]")?.textContent);
});
