// Arrow keys, Home, End and Page keys through the cells of a grid; one cell at a time takes the Tab key.
const PAGE = 10;

export function moveByKeyboard(grid) {
  const rows = () => [...grid.tBodies].filter((body) => !body.hidden)
    .flatMap((body) => [...body.rows]).filter((row) => row.querySelector(".cell"));
  const cellsOf = (row) => [...row.querySelectorAll(".cell")];
  let current = grid.querySelector(".cell");
  if (!current) return;
  current.tabIndex = 0;

  const focus = (cell) => {
    current.tabIndex = -1;
    current = cell;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const target = (event, cell) => {
    const all = rows();
    const row = all.indexOf(cell.parentElement);
    const column = cellsOf(cell.parentElement).indexOf(cell);
    const last = cellsOf(cell.parentElement).length - 1;
    const at = (r, c) => cellsOf(all[Math.max(0, Math.min(all.length - 1, r))])[Math.max(0, Math.min(last, c))];
    switch (event.key) {
      case "ArrowRight": return at(row, column + 1);
      case "ArrowLeft": return at(row, column - 1);
      case "ArrowDown": return at(row + 1, column);
      case "ArrowUp": return at(row - 1, column);
      case "PageDown": return at(row + PAGE, column);
      case "PageUp": return at(row - PAGE, column);
      case "Home": return event.ctrlKey ? at(0, 0) : at(row, 0);
      case "End": return event.ctrlKey ? at(all.length - 1, last) : at(row, last);
      default: return null;
    }
  };

  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    const next = cell && !event.altKey && !event.metaKey ? target(event, cell) : null;
    if (!next) return;
    event.preventDefault();
    focus(next);
  });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (cell) focus(cell);
  });
}
