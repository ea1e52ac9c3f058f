// The figures, and the facts about this instance.
import { $, duration, tenths, whole } from "./dom.js";

export function figures(status, rates) {
  $("waiting").textContent = status.waiting === undefined ? "–" : whole.format(status.waiting);
  $("oldest").textContent = status.oldestSeconds ? duration(status.oldestSeconds) : "–";
  $("rate").textContent = rates.now === undefined ? "–" : tenths.format(rates.now);
  const account = status.accountRequestsPerSecond;
  $("limit").textContent = account === undefined ? "no limit"
    : `of ${whole.format(status.requestsPerSecond ?? 0)} requests/s` + (account === status.requestsPerSecond ? "" : `, this instance's part of ${whole.format(account)}`);
  const known = rates.known;
  const mean = known.reduce((sum, rate) => sum + rate, 0) / known.length;
  $("summary").textContent = known.length
    ? `In the last ${duration(rates.length)}: mean ${tenths.format(mean)}, highest ${tenths.format(Math.max(...known))} a second. ${whole.format(status.applied)} applied since the start.`
      + (account === undefined ? "" : " The dashed line is the limit.")
    : "No figures yet.";
}

export function instance({ checks, version }, { partitions, ownedPartitions }) {
  const kafka = checks.find(check => check.name === "kafka");
  const more = partitions.length < ownedPartitions ? ", …" : "";
  $("partitions").textContent = ownedPartitions ? `${ownedPartitions} (${ranges(partitions)}${more})` : "none";
  $("kafka").textContent = kafka?.status === "UP" ? "can be used" : "see the state above";
  $("version").textContent = version ?? "unknown";
}

/** 0, 1, 2, 5 as "0–2, 5". */
function ranges(numbers) {
  const found = [];
  for (const one of numbers) {
    const last = found.at(-1);
    if (last && last[1] === one - 1) {
      last[1] = one;
    } else {
      found.push([one, one]);
    }
  }
  return found.map(([from, to]) => from === to ? from : `${from}–${to}`).join(", ");
}
