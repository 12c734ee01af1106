/** Drawing a chart with Observable Plot; loaded when a chart is first looked at. */
import * as Plot from "@observablehq/plot";
import type { ChartKind } from "./chart_axes";
import type { ChartValue } from "./chart_data";

export interface ChartTitles {
  x: string;
  y: string;
  label: string;
}

const COLOUR = "var(--c1)";
const COLOURS = ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)", "var(--c6)"];
const SYMBOLS = ["circle", "square", "triangle", "diamond", "cross", "star"];
const RANK = /^(rank|hạng|hang|thứ ?hạng|thu_?hang)/i;
const FEW_TICKS = 12;
const LETTER = 7.2;
const LONGEST_NAME = 32;

/** Draw values for a width in pixels. */
export function drawChart(
  kind: ChartKind,
  values: ChartValue[],
  titles: ChartTitles,
  width: number,
): SVGElement {
  const plot = kind === "bar" ? bars(values, titles, width) : points(kind, values, titles, width);
  // Its style element would be refused by our policy; workbench.css says what it says.
  for (const style of plot.querySelectorAll("style")) style.remove();
  // A drawing that is one picture has one name; those of its parts are for our style sheet only.
  for (const part of plot.querySelectorAll("[aria-label]")) {
    part.setAttribute("data-part", part.getAttribute("aria-label") ?? "");
    part.removeAttribute("aria-label");
  }
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", titles.label);
  if (!(plot instanceof SVGElement)) throw new Error("a plot without a legend is a drawing");
  return plot;
}

function bars(values: ChartValue[], titles: ChartTitles, width: number): ReturnType<typeof Plot.plot> {
  // Bars of the same name stand below each other, not on each other: they are not parts of a sum.
  const names = values.map((value) => shortened(String(value.x)));
  const longest = Math.max(...names.map((name) => name.length));
  const keys = values.map((_, index) => String(index));
  const longestValue = Math.max(...values.map((value) => localized(value.y).length));
  return Plot.plot({
    width,
    height: values.length * 24 + 60,
    marginLeft: Math.min(longest * LETTER + 16, width * 0.45),
    marginRight: longestValue * LETTER + 16,
    x: { label: titles.y, grid: true, zero: true, tickFormat: localized, ticks: Math.max(2, width / 120) },
    y: { label: null, domain: keys, tickFormat: (key: string) => names[Number(key)] ?? "", tickSize: 0 },
    marks: [
      Plot.ruleX([0]),
      Plot.barX(values, {
        x: "y",
        y: (_, index) => String(index),
        fill: COLOUR,
        insetTop: 2,
        insetBottom: 2,
      }),
      Plot.text(values, {
        x: "y",
        y: (_, index) => String(index),
        text: (value: ChartValue) => localized(value.y),
        textAnchor: "start",
        dx: 4,
      }),
    ],
  });
}

function points(
  kind: ChartKind,
  values: ChartValue[],
  titles: ChartTitles,
  width: number,
): ReturnType<typeof Plot.plot> {
  const names = [...new Set(values.map((value) => value.series))];
  const xs = values.map((value) => value.x);
  const isYears = xs.every((x) => typeof x === "number" && Number.isInteger(x) && x > 1800 && x < 2200);
  const narrow = width < 500;
  const longest = Math.max(...names.map((name) => shortened(name).length));
  const series = names.length > 1 ? { stroke: "series", z: "series" } : { stroke: COLOUR, z: null };
  const known = values.filter((value) => !Number.isNaN(value.y));
  const isLine = kind === "line";
  return Plot.plot({
    width,
    height: Math.min(420, Math.max(280, width * 0.5)),
    marginRight: isLine && names.length > 1 ? Math.min(longest * LETTER + 16, width * 0.35) : 24,
    marginLeft: 56,
    marginBottom: 40,
    inset: 10,
    x: {
      label: titles.x,
      ...(isYears ? { tickFormat: "d", ticks: Math.min(new Set(xs).size, narrow ? 5 : 12) } : {}),
    },
    y: { label: titles.y, grid: true, tickFormat: localized, ...valueAxis(known, titles.y) },
    color: { domain: names, range: names.map((_, index) => COLOURS[index % COLOURS.length] ?? "") },
    symbol: { domain: names, range: names.map((_, index) => SYMBOLS[index % SYMBOLS.length] ?? "") },
    marks: [
      ...(isLine ? [Plot.lineY(values, { x: "x", y: "y", strokeWidth: 2, ...series })] : []),
      Plot.dot(known, {
        x: "x",
        y: "y",
        r: 3.5,
        ...series,
        ...(names.length > 1 ? { symbol: "series" } : {}),
        title: (value: ChartValue) =>
          [value.series, String(value.x), String(value.y)].filter(Boolean).join(" · "),
      }),
      ...(isLine && names.length > 1
        ? [
            Plot.text(known, {
              ...Plot.selectLast({ x: "x", y: "y", z: "series" }),
              text: (value: ChartValue) => shortened(value.series),
              textAnchor: "start",
              dx: 8,
            }),
          ]
        : []),
    ],
  });
}

/** Ranks have the best at the top; whole numbers have no ticks between them. */
function valueAxis(
  values: readonly ChartValue[],
  title: string,
): { reverse: boolean; nice?: boolean; ticks?: number[] } {
  const ys = values.map((value) => value.y);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const reverse = RANK.test(title);
  if (!ys.every(Number.isInteger) || high - low > FEW_TICKS) return { reverse, nice: true };
  return { reverse, ticks: Array.from({ length: high - low + 1 }, (_, index) => low + index) };
}

function localized(value: number): string {
  return value.toLocaleString(document.documentElement.lang);
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}
