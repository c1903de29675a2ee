// <select data-zone>: no time zone was chosen yet, so that of this device is proposed.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const select of document.querySelectorAll("select[data-zone]")) {
  if ([...select.options].some((option) => option.value === zone)) select.value = zone;
}
