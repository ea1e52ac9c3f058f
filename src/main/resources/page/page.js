// Asks the service every two seconds, and hands its answers to the parts of the page.
import { Rates } from "./rates.js";
import { Plot } from "./plot.js";
import { copy, answers, deadLetters } from "./tables.js";
import { figures, instance } from "./figures.js";
import { health as showHealth, silent, times } from "./state.js";

const PAUSE = 2000;
const LONGEST = 5000;

const rates = new Rates();
const plot = new Plot(document.getElementById("plot"), rates);

let timer;
let asking = false;
let silentSince;
let state = { problems: [] };
/** The clock of the service is ahead of the browser's by this, in milliseconds. */
let ahead = 0;

async function ask(path, statuses) {
  const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(LONGEST) });
  if (!statuses.includes(answer.status)) {
    throw new Error(`${path} answered ${answer.status}`);
  }
  return answer.json();
}

/** One request at a time, and none while the tab is hidden. */
async function poll() {
  clearTimeout(timer);
  if (asking || document.hidden) {
    return;
  }
  asking = true;
  try {
    const health = await ask("health", [200, 503]);
    const status = await ask("status", [200]);
    show(health, status);
  } catch (failure) {
    silentSince ??= new Date(Date.now() + ahead);
    state = silent(silentSince, failure);
    tick();
  }
  asking = false;
  timer = setTimeout(poll, PAUSE);
}

function show(health, status) {
  silentSince = undefined;
  ahead = Date.parse(status.time) - Date.now();
  rates.add(Date.parse(status.time) / 1000, status.applied, status.requestsPerSecond);
  state = showHealth(health);
  figures(status, rates);
  answers(status.answers);
  deadLetters(status);
  instance(health, status);
  plot.draw();
  tick();
}

/** The times go on between two answers. */
function tick() {
  times(state.problems, new Date(Date.now() + ahead));
}

document.addEventListener("visibilitychange", poll);
document.addEventListener("click", copy);
setInterval(tick, 1000);
poll();
