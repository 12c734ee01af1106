/** The values that a chart draws. */
import type { ChartChoice } from "./chart_axes";
import { dateOf, numberOf, type Row, type Term, textOf, yearOf } from "./terms";

export interface ChartValue {
  x: number | Date | string;
  /** Not a number where a line has to be broken. */
  y: number;
  series: string;
}

export const MOST_VALUES = 2000;
export const MOST_BARS = 60;

const FIRST_YEAR = 1800;
const LAST_YEAR = 2200;

/** Give the values of a chart; rows without a value of the vertical axis are left out. */
export function chartValues(
  rows: readonly Row[],
  choice: ChartChoice,
  shown: (term: Term) => string = textOf,
): ChartValue[] {
  const most = choice.kind === "bar" ? MOST_BARS : MOST_VALUES;
  const values: ChartValue[] = [];
  for (const row of rows) {
    const [x, y] = [row[choice.x], numberOf(row[choice.y])];
    const series = choice.series === undefined ? undefined : row[choice.series];
    if (!x || y === undefined) continue;
    const value = choice.kind === "bar" ? shown(x) : (numberOf(x) ?? dateOf(x) ?? yearOf(x) ?? shown(x));
    values.push({ x: value, y, series: series ? shown(series) : "" });
    if (values.length === most) break;
  }
  return choice.kind === "line" ? brokenAtGaps(values) : values;
}

/** Sort the values of lines, and break a line of years where years are missing: nothing is known of them. */
export function brokenAtGaps(values: readonly ChartValue[]): ChartValue[] {
  const sorted = [...values].sort((a, b) => a.series.localeCompare(b.series) || compare(a.x, b.x));
  return sorted.flatMap((value, index) => {
    const last = sorted[index - 1];
    const [from, to] = [yearAt(last?.x), yearAt(value.x)];
    const isGap = last?.series === value.series && from !== undefined && to !== undefined && to - from > 1;
    return isGap ? [{ x: between(value.x, from), y: Number.NaN, series: value.series }, value] : [value];
  });
}

function compare(a: ChartValue["x"], b: ChartValue["x"]): number {
  return typeof a === "string" || typeof b === "string"
    ? String(a).localeCompare(String(b))
    : Number(a) - Number(b);
}

/** A whole number that can be a year, or a date that stands for one. */
function yearAt(x: ChartValue["x"] | undefined): number | undefined {
  if (typeof x === "number") return Number.isInteger(x) && x > FIRST_YEAR && x < LAST_YEAR ? x : undefined;
  const isYear = x instanceof Date && x.getUTCMonth() === 0 && x.getUTCDate() === 1;
  return isYear ? x.getUTCFullYear() : undefined;
}

function between(x: ChartValue["x"], from: number): number | Date {
  return x instanceof Date ? new Date(Date.UTC(from + 1, 0, 1)) : from + 1;
}
