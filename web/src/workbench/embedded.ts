/** The answer that the page came with. */
import type { Answer, AnswerKind } from "./answers";
import { Gathering } from "./gathering";
import type { Problem } from "./running";

interface Embedded {
  kind?: AnswerKind;
  body?: string;
  seconds?: number;
  problem?: Problem;
}

export type Brought = { answer: Answer; milliseconds: number } | { problem: Problem };

/** Read it; undefined if the page has none, or it is too large to be brought twice. */
export function readEmbedded(element: Element | null): Brought | undefined {
  if (!element) return undefined;
  const found = JSON.parse(element.textContent) as Embedded;
  if (found.problem) return { problem: found.problem };
  const gathering = new Gathering(found.kind ?? "solutions");
  gathering.take(found.body ?? "");
  gathering.end();
  return { answer: gathering.answer, milliseconds: (found.seconds ?? 0) * 1000 };
}
