// The plot of the rates, with uPlot. It draws on a canvas, so its colours are read from the style sheet.
const HEIGHT = 180;

export class Plot {
  #place;
  #rates;
  #chart;

  constructor(place, rates) {
    this.#place = place;
    this.#rates = rates;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#build());
    new ResizeObserver(() => this.#chart?.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
    this.#build();
  }

  draw() {
    this.#chart.setData([this.#rates.times, this.#rates.limits, this.#rates.rates]);
  }

  #build() {
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name);
    const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    this.#chart?.destroy();
    this.#chart = new uPlot({
      width: this.#place.clientWidth,
      height: HEIGHT,
      padding: [12, 24, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { range: () => this.#rates.span },
        y: { range: (chart, low, high) => [0, Math.max(1, high * 1.15)] },
      },
      axes: [
        { ...axis, space: 70, size: 30, incrs: [60, 120, 300], values: (chart, times) => times.map(time => new Date(time * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })) },
        { ...axis, size: 40, space: 32 },
      ],
      series: [
        {},
        { stroke: colour("--muted"), width: 1.5, dash: [6, 5], points: { show: false } },
        { stroke: colour("--accent"), width: 2, fill: colour("--accent-soft"), points: { show: false } },
      ],
    }, [[], [], []], this.#place);
    this.draw();
  }
}
