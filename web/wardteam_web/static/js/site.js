// On every page: light or dark before the first paint, a switch for it (kept in this browser), the present page in the nav.
"use strict";
(() => {
  const key = "wardteam-theme";
  const order = ["auto", "light", "dark"];
  const root = document.documentElement;
  const stored = () => {
    try { return localStorage.getItem(key) || "auto"; } catch { return "auto"; }
  };
  const apply = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  apply(stored());
  addEventListener("DOMContentLoaded", () => {
    for (const here of document.querySelectorAll(".rooms [aria-current], .inner-rooms [aria-current]")) {
      here.scrollIntoView({ block: "nearest", inline: "center" });
    }
    const button = document.querySelector("[data-theme-switch]");
    const name = button.querySelector("[data-theme-name]");
    let theme = stored();
    const show = () => { name.textContent = button.dataset[theme]; };
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      theme = order[(order.indexOf(theme) + 1) % order.length];
      try { localStorage.setItem(key, theme); } catch { /* a private window keeps it for this page only */ }
      apply(theme);
      show();
    });
  });
})();
