// Says in words what the cell under the pointer or the focus means; screen readers have it from the table.
export function readCells(grid, readout, legend) {
  const meaning = new Map([...legend].map((item) => [item.dataset.symbol, item.dataset]));
  const days = [...grid.tHead.querySelectorAll(".day")];

  const parts = (cell) => {
    const row = cell.parentElement;
    const column = [...row.querySelectorAll(".cell")].indexOf(cell);
    const symbol = (cell.firstChild?.textContent ?? "").trim();
    const known = meaning.get(symbol);
    const notes = [...cell.querySelectorAll(".vh")].map((note) => note.textContent);
    const name = row.querySelector(".name a").textContent;
    return [name, days[column].dataset.day, known ? known.name : symbol, known ? known.times : "", ...notes];
  };

  const show = (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    readout.replaceChildren(...parts(cell).filter(Boolean).map((text, index) => {
      const span = document.createElement(index ? "span" : "b");
      span.textContent = text;
      return span;
    }));
  };
  grid.addEventListener("focusin", show);
  grid.addEventListener("pointerover", show);
}
