// Opens the explanation of a cell beside the roster: a first answer, then a better one in its place.
const SOON = 0.5;
const BETTER = 2;

export function explainCells(grid, aside) {
  if (!grid || !aside) return;
  const body = aside.querySelector("[data-why-body]");
  const days = [...grid.tHead.querySelectorAll("[data-date]")];
  let asked = 0;
  let from = null;

  const addressOf = (cell) => {
    const row = cell.closest("[data-staff]");
    const column = [...row.querySelectorAll(".cell")].indexOf(cell);
    return `${grid.dataset.why}${encodeURIComponent(row.dataset.staff)}/${days[column].dataset.date}/`;
  };

  const fill = async (address, seconds, number) => {
    const answer = await fetch(`${address}?part=1&seconds=${seconds}`, { cache: "no-store" });
    if (answer.redirected) { location.href = address; return false; }
    if (number !== asked || !answer.ok) return false;
    body.innerHTML = await answer.text();
    return true;
  };

  const open = async (cell) => {
    const number = ++asked;
    const address = addressOf(cell);
    from = cell;
    aside.querySelector("[data-why-page]").href = address;
    body.textContent = aside.dataset.waiting;
    aside.hidden = false;
    aside.focus();
    try {
      if (await fill(address, SOON, number)) await fill(address, BETTER, number);
    } catch { if (number === asked) body.textContent = aside.dataset.failed; }
  };

  const close = () => { asked += 1; aside.hidden = true; if (from) from.focus(); };

  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-staff] .cell");
    if (cell && event.key === "Enter") { event.preventDefault(); open(cell); }
  });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-staff] .cell");
    if (cell) open(cell);
  });
  aside.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  aside.querySelector("[data-why-close]").addEventListener("click", close);
}
