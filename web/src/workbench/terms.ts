/** The terms of answers (RDF 1.1), and what they are for a reader. */

export interface Term {
  kind: "iri" | "blank" | "literal";
  value: string;
  language?: string;
  datatype?: string;
}

/** What a query found: cells are undefined where a variable is unbound. */
export type Row = readonly (Term | undefined)[];

export const BASE = "https://w3id.org/vndx/";
export const XSD = "http://www.w3.org/2001/XMLSchema#";

const NUMERIC = new Set(["integer", "decimal", "double", "float"].map((name) => XSD + name));
const NAMESPACES: readonly [string, string][] = [
  ["vndx", `${BASE}ontology#`],
  ["id", `${BASE}id/`],
  ["concept", `${BASE}concept/`],
  ["graph", `${BASE}graph/`],
  ["rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"],
  ["rdfs", "http://www.w3.org/2000/01/rdf-schema#"],
  ["skos", "http://www.w3.org/2004/02/skos/core#"],
  ["dcterms", "http://purl.org/dc/terms/"],
  ["schema", "https://schema.org/"],
  ["prov", "http://www.w3.org/ns/prov#"],
  ["owl", "http://www.w3.org/2002/07/owl#"],
  ["geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"],
  ["xsd", XSD],
];

/** Give a number, undefined if a term is none. */
export function numberOf(term: Term | undefined): number | undefined {
  if (term?.kind !== "literal" || !NUMERIC.has(term.datatype ?? "")) return undefined;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : undefined;
}

/** Give the time that a date, month or year begins at; undefined for anything else. */
export function dateOf(term: Term | undefined): Date | undefined {
  if (term?.kind !== "literal" || !term.datatype?.startsWith(XSD)) return undefined;
  if (!["date", "dateTime", "gYear", "gYearMonth"].includes(term.datatype.slice(XSD.length)))
    return undefined;
  const time = new Date(term.value);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Give the year that a plain text is, as labels of years are; undefined for anything else. */
export function yearOf(term: Term | undefined): number | undefined {
  const isText = term?.kind === "literal" && (!term.datatype || term.language !== undefined);
  return isText && /^(1[89]|2[01])\d\d$/.test(term.value) ? Number(term.value) : undefined;
}

/** Give an IRI with a well-known prefix for its namespace. */
export function shortIri(iri: string): string {
  const found = NAMESPACES.find(([, namespace]) => iri.startsWith(namespace) && iri !== namespace);
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}

/** Give where an IRI leads: to our own page of it below the root, or to itself; undefined if nowhere. */
export function addressOf(iri: string, root: string): string | undefined {
  if (iri.startsWith(`${BASE}ontology#`)) return `${root}/ontology#${iri.slice(BASE.length + 9)}`;
  if (iri.startsWith(`${BASE}id/`)) return `${root}/page/${iri.slice(BASE.length + 3)}`;
  if (iri.startsWith(`${BASE}concept/`) || iri.startsWith(`${BASE}graph/`))
    return `${root}/page/${iri.slice(BASE.length)}`;
  return /^https?:/.test(iri) ? iri : undefined;
}

/** Give a term as text. */
export function textOf(term: Term | undefined): string {
  if (!term) return "";
  if (term.kind === "iri") return shortIri(term.value);
  return term.kind === "blank" ? `_:${term.value}` : term.value;
}
