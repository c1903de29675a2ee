// Closes notices, and closes open menus on Escape or on a click elsewhere.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismisses]");
  if (button) {
    const region = button.closest("#messages");
    button.closest(".notice")?.remove();
    if (region && !region.querySelector(".notice")) document.getElementById("main")?.focus();
  }
  for (const menu of document.querySelectorAll("details[data-dismiss][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-dismiss][open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});
