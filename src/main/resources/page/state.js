// The state, with cause, remedy and times.
import { $, clock, duration, element, fill, text } from "./dom.js";

const PARTS = { zoom: "Zoom", kafka: "Kafka", service: "Service", life: "Service" };

function announce(state, headline, problems) {
  $("state").dataset.state = state;
  document.body.classList.toggle("silent", state === "silent");
  document.title = state === "up" ? "zoom-group-sync" : `${headline} – zoom-group-sync`;
  fill($("announcement"), element("p", { class: "headline" }, headline), ...problems.flatMap(problem => [
    element("p", { class: "cause" }, text(problem.cause)),
    element("p", { class: "remedy" }, element("strong", {}, "Remedy: "), problem.remedy),
  ]));
  return { problems };
}

/** Shows the checks that are down, and returns them. */
export function health({ checks }) {
  const down = checks.filter(check => check.status !== "UP");
  const names = down.map(check => check.name);
  const headline = names.includes("life") ? "Restart needed"
    : names.some(name => name !== "kafka") ? "Paused"
      : names.length ? "Not ready" : "Running";
  const state = { "Running": "up", "Paused": "paused", "Not ready": "paused", "Restart needed": "down" }[headline];
  return announce(state, down.length ? `${headline}: ${down.map(check => PARTS[check.name] ?? check.name).join(", ")}` : headline, down);
}

/** Says that the service does not answer. */
export function silent(since, failure) {
  const cause = { TypeError: "no connection", TimeoutError: "no answer within 5 s" }[failure.name] ?? String(failure.message);
  const problem = { name: "answer", cause, since, remedy: "check that the process runs, and the way to it. The figures below are the last ones." };
  return announce("silent", "No answer", [problem]);
}

/** Shows since when each problem is there, and the time until the next probe. */
export function times(problems, now) {
  const until = probe => Math.ceil((new Date(probe) - now) / 1000);
  fill($("times"), ...problems.flatMap(({ name, since, nextProbe }) => {
    const of = problems.length > 1 ? `${PARTS[name] ?? name}: ` : "";
    const start = new Date(since);
    const seconds = Math.max(0, Math.floor((now - start) / 1000));
    const facts = [[`${of}since`, `${clock(start, now)} (${duration(seconds)})`]];
    if (nextProbe) {
      facts.push([`${of}next probe`, until(nextProbe) > 0 ? `in ${duration(until(nextProbe))}` : "now"]);
    }
    return facts.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value)));
  }));
}
