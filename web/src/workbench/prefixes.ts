/** The prefixes that a query declares, and names written with them. */
import { type Token, tokenize } from "./lexing";

export type Prefixes = Readonly<Record<string, string>>;

/** Give the prefixes that a query declares. */
export function declaredPrefixes(tokens: readonly Token[]): Prefixes {
  const declared: Record<string, string> = {};
  tokens.forEach((token, index) => {
    const [name, iri] = [tokens[index + 1], tokens[index + 2]];
    if (token.kind !== "word" || token.text.toUpperCase() !== "PREFIX") return;
    if (name?.kind === "name" && iri?.kind === "iri")
      declared[name.text.slice(0, -1)] = iri.text.slice(1, -1);
  });
  return declared;
}

/** Give the IRI of a prefixed name or of an IRI in angle brackets; undefined for anything else. */
export function expand(name: string, prefixes: Prefixes): string | undefined {
  if (name.startsWith("<")) return name.replace(/^<|>$/g, "");
  const colon = name.indexOf(":");
  const namespace = colon < 0 ? undefined : prefixes[name.slice(0, colon)];
  return namespace === undefined ? undefined : namespace + name.slice(colon + 1).replaceAll("\\", "");
}

/** A name as a query has to write it, and the declaration that it needs first, if any. */
export interface WrittenName {
  name: string;
  declaration: string;
}

/** Write one of our names in a query that may call its namespace otherwise, or not at all. */
export function writeName(name: string, ours: Prefixes, declared: Prefixes): WrittenName {
  const colon = name.indexOf(":");
  const prefix = name.slice(0, colon);
  const namespace = ours[prefix];
  if (name.startsWith("<") || namespace === undefined) return { name, declaration: "" };
  const own = Object.keys(declared).find((other) => declared[other] === namespace);
  if (own !== undefined) return { name: own + name.slice(colon), declaration: "" };
  if (prefix in declared) return { name: `<${namespace}${name.slice(colon + 1)}>`, declaration: "" };
  return { name, declaration: `PREFIX ${prefix}: <${namespace}>\n` };
}

/** Give where a further declaration is put: after the last one, else before the query. */
export function declarationPlace(text: string): number {
  const tokens = tokenize(text).filter((token) => token.kind !== "comment");
  let end = 0;
  let index = 0;
  for (let token = tokens[index]; token?.kind === "word"; token = tokens[index]) {
    const size = { PREFIX: 3, BASE: 2 }[token.text.toUpperCase()];
    const last = size === undefined ? undefined : tokens[index + size - 1];
    if (size === undefined || last?.kind !== "iri") break;
    end = last.to;
    index += size;
  }
  return end && text[end] === "\n" ? end + 1 : end;
}
