import { expect, test } from "vitest";
import { fits } from "../src/parts/filtering";
import { folded } from "../src/parts/folding";

test("folding takes marks, case and the stroke of đ away", () => {
  expect(folded("Đơn vị hành chính")).toBe("don vi hanh chinh");
});

test("a text fits if it has every word, in any order and spelling", () => {
  expect(fits("Province tỉnh, thành phố trực thuộc", "TINH prov")).toBe(true);
  expect(fits("Province tỉnh, thành phố trực thuộc", "tinh huyen")).toBe(false);
});
