import type { Measure } from './measure.ts';

/** One line of a table: the median with the spread, and the peak of the memory. */
export function printMeasure({ name, median, min, max, peakMegabytes }: Measure): void {
  const memory = peakMegabytes === undefined ? '' : `  ${peakMegabytes.toFixed(0).padStart(4)} MB`;
  console.log(`${name.padEnd(50)} ${median.toFixed(0).padStart(6)} ms  (${min.toFixed(0)}–${max.toFixed(0)})${memory}`);
}
