/** The view of an answer as points on a map: SVG, without tiles from anywhere. */
import type { Answer } from "./answers";
import { pointsOf } from "./asking";
import { type Column, describeColumns } from "./columns";
import { html, svg } from "./elements";
import { choosePlaces, framePoints, namedPoints, type Point, pointsInRows, unitsIn } from "./places";
import type { Surroundings } from "./table";
import { addressOf, type Row, textOf } from "./terms";
import { numberText } from "./texts";

const WIDTH = 720;
const HEIGHT = 760;
const MOST_UNITS = 2000;
const NAMES_WIDTH = 150;

export async function showMap(panel: HTMLElement, answer: Answer, around: Surroundings): Promise<void> {
  const { texts } = around;
  const columns = describeColumns(answer.columns, answer.rows);
  const source = choosePlaces(columns, answer.rows);
  if (!source) {
    panel.append(html("p", { class: "muted" }, texts.noMap));
    return;
  }
  const loading = html("p", { class: "muted" }, texts.loading);
  panel.append(loading);
  const points =
    "units" in source
      ? await pointsOfUnits(answer.rows, source.units, around)
      : pointsInRows(answer.rows, source.latitude, source.longitude);
  loading.remove();
  if (points.length === 0) panel.append(html("p", { class: "muted" }, texts.noPoints));
  else panel.append(draw(points, columns, answer, around));
}

async function pointsOfUnits(rows: readonly Row[], column: number, around: Surroundings): Promise<Point[]> {
  const units = unitsIn(rows, column, MOST_UNITS);
  const [known] = await Promise.all([pointsOf(around.root, units), around.labels.load(units)]);
  return rows.flatMap((row, index) => {
    const point = known.get(row[column]?.value ?? "");
    return point ? [{ ...point, row: index }] : [];
  });
}

function draw(
  points: readonly Point[],
  columns: readonly Column[],
  answer: Answer,
  around: Surroundings,
): HTMLElement {
  const { texts } = around;
  const frame = framePoints(points, WIDTH, HEIGHT);
  const title = `${texts.mapLabel}: ${numberText(points.length, texts)}`;
  const size = {
    viewBox: `0 0 ${(frame.width + NAMES_WIDTH).toFixed(0)} ${frame.height.toFixed(0)}`,
    class: "drawing",
  };
  const drawing = svg("svg", { ...size, role: "group", "aria-label": title });
  for (const longitude of frame.meridians) {
    const x = frame.x(longitude).toFixed(1);
    drawing.append(
      svg("line", { x1: x, x2: x, y1: 0, y2: frame.height, class: "grid-line" }),
      svg("text", { x, y: frame.height - 4, dx: 3, class: "note" }, `${longitude}°`),
    );
  }
  for (const latitude of frame.parallels) {
    const y = frame.y(latitude).toFixed(1);
    drawing.append(
      svg("line", { x1: 0, x2: frame.width, y1: y, y2: y, class: "grid-line" }),
      svg("text", { x: 3, y, dy: -3, class: "note" }, `${latitude}°`),
    );
  }
  const marks = points.map((point) => {
    const row = answer.rows[point.row] ?? [];
    return {
      row,
      x: frame.x(point.longitude),
      y: frame.y(point.latitude),
      name: pointName(row, columns, around),
    };
  });
  const named = namedPoints(marks);
  marks.forEach(({ row, x, y, name }, index) => {
    const said = columns.map((column) => `${column.name}: ${cellText(row, column.index, around)}`).join("\n");
    const place = { cx: x.toFixed(1), cy: y.toFixed(1), r: 5 };
    const circle = svg("circle", { ...place, class: "fill-1 map-point" });
    const title = svg("title", {}, said);
    const text = named.has(index)
      ? svg("text", { x: x.toFixed(1), y: y.toFixed(1), dx: 8, dy: 4 }, name)
      : undefined;
    const thing = row.find((term) => term?.kind === "iri");
    const address = thing && addressOf(thing.value, around.root);
    const isOurs = address !== undefined && address !== thing?.value;
    drawing.append(
      isOurs
        ? svg("a", { href: around.link(address) }, title, circle, text)
        : svg("g", {}, title, circle, text),
    );
  });
  return html(
    "figure",
    { class: "result-map" },
    drawing,
    html("figcaption", {}, `${numberText(points.length, texts)} ${texts.points}`),
  );
}

function pointName(row: Row, columns: readonly Column[], around: Surroundings): string {
  const text =
    columns.find((column) => column.kind === "text") ?? columns.find((column) => column.kind === "thing");
  return text ? cellText(row, text.index, around) : "";
}

function cellText(row: Row, index: number, around: Surroundings): string {
  const term = row[index];
  return (term?.kind === "iri" ? around.labels.of(term.value) : undefined) ?? textOf(term);
}
