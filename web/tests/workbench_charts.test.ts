import { describe, expect, test } from "vitest";
import { chooseChart } from "../src/workbench/chart_axes";
import { chartValues } from "../src/workbench/chart_data";
import { describeColumns } from "../src/workbench/columns";
import { isNetwork, readNetwork } from "../src/workbench/network";
import { choosePlaces, framePoints, namedPoints } from "../src/workbench/places";
import { sortedPlaces } from "../src/workbench/sorting";
import { type Row, type Term, XSD } from "../src/workbench/terms";

const number = (value: number): Term => ({
  kind: "literal",
  value: String(value),
  datatype: `${XSD}integer`,
});
const text = (value: string): Term => ({ kind: "literal", value, language: "vi" });
const unit = (code: string): Term => ({ kind: "iri", value: `https://w3id.org/vndx/id/unit/2025/${code}` });

const RANKS: Row[] = [
  [text("2020"), text("63 tỉnh"), number(12), number(63)],
  [text("2022"), text("63 tỉnh"), number(8), number(63)],
  [text("2024"), text("34 tỉnh"), number(8), number(34)],
];
const NAMES = ["yearLabel", "basisLabel", "rank", "outOf"];

describe("the chart of an answer", () => {
  const choose = (names: string[], rows: Row[]) => chooseChart(describeColumns(names, rows), rows.length);

  test("of ranks by year is a line for each basis", () => {
    expect(choose(NAMES, RANKS)).toEqual({ kind: "line", x: 0, y: 2, series: 1 });
  });

  test("of names and numbers has bars, and identifiers are no values", () => {
    const rows: Row[] = [
      [number(1), text("A"), number(5)],
      [number(2), text("B"), number(7)],
    ];
    expect(choose(["code", "name", "area"], rows)).toEqual({ kind: "bar", x: 1, y: 2, series: undefined });
  });

  test("of two numbers has dots", () => {
    expect(choose(["area", "people"], [[number(1), number(2)]])?.kind).toBe("dot");
  });

  test("of several values a year without a name is not a line", () => {
    const rows: Row[] = [2020, 2020, 2021].map((year) => [number(year), number(1)]);
    expect(choose(["year", "value"], rows)?.kind).toBe("dot");
  });

  test("without numbers there is none", () => {
    expect(choose(["name"], [[text("A")]])).toBeUndefined();
    expect(choose(["n"], [])).toBeUndefined();
  });

  test("a line is broken where years are missing, and series are apart", () => {
    const values = chartValues(RANKS, { kind: "line", x: 0, y: 2, series: 1 });
    const drawn = values.filter((value) => value.series === "63 tỉnh").map((value) => [value.x, value.y]);
    expect(drawn).toEqual([
      [2020, 12],
      [2021, Number.NaN],
      [2022, 8],
    ]);
  });

  test("a missing value is left out, not drawn as nothing", () => {
    expect(chartValues([[text("A"), undefined]], { kind: "bar", x: 0, y: 1, series: undefined })).toEqual([]);
  });
});

describe("sorting", () => {
  test("numbers by size, texts as in Vietnamese, what is missing last either way", () => {
    const rows: Row[] = [[number(10)], [number(9)], [undefined]];
    expect(sortedPlaces(rows, 0, "ascending", "vi")).toEqual([1, 0, 2]);
    expect(sortedPlaces(rows, 0, "descending", "vi")).toEqual([0, 1, 2]);
    const names: Row[] = [[text("Đà Nẵng")], [text("Hà Nội")], [text("Cà Mau")]];
    expect(sortedPlaces(names, 0, "ascending", "vi")).toEqual([2, 0, 1]);
  });
});

describe("the map of an answer", () => {
  test("takes columns of coordinates before units", () => {
    const rows: Row[] = [[unit("19"), number(21), number(105)]];
    expect(choosePlaces(describeColumns(["u", "lat", "long"], rows), rows)).toEqual({
      latitude: 1,
      longitude: 2,
    });
    expect(choosePlaces(describeColumns(["u", "a", "b"], rows), rows)).toEqual({ units: 0 });
    expect(choosePlaces(describeColumns(["n"], [[text("x")]]), [[text("x")]])).toBeUndefined();
  });

  test("has north at the top and east at the right", () => {
    const points = [
      { latitude: 10, longitude: 104, row: 0 },
      { latitude: 22, longitude: 108, row: 1 },
    ];
    const frame = framePoints(points, 700, 700);
    expect(frame.y(22)).toBeLessThan(frame.y(10));
    expect(frame.x(108)).toBeGreaterThan(frame.x(104));
    expect(frame.height).toBeLessThanOrEqual(700);
  });

  test("names no point over the name of another", () => {
    const points = [0, 4, 40].map((y) => ({ x: 0, y, name: "Tỉnh" }));
    expect([...namedPoints(points)]).toEqual([0, 2]);
  });
});

describe("the graph of an answer", () => {
  const row = (s: string, o: Term): Row => [unit(s), { kind: "iri", value: "http://e/p" }, o];

  test("has things as nodes, and texts only where nothing else is linked", () => {
    expect(readNetwork([row("1", unit("2")), row("1", text("a"))], 9).nodes).toHaveLength(2);
    expect(readNetwork([row("1", text("a")), row("1", text("a"))], 9).nodes).toHaveLength(3);
  });

  test("is bounded, and every edge has both its ends", () => {
    const network = readNetwork(
      Array.from({ length: 50 }, (_, index) => row("1", unit(String(index)))),
      10,
    );
    expect([network.nodes.length, network.isCut]).toEqual([10, true]);
    expect(network.edges.every((edge) => edge.to < 10)).toBe(true);
  });

  test("is offered for triples only", () => {
    const answer = { columns: ["s", "p", "o"], rows: [row("1", unit("2"))], kind: "solutions" as const };
    const rest = { total: 1, boolean: undefined, raw: "", rawIsWhole: true, done: true };
    expect(isNetwork({ ...answer, ...rest })).toBe(true);
    expect(isNetwork({ ...answer, ...rest, columns: ["s", "p"] })).toBe(false);
  });
});
