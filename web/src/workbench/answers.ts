/** An answer as far as it has come. */
import type { Row } from "./terms";

/** So many rows are kept for sorting, charts and maps; the rest is counted. */
export const MOST_KEPT = 100_000;
/** So much of the text is kept to be shown as it came. */
export const MOST_RAW = 200_000;

export type AnswerKind = "solutions" | "graph";

export interface Answer {
  kind: AnswerKind;
  columns: readonly string[];
  rows: Row[];
  total: number;
  boolean: boolean | undefined;
  raw: string;
  rawIsWhole: boolean;
  done: boolean;
}
