// On the page of a running import: asks how far it is, and opens the page anew once it is over.
"use strict";
(() => {
  const panel = document.querySelector("[data-progress]");
  const rows = panel.querySelector("[data-rows]");
  const share = panel.querySelector("progress");
  const ask = async () => {
    try {
      const answer = await fetch(panel.dataset.progress, { cache: "no-store" });
      if (answer.ok) {
        const state = await answer.json();
        if (!state.is_open) { location.reload(); return; }
        rows.textContent = state.rows;
        share.value = state.percent;
      }
    } catch { /* the server may be restarting; ask again */ }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 500);
})();
