// Zoom's answers, and dead letters.
import { $, clock, element, fill, text, whole } from "./dom.js";

const COMMAND = "java -jar zoom-group-sync.jar dead-letters show ";

/** A name with a bar for its part of the whole. */
function named(name, part) {
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--part", part);
  return element("th", { scope: "row" }, name, bar);
}

const number = value => element("td", { class: "number" }, value);
const none = columns => element("tr", {}, element("td", { colspan: columns, class: "none" }, "None"));

export function answers(all) {
  const rows = new Map();
  for (const { verdict, status, method, count } of all) {
    const row = rows.get(`${verdict} ${status}`) ?? { verdict, status, PATCH: 0, GET: 0 };
    row[method] += count;
    rows.set(`${verdict} ${status}`, row);
  }
  const total = all.reduce((sum, answer) => sum + answer.count, 0);
  fill($("answers"), ...[...rows.values()].map(row => element("tr", {},
    named(row.verdict.replaceAll("_", " "), (row.PATCH + row.GET) / total),
    number(row.status === "none" ? "–" : row.status), number(whole.format(row.PATCH)), number(whole.format(row.GET)))),
  ...(rows.size ? [] : [none(4)]));
}

export function deadLetters(status) {
  const reasons = Object.entries(status.deadLetters).sort(([, one], [, other]) => other - one);
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  fill($("reasons"), ...reasons.map(([reason, count]) => element("tr", {}, named(reason, count / total), number(whole.format(count)))),
    ...(total ? [] : [none(2)]));
  fill($("letters"), ...status.latestDeadLetters.map(letter), ...(status.latestDeadLetters.length ? [] : [none(4)]));
}

function letter({ at, reason, message, groupId, place }) {
  const cell = (label, ...children) => element("td", { role: "cell", "data-label": label }, ...children);
  const show = place === undefined ? ["–"] : [
    element("code", {}, `dead-letters show ${place}`),
    element("button", { type: "button", id: `copy-${place}`, "data-copy": COMMAND + place, "aria-label": `Copy the command that shows letter ${place}` }, "Copy"),
  ];
  return element("tr", { role: "row" },
    cell("Time", element("time", { datetime: at }, clock(new Date(at)))),
    cell("Reason", element("strong", {}, reason), element("span", { class: "message" }, text(message ?? ""))),
    cell(groupId === undefined ? "" : "Group", element("code", {}, text(groupId ?? "–"))),
    cell("In full", element("span", { class: "command" }, ...show)));
}

/** Copies the command of a letter. Browsers have a clipboard under https and 127.0.0.1 only; elsewhere the command is shown, selected. */
export async function copy({ target }) {
  const command = target.dataset?.copy;
  if (command === undefined) {
    return;
  }
  try {
    await navigator.clipboard.writeText(command);
    target.textContent = "Copied";
    setTimeout(() => target.textContent = "Copy", 1500);
  } catch {
    const code = target.previousElementSibling;
    code.textContent = command;
    getSelection().selectAllChildren(code);
  }
}
