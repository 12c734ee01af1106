/** Reading SPARQL 1.1 Query Results JSON as it comes, row by row. */
import type { Row, Term } from "./terms";

interface JsonTerm {
  type: string;
  value: string | object;
  "xml:lang"?: string;
  datatype?: string;
}

const END = /^\s*\]\s*\}\s*\}\s*$/;

type Binding = Readonly<Record<string, JsonTerm>>;

/** Reads parts of a document; what each part completes can be had at once. */
export class SolutionReader {
  columns: string[] = [];
  boolean: boolean | undefined;
  private rest = "";
  private inRows = false;

  /** Take the next part of the text, and give the rows that it completes. */
  read(part: string): Row[] {
    this.rest += part;
    if (!this.inRows && !this.readHead()) return [];
    const rows: Row[] = [];
    let from = 0;
    for (let end = objectEnd(this.rest, from); end !== undefined; end = objectEnd(this.rest, from)) {
      rows.push(this.row(JSON.parse(this.rest.slice(this.rest.indexOf("{", from), end)) as Binding));
      from = end;
    }
    this.rest = this.rest.slice(from);
    return rows;
  }

  /** Say that there is no more; a document without rows is read only now. Throws if it is not whole. */
  end(): void {
    if (this.inRows) {
      if (!END.test(this.rest)) throw new Error("the answer ends in its middle");
      return;
    }
    const content = JSON.parse(this.rest) as { boolean?: boolean; head?: { vars?: string[] } };
    this.boolean = content.boolean;
    this.columns = content.head?.vars ?? [];
  }

  private readHead(): boolean {
    const start = /"bindings"\s*:\s*\[/.exec(this.rest);
    if (!start) return false;
    const before = this.rest.slice(0, start.index);
    const vars = /"vars"\s*:\s*(\[[^\]]*\])/.exec(before)?.[1];
    this.columns = vars ? (JSON.parse(vars) as string[]) : [];
    this.rest = this.rest.slice(start.index + start[0].length);
    this.inRows = true;
    return true;
  }

  private row(binding: Binding): Row {
    return this.columns.map((column) => {
      const found = binding[column];
      return found && term(found);
    });
  }
}

/** Give where the first object at or after a place ends; undefined if it has not ended, or there is none. */
function objectEnd(text: string, from: number): number | undefined {
  let depth = 0;
  // Jumps from bracket to bracket, and over strings as wholes; one without an end reaches to the end of the text.
  const next = /[{}\]]|"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)/g;
  next.lastIndex = from;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    if (found[0] === "{") depth += 1;
    else if (found[0] === "}") {
      depth -= 1;
      if (depth === 0) return next.lastIndex;
    } else if (found[0] === "]" && depth === 0) return undefined;
  }
  return undefined;
}

function term(found: JsonTerm): Term {
  const value = typeof found.value === "string" ? found.value : JSON.stringify(found.value);
  if (found.type === "uri") return { kind: "iri", value };
  if (found.type === "bnode") return { kind: "blank", value };
  const literal: Term = { kind: "literal", value };
  if (found["xml:lang"]) literal.language = found["xml:lang"];
  if (found.datatype) literal.datatype = found.datatype;
  return literal;
}
