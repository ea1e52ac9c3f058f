// Elements and formats. Texts from outside are put in as text only, never as HTML, each with a direction of its own (bdi).

export const $ = id => document.getElementById(id);
export const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
export const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

export const text = value => element("bdi", {}, value);

const shown = new WeakMap();

/** Changes nothing that is shown already: a screen reader would read it again, and a selection would be lost. */
export function fill(parent, ...children) {
  const wanted = element("div", {}, ...children);
  if (shown.get(parent) === wanted.innerHTML) {
    return;
  }
  shown.set(parent, wanted.innerHTML);
  const focused = parent.contains(document.activeElement) ? document.activeElement.id : "";
  parent.replaceChildren(...wanted.childNodes);
  document.getElementById(focused)?.focus();
}

/** Seconds with two units at the most, such as "3 min 10 s". */
export function duration(seconds) {
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0 || first === 3) {
    return `${seconds < 10 && seconds % 1 ? tenths.format(seconds) : whole.format(seconds)} s`;
  }
  const [[name, size], [nextName, nextSize]] = units.slice(first);
  const rest = Math.floor(seconds % size / nextSize);
  return `${Math.floor(seconds / size)} ${name}` + (rest ? ` ${rest} ${nextName}` : "");
}

/** The time of day in the browser's zone, with the day if it is another one. */
export function clock(time, now = new Date()) {
  const day = time.toDateString() === now.toDateString() ? {} : { day: "numeric", month: "short" };
  return time.toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit", second: "2-digit" });
}
