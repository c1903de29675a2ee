// A fold of a form shows what stands in it as it is filled in: <details data-fold data-empty="Today">.
function spoken(field) {
  if (/^(radio|checkbox)$/.test(field.type)) {
    const isFirst = field === field.form?.querySelector(`[name="${CSS.escape(field.name)}"]`);
    return field.checked && !isFirst ? field.closest("label")?.textContent.trim() : "";
  }
  if (field.tagName === "SELECT") return field.selectedIndex > 0 ? field.selectedOptions[0].text : "";
  if (field.type === "date" && field.value) {
    const lang = document.documentElement.lang || undefined;
    return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(field.value));
  }
  return field.value.trim().slice(0, 80);
}

document.addEventListener("change", (event) => {
  const fold = event.target.closest("[data-fold]");
  const shown = fold?.querySelector("[data-shown]");
  if (!shown) return;
  const words = [...fold.querySelectorAll("input, select, textarea")].map(spoken).filter(Boolean);
  shown.textContent = words.join(", ") || fold.dataset.empty;
});
