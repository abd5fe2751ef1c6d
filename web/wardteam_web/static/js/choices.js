// Groups of buttons of which one is pressed: which team is shown, and which view on a narrow screen.
function choose(group, onChoice) {
  if (!group) return;
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    for (const other of group.querySelectorAll("button")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    onChoice(button.dataset);
  });
}

export function chooseTeam(group, parts) {
  choose(group, ({ team }) => {
    for (const part of parts) part.hidden = team !== "" && part.dataset.team !== team;
    for (const link of document.querySelectorAll("[data-of-team]")) {
      link.hidden = team !== "" && link.dataset.ofTeam !== team;
    }
  });
}

export function chooseView(group, container) {
  if (group) container.classList.add("one-view");
  choose(group, ({ view }) => { container.dataset.viewNow = view; });
}
