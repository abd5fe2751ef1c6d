// Keying answers: a digit picks the answer of the item at hand and goes on to the next one; - leaves it out.
"use strict";
(() => {
  const items = [...document.querySelectorAll("[data-item]")];
  const focus = (item) => {
    const radios = item.querySelectorAll("input[type=radio]");
    ([...radios].find((radio) => radio.checked) || radios[0]).focus();
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const item = event.target.closest?.("[data-item]");
    if (!item || event.target.type !== "radio") return;
    const radio = [...item.querySelectorAll("input[type=radio]")].find((one) => one.dataset.key === event.key);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    const next = items[items.indexOf(item) + 1];
    if (next) focus(next);
    else radio.focus();
  });
})();
