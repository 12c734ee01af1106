/** Small questions of the page itself, about things that an answer names. */
import { SolutionReader } from "./reading_solutions";
import { BASE, type Row } from "./terms";

const PREFIXES = `PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
`;

/** Ask about things; with more than a server takes at once they should be fewer. */
async function ask(root: string, iris: readonly string[], query: string): Promise<Row[]> {
  const values = `VALUES ?thing { ${iris.map((iri) => `<${iri}>`).join(" ")} }`;
  const response = await fetch(`${root}/sparql`, {
    method: "POST",
    headers: { Accept: "application/sparql-results+json" },
    body: new URLSearchParams({ query: PREFIXES + query.replace("VALUES", values) }),
  });
  return response.ok ? new SolutionReader().read(await response.text()) : [];
}

/** The labels of our things in the language of the page, asked for once each. */
export class Labels {
  private readonly known = new Map<string, string>();
  private readonly asked = new Map<string, Promise<void>>();

  constructor(
    private readonly root: string,
    private readonly language: string,
  ) {}

  /** Give the label of a thing if it is known by now. */
  of(iri: string): string | undefined {
    return this.known.get(iri);
  }

  /** Have the labels of those that are ours; each is asked for once, also if it is wanted again meanwhile. */
  async load(iris: Iterable<string>): Promise<void> {
    const wanted = [...new Set(iris)].filter((iri) => iri.startsWith(BASE) && !/[\s<>"{}|^`\\]/.test(iri));
    const unknown = wanted.filter((iri) => !this.asked.has(iri));
    if (unknown.length > 0) {
      const asking = this.ask(unknown);
      for (const iri of unknown) this.asked.set(iri, asking);
    }
    await Promise.all(new Set(wanted.map((iri) => this.asked.get(iri))));
  }

  private async ask(iris: readonly string[]): Promise<void> {
    const query = "SELECT ?thing ?label { VALUES ?thing skos:prefLabel|rdfs:label ?label }";
    const rank = (language: string | undefined): number =>
      language === this.language ? 0 : language === "vi" ? 1 : 2;
    const best = new Map<string, number>();
    for (const [thing, label] of await ask(this.root, iris, query)) {
      if (!thing || !label || rank(label.language) >= (best.get(thing.value) ?? 3)) continue;
      best.set(thing.value, rank(label.language));
      this.known.set(thing.value, label.value);
    }
  }
}

/** Give the points of units, by IRI. */
export async function pointsOf(
  root: string,
  units: readonly string[],
): Promise<Map<string, { latitude: number; longitude: number }>> {
  const query = "SELECT ?thing ?lat ?long { VALUES ?thing geo:lat ?lat ; geo:long ?long }";
  const rows = units.length > 0 ? await ask(root, units, query) : [];
  return new Map(
    rows.map(([thing, latitude, longitude]) => [
      thing?.value ?? "",
      { latitude: Number(latitude?.value), longitude: Number(longitude?.value) },
    ]),
  );
}
