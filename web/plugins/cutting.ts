/** Cutting a polygon to a rectangle (Sutherland and Hodgman, 1974). */

export type Point = readonly [x: number, y: number];

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

interface Side {
  readonly axis: 0 | 1;
  readonly limit: number;
  readonly keep: (value: number) => boolean;
}

/** Give the part of a ring that is within a box; empty if none is. */
export function cut(ring: readonly Point[], box: Box): Point[] {
  const sides: Side[] = [
    { axis: 0, limit: box.west, keep: (value) => value >= box.west },
    { axis: 0, limit: box.east, keep: (value) => value <= box.east },
    { axis: 1, limit: box.south, keep: (value) => value >= box.south },
    { axis: 1, limit: box.north, keep: (value) => value <= box.north },
  ];
  return sides.reduce<Point[]>((left, side) => cutAt(left, side), [...ring]);
}

function cutAt(ring: readonly Point[], { axis, limit, keep }: Side): Point[] {
  return ring.flatMap((point, place) => {
    const before = ring.at(place - 1) ?? point;
    const kept = keep(point[axis]) ? [point] : [];
    return keep(point[axis]) === keep(before[axis]) ? kept : [crossing(before, point, axis, limit), ...kept];
  });
}

function crossing(from: Point, to: Point, axis: 0 | 1, limit: number): Point {
  const share = (limit - from[axis]) / (to[axis] - from[axis]);
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}
