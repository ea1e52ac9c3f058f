// Updates applied per second, in the last 15 minutes. They are kept in the browser, also when the page is loaded again.

const SPAN = 15 * 60;
const SHORTEST = 2 * 60;
/** Each rate is the mean over this time, in seconds. */
const WINDOW = 10;
const KEY = "zoom-group-sync.rates";

export class Rates {
  /** Seconds since the epoch; for each of them the rate and the limit, or null where nothing was measured. */
  times = [];
  rates = [];
  limits = [];
  #counts = [];

  constructor() {
    try {
      Object.assign(this, JSON.parse(sessionStorage.getItem(KEY)));
    } catch {
      // Without storage, or with another page's, it begins empty.
    }
  }

  /** Takes the number of updates applied since the service's start, and this instance's part of the limit, if it has one. */
  add(time, applied, limit) {
    const last = this.#counts.at(-1);
    if (last && time <= last.time) {
      return;
    }
    // After a restart the count begins again; after a hidden tab the time between is not known.
    if (!last || applied < last.applied || time - last.time > WINDOW) {
      this.#counts = [];
      this.#push(time, null, null);
    } else {
      const first = this.#counts[0];
      this.#push(time, (applied - first.applied) / (time - first.time), limit ?? null);
    }
    this.#counts.push({ time, applied });
    this.#counts = this.#counts.filter(count => count.time > time - WINDOW);
    this.#save(time);
  }

  #push(time, rate, limit) {
    this.times.push(time);
    this.rates.push(rate);
    this.limits.push(limit);
  }

  #save(time) {
    const old = this.times.findIndex(one => one > time - SPAN);
    for (const values of [this.times, this.rates, this.limits]) {
      values.splice(0, old);
    }
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ times: this.times, rates: this.rates, limits: this.limits }));
    } catch {
      // They are in memory all the same.
    }
  }

  /** The present rate; undefined before the second answer. */
  get now() {
    return this.rates.at(-1) ?? undefined;
  }

  /** The time since the first of them, in whole seconds. */
  get length() {
    return Math.round(this.times.at(-1) - this.times[0]);
  }

  /** The measured rates. */
  get known() {
    return this.rates.filter(rate => rate !== null);
  }

  /** The time of the plot, in seconds since the epoch. It grows from two minutes on. */
  get span() {
    const end = this.times.at(-1) ?? Date.now() / 1000;
    return [Math.min(this.times[0] ?? end, end - SHORTEST), end];
  }
}
