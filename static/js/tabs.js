// On a narrow screen the tabs run sideways: the one we are in is brought into sight.
const here = document.querySelector("[data-tabs] [aria-current]");
if (here) {
  const tabs = here.parentElement.getBoundingClientRect();
  const tab = here.getBoundingClientRect();
  here.parentElement.scrollLeft +=
    Math.max(0, tab.right - tabs.right) || Math.min(0, tab.left - tabs.left);
}
