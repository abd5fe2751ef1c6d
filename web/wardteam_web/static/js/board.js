// The noticeboard on the wall: its type grows or shrinks until it fills the screen, and it keeps up with the day.
const board = document.querySelector("[data-fit]");
const SMALLEST = 9;
const LARGEST = 40;
const WIDE = matchMedia("(min-width: 1000px)");
const REFRESH_MINUTES = 10;

function fits(size) {
  board.style.setProperty("--board-size", `${size}px`);
  return board.scrollHeight <= board.clientHeight && board.scrollWidth <= board.clientWidth;
}

function fit() {
  board.style.removeProperty("--board-size");
  if (!WIDE.matches) return;
  let low = SMALLEST;
  let high = LARGEST;
  while (high - low > 0.25) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  fits(low);
}

fit();
addEventListener("resize", fit);
document.fonts.ready.then(fit);
addEventListener("beforeprint", () => board.style.removeProperty("--board-size"));
addEventListener("afterprint", fit);
if ("live" in board.dataset) setTimeout(() => location.reload(), REFRESH_MINUTES * 60 * 1000);
