/** Running a query on the server, so that it can be cancelled there. */
import type { Answer } from "./answers";
import { Gathering } from "./gathering";

/** A problem as the service tells it (RFC 9457). */
export interface Problem {
  slug: string;
  title: string;
  detail: string;
  line?: number;
  column?: number;
}

/** How long it took, in milliseconds: in the server until its answer began, and in all. */
export interface Timing {
  server: number | undefined;
  total: number;
}

export type Outcome =
  | { kind: "answered"; answer: Answer; timing: Timing }
  | { kind: "refused"; problem: Problem }
  | { kind: "cancelled" | "broken" | "offline" };

export type Parameters = readonly (readonly [name: string, value: string])[];

const ACCEPT = "application/sparql-results+json, application/n-triples";
const FORM = "application/x-www-form-urlencoded";
/** Longer addresses are refused on the way by some servers and proxies. */
export const LONGEST_ADDRESS = 6000;

/** One run of a query. */
export class QueryRun {
  private readonly id = randomUuid();
  private readonly token = randomHex(32);
  private readonly abort = new AbortController();
  private isCancelled = false;

  constructor(private readonly root: string) {}

  /** Send the query; `onPart` is called when some of the answer has come. */
  async run(parameters: Parameters, onPart: (answer: Answer) => void): Promise<Outcome> {
    const started = performance.now();
    let begun = false;
    try {
      const response = await this.send(new URLSearchParams(parameters.map(([name, value]) => [name, value])));
      if (!response.ok) {
        const problem = await readProblem(response);
        return this.isCancelled ? { kind: "cancelled" } : { kind: "refused", problem };
      }
      begun = true;
      const answer = await receive(response, onPart);
      return {
        kind: "answered",
        answer,
        timing: { server: serverTime(response), total: performance.now() - started },
      };
    } catch (error) {
      if (this.isCancelled) return { kind: "cancelled" };
      if (begun || error instanceof TypeError) return { kind: begun ? "broken" : "offline" };
      throw error;
    }
  }

  /** End the query on the server, then stop listening. */
  async cancel(): Promise<void> {
    this.isCancelled = true;
    try {
      await fetch(`${this.root}/queries/${this.id}`, {
        method: "DELETE",
        headers: { Authorization: `Bearer ${this.token}` },
      });
    } finally {
      this.abort.abort();
    }
  }

  private send(form: URLSearchParams): Promise<Response> {
    const headers = { Accept: ACCEPT, "Query-Id": this.id, "Query-Token": this.token };
    const address = `${this.root}/sparql`;
    const { signal } = this.abort;
    const text = form.toString();
    if (text.length <= LONGEST_ADDRESS) return fetch(`${address}?${text}`, { headers, signal });
    return fetch(address, {
      method: "POST",
      headers: { ...headers, "Content-Type": FORM },
      body: text,
      signal,
    });
  }
}

async function receive(response: Response, onPart: (answer: Answer) => void): Promise<Answer> {
  const isGraph = response.headers.get("Content-Type")?.startsWith("application/n-triples");
  const gathering = new Gathering(isGraph ? "graph" : "solutions");
  if (response.body) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      gathering.take(part.value);
      onPart(gathering.answer);
    }
  }
  gathering.end();
  return gathering.answer;
}

async function readProblem(response: Response): Promise<Problem> {
  const title = `${response.status} ${response.statusText}`;
  if (!response.headers.get("Content-Type")?.includes("json")) return { slug: "", title, detail: "" };
  const found = (await response.json()) as Partial<Problem> & { type?: string };
  return {
    ...found,
    slug: found.type?.split("/").pop() ?? "",
    title: found.title ?? title,
    detail: found.detail ?? "",
  };
}

function serverTime(response: Response): number | undefined {
  const found = /\bdur=([\d.]+)/.exec(response.headers.get("Server-Timing") ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}

// Not crypto.randomUUID, which browsers offer on secure origins only.
function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function randomUuid(): string {
  return randomHex(16).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");
}
