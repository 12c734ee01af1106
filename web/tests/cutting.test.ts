import { describe, expect, test } from "vitest";
import { cut, type Point } from "../plugins/cutting.ts";

const BOX = { west: 0, south: 0, east: 10, north: 10 };

describe("cutting a ring to a box", () => {
  test("a ring within the box stays as it is", () => {
    const ring: Point[] = [
      [1, 1],
      [2, 1],
      [2, 2],
    ];
    expect(cut(ring, BOX)).toEqual(ring);
  });

  test("a ring outside of the box leaves nothing", () => {
    expect(
      cut(
        [
          [11, 11],
          [12, 11],
          [12, 12],
        ],
        BOX,
      ),
    ).toEqual([]);
  });

  test("a ring across a side ends at the side", () => {
    const left = cut(
      [
        [5, 2],
        [15, 2],
        [15, 8],
        [5, 8],
      ],
      BOX,
    );
    expect(left).toHaveLength(4);
    expect(Math.max(...left.map(([x]) => x))).toBe(10);
    expect(left).toContainEqual([10, 2]);
  });

  test("a ring around the box becomes the box", () => {
    const left = cut(
      [
        [-5, -5],
        [15, -5],
        [15, 15],
        [-5, 15],
      ],
      BOX,
    );
    expect(new Set(left.map(String))).toEqual(new Set(["0,0", "10,0", "10,10", "0,10"]));
  });
});
