/** The tokens of a SPARQL query (SPARQL 1.1, section 19.8), also of one that is being typed. */

export type TokenKind = "comment" | "iri" | "string" | "variable" | "name" | "word" | "number" | "mark";

export interface Token {
  kind: TokenKind;
  text: string;
  from: number;
  to: number;
}

// In the order in which they are tried. Strings and IRIs without an end reach to the end of their line.
const PATTERNS: readonly [TokenKind, RegExp][] = [
  ["comment", /#[^\n]*/y],
  ["iri", /<[^\s<>"{}|^`\\]*>/y],
  ["iri", /<[a-z][\w+.-]*:[^\s<>"{}|^`\\]*/iy],
  ["string", /"""(?:[^\\]|\\[\s\S])*?(?:"""|$)/y],
  ["string", /'''(?:[^\\]|\\[\s\S])*?(?:'''|$)/y],
  ["string", /"(?:[^"\\\n]|\\.)*"?/y],
  ["string", /'(?:[^'\\\n]|\\.)*'?/y],
  ["variable", /[?$][\p{L}\p{N}_]+/uy],
  [
    "name",
    /(?:[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)?:(?:[\p{L}\p{N}_:%-]|\\.|\.(?=[\p{L}\p{N}_:-]))*/uy,
  ],
  ["word", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["number", /\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy],
  ["mark", /\^\^|&&|\|\||[!<>]=|[^\s]/y],
];

/** Give the tokens of a text, comments too. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token) tokens.push(token);
    at = token ? token.to : at + 1;
  }
  return tokens;
}

function tokenAt(text: string, from: number): Token | undefined {
  if (/\s/.test(text[from] ?? "")) return undefined;
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = from;
    const found = pattern.exec(text)?.[0];
    if (found) return { kind, text: found, from, to: from + found.length };
  }
  return undefined;
}
