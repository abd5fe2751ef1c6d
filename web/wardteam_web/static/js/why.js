// On the page of one cell: asks for a better answer once, and puts it in the place of the first.
"use strict";
(() => {
  const place = document.querySelector("[data-better]");
  if (!place || "done" in place.dataset) return;
  place.setAttribute("aria-busy", "true");
  fetch(place.dataset.better, { cache: "no-store" }).then(async (answer) => {
    if (!answer.ok || answer.redirected) return;
    place.innerHTML = await answer.text();
  }).catch(() => { /* the first answer stays */ }).finally(() => place.removeAttribute("aria-busy"));
})();
