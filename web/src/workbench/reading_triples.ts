/** Reading N-Triples (RDF 1.1 N-Triples) as they come, line by line. */
import type { Row, Term } from "./terms";

export const TRIPLE_COLUMNS = ["subject", "predicate", "object"];

const LINE =
  /^\s*(<[^>]*>|_:\S+)\s+(<[^>]*>)\s+(<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?)\s*\.\s*$/u;
const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

/** Reads parts of a document; what each part completes can be had at once. */
export class TripleReader {
  readonly columns = TRIPLE_COLUMNS;
  readonly boolean = undefined;
  private rest = "";

  /** Take the next part of the text, and give the triples of the lines that it completes. */
  read(part: string): Row[] {
    const lines = (this.rest + part).split("\n");
    this.rest = lines.pop() ?? "";
    return lines.filter((line) => line.trim() && !line.startsWith("#")).map(triple);
  }

  /** Say that there is no more; throws if a line has no end. */
  end(): void {
    if (this.rest.trim()) throw new Error(`no whole line: ${this.rest}`);
  }
}

function triple(line: string): Row {
  const found = LINE.exec(line);
  if (!found) throw new Error(`no triple: ${line}`);
  return found.slice(1, 4).map((text) => term(text ?? ""));
}

function term(text: string): Term {
  if (text.startsWith("<")) return { kind: "iri", value: unescaped(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { kind: "blank", value: text.slice(2) };
  const end = text.lastIndexOf('"');
  const literal: Term = { kind: "literal", value: unescaped(text.slice(1, end)) };
  const suffix = text.slice(end + 1);
  if (suffix.startsWith("@")) literal.language = suffix.slice(1);
  if (suffix.startsWith("^^")) literal.datatype = suffix.slice(3, -1);
  return literal;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/gs, (_, short, long, letter) => {
    const code: string | undefined = short ?? long;
    return code ? String.fromCodePoint(Number.parseInt(code, 16)) : (ESCAPES[letter] ?? letter);
  });
}
