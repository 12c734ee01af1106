/** Which chart says most about an answer, from what its columns hold. */
import type { Column } from "./columns";

export type ChartKind = "bar" | "line" | "dot";

/** A chart: columns by index; `series` splits it by colour. */
export interface ChartChoice {
  kind: ChartKind;
  x: number;
  y: number;
  series: number | undefined;
}

const MOST_SERIES = 12;
const MOST_BARS = 60;
const YEAR = /^(year|nam|năm|period)/i;
const IDENTIFIER = /^(code|ma|mã|id|stt|sources)$/i;

/** Choose; undefined if there is nothing to draw: no numbers, or nothing to set them against. */
export function chooseChart(columns: readonly Column[], rows: number): ChartChoice | undefined {
  const numbers = columns.filter((column) => column.kind === "number");
  const time =
    columns.find((column) => column.kind === "date") ?? numbers.find((column) => YEAR.test(column.name));
  const values = numbers.filter((column) => column !== time);
  const y = values.find((column) => !IDENTIFIER.test(column.name)) ?? values[0];
  if (!y || rows === 0) return undefined;
  const names = columns.filter((column) => column.kind === "text" || column.kind === "thing");
  if (time && time.distinct > 1) {
    const series = names.find((column) => column.distinct > 1 && column.distinct <= MOST_SERIES);
    // With several values at one time and nothing to tell them apart, a line would jump between them.
    const kind = series === undefined && rows > time.distinct ? "dot" : "line";
    return { kind, x: time.index, y: y.index, series: series?.index };
  }
  const name =
    names.find((column) => column.kind === "text" && column.distinct > 1) ??
    names.find((column) => column.distinct > 1);
  const other = values.find((column) => column !== y);
  if (name && (name.distinct <= MOST_BARS || !other))
    return { kind: "bar", x: name.index, y: y.index, series: undefined };
  if (other) return { kind: "dot", x: other.index, y: y.index, series: undefined };
  return name || names[0]
    ? { kind: "bar", x: (name ?? names[0])?.index ?? 0, y: y.index, series: undefined }
    : undefined;
}
