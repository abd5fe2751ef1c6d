// The roster page: moving through the cells, reading a cell in words, showing one team, views on a phone.
import { moveByKeyboard } from "./grid-keys.js";
import { readCells } from "./readout.js";
import { explainCells } from "./why-beside.js";
import { chooseTeam, chooseView } from "./choices.js";

const grid = document.querySelector("[data-grid]");
moveByKeyboard(grid);
readCells(grid, document.querySelector("[data-readout]"), document.querySelectorAll("[data-symbol]"));
chooseTeam(document.querySelector("[data-team-filter]"), document.querySelectorAll("[data-team]:not(button)"));
chooseView(document.querySelector("[data-views]"), document.querySelector("[data-view-now]"));
explainCells(grid.dataset.why ? grid : null, document.querySelector("[data-why-aside]"));
