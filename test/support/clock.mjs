/** Loaded with `--import`: this process believes that it is the 20th of November 2026, 06:30, when it starts. */
const started = performance.now();
const now = () => Date.UTC(2026, 10, 20, 6, 30) + Math.floor(performance.now() - started);
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...words) {
    if (words.length === 0) super(now());
    else super(...words);
  }
  static now() {
    return now();
  }
};
