/** The part of a text that an error is about, from the place where the parser stopped. */
import { tokenize } from "./lexing";

/** Give the token at a line and column (from 1, in code points), or the last one before, so that there is something to see. */
export function wrongPart(text: string, line: number, column: number): { from: number; to: number } {
  const place = placeOf(text, line, column);
  const tokens = tokenize(text).filter((token) => token.kind !== "comment");
  const at = tokens.find((token) => token.from <= place && place < token.to);
  const found = at ?? tokens.filter((token) => token.to <= place).at(-1) ?? tokens[0];
  return found ? { from: found.from, to: found.to } : { from: 0, to: 0 };
}

function placeOf(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, found) => sum + found.length + 1, 0);
  const inLine = [...(lines[line - 1] ?? "")].slice(0, Math.max(0, column - 1)).join("").length;
  return Math.min(before + inLine, text.length);
}
