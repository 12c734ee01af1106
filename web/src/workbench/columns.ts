/** What the columns of an answer hold. */
import { dateOf, numberOf, type Row, yearOf } from "./terms";

export type ColumnKind = "number" | "date" | "thing" | "text" | "empty";

export interface Column {
  name: string;
  index: number;
  kind: ColumnKind;
  /** How many values it has that differ. */
  distinct: number;
}

const LOOKED_AT = 2000;

/** Describe the columns from the first rows. A column of several kinds holds text. */
export function describeColumns(names: readonly string[], rows: readonly Row[]): Column[] {
  const looked = rows.slice(0, LOOKED_AT);
  return names.map((name, index) => {
    const kinds = new Set<ColumnKind>();
    const values = new Set<string>();
    for (const row of looked) {
      const term = row[index];
      if (!term) continue;
      values.add(term.value);
      if (numberOf(term) !== undefined) kinds.add("number");
      else if (dateOf(term) || yearOf(term) !== undefined) kinds.add("date");
      else kinds.add(term.kind === "iri" ? "thing" : "text");
    }
    const [kind] = kinds;
    return { name, index, kind: kinds.size > 1 ? "text" : (kind ?? "empty"), distinct: values.size };
  });
}
