/** Whether an answer can be drawn on a map, and where its things lie. */
import type { Column } from "./columns";
import { BASE, numberOf, type Row } from "./terms";

/** How places are found: in two columns of the answer, or by asking for the points of the units in one. */
export type PlaceSource = { latitude: number; longitude: number } | { units: number };

export interface Point {
  latitude: number;
  longitude: number;
  /** The row of the answer that it is of. */
  row: number;
}

const LATITUDE = /^(lat|latitude|vido|vĩđộ|vi_do)/i;
const LONGITUDE = /^(lon|long|lng|longitude|kinhdo|kinhđộ|kinh_do)/i;
const NAME_OFFSET = 8;
const LETTER = 6.4;
const LINE = 13;
const UNIT = `${BASE}id/unit/`;

/** Say how the places of an answer are found, undefined if it has none. */
export function choosePlaces(columns: readonly Column[], rows: readonly Row[]): PlaceSource | undefined {
  const numbers = columns.filter((column) => column.kind === "number");
  const latitude = numbers.find((column) => LATITUDE.test(column.name));
  const longitude = numbers.find((column) => LONGITUDE.test(column.name));
  if (latitude && longitude) return { latitude: latitude.index, longitude: longitude.index };
  const units = columns.find(
    (column) => column.kind === "thing" && rows.some((row) => row[column.index]?.value.startsWith(UNIT)),
  );
  return units && { units: units.index };
}

/** Give the units in a column, each once, at most so many. */
export function unitsIn(rows: readonly Row[], column: number, most: number): string[] {
  const found = new Set<string>();
  for (const row of rows) {
    const value = row[column]?.value;
    if (value?.startsWith(UNIT)) found.add(value);
    if (found.size >= most) break;
  }
  return [...found];
}

/** Give the points of rows that say both coordinates themselves. */
export function pointsInRows(rows: readonly Row[], latitude: number, longitude: number): Point[] {
  return rows.flatMap((row, index) => {
    const [lat, long] = [numberOf(row[latitude]), numberOf(row[longitude])];
    return lat === undefined || long === undefined ? [] : [{ latitude: lat, longitude: long, row: index }];
  });
}

/** The frame of a map: degrees to the units of a drawing, equally long at the middle latitude. */
export interface Frame {
  width: number;
  height: number;
  x(longitude: number): number;
  y(latitude: number): number;
  meridians: number[];
  parallels: number[];
}

/** Frame some points: an equirectangular projection, true to scale in the middle. */
export function framePoints(points: readonly Point[], mostWidth: number, mostHeight: number): Frame {
  const [west, east] = bounds(points.map((point) => point.longitude));
  const [south, north] = bounds(points.map((point) => point.latitude));
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(mostWidth / ((east - west) * shrink), mostHeight / (north - south));
  const height = (north - south) * scale;
  const step = niceStep(Math.max(east - west, north - south));
  return {
    width: (east - west) * shrink * scale,
    height,
    x: (longitude) => (longitude - west) * shrink * scale,
    y: (latitude) => (north - latitude) * scale,
    meridians: steps(west, east, step),
    parallels: steps(south, north, step),
  };
}

/** Choose the points whose names can be written to their right without one covering another. */
export function namedPoints(points: readonly { x: number; y: number; name: string }[]): Set<number> {
  const named = new Set<number>();
  const taken: { x: number; y: number; end: number }[] = [];
  points.forEach(({ x, y, name }, index) => {
    const end = x + NAME_OFFSET + name.length * LETTER;
    if (!name || taken.some((box) => box.x < end && x < box.end && Math.abs(box.y - y) < LINE)) return;
    taken.push({ x, y, end });
    named.add(index);
  });
  return named;
}

function bounds(values: readonly number[]): [number, number] {
  // Not Math.min(...): there may be more points than a call can have arguments.
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const margin = Math.max((high - low) * 0.08, 0.1);
  return [low - margin, high + margin];
}

function niceStep(span: number): number {
  return [0.1, 0.25, 0.5, 1, 2, 5, 10, 30].find((step) => span / step <= 8) ?? 60;
}

function steps(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  return Array.from(
    { length: Math.max(0, Math.floor(to / step) - first + 1) },
    (_, index) => (first + index) * step,
  );
}
