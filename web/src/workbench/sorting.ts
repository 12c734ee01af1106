/** The order of rows by a column. */
import { dateOf, numberOf, type Row, type Term, textOf } from "./terms";

export type Direction = "ascending" | "descending";

/** Give the places of the rows in the order of a column; what is unbound comes last either way. */
export function sortedPlaces(
  rows: readonly Row[],
  column: number,
  direction: Direction,
  language: string,
  shown: (term: Term) => string = textOf,
): number[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = direction === "ascending" ? 1 : -1;
  const keys = rows.map((row) => key(row[column], shown));
  return rows
    .map((_, place) => place)
    .sort((a, b) => {
      const [left, right] = [keys[a], keys[b]];
      if (left === undefined || right === undefined)
        return Number(left === undefined) - Number(right === undefined) || a - b;
      if (typeof left === "number" && typeof right === "number") return sign * (left - right) || a - b;
      if (typeof left !== typeof right) return sign * (typeof left === "number" ? -1 : 1);
      return sign * collator.compare(String(left), String(right)) || a - b;
    });
}

function key(term: Term | undefined, shown: (term: Term) => string): number | string | undefined {
  if (!term) return undefined;
  return numberOf(term) ?? dateOf(term)?.getTime() ?? shown(term);
}
