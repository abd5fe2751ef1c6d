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

async function renew() {
  try {
    // Asking first: a screen on the wall must not turn into an error page while the server is away.
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.ok) location.reload();
  } catch { /* the board stays as it is until the next turn */ }
}
if ("live" in board.dataset) setInterval(renew, REFRESH_MINUTES * 60 * 1000);
