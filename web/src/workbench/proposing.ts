/** What the editor proposes at a place of a query. */
import { fold } from "./folding";
import { type Token, tokenize } from "./lexing";
import { followPatterns, type Role } from "./patterns";
import { declaredPrefixes, expand, type Prefixes, writeName } from "./prefixes";

/** A class, property or concept, with texts in the language of the page. */
export interface VocabularyTerm {
  name: string;
  label: string;
  definition?: string;
  uses?: number;
  group?: string;
}

/** What `/sparql/completion.json` gives. */
export interface Vocabulary {
  prefixes: Prefixes;
  classes: VocabularyTerm[];
  properties: VocabularyTerm[];
  concepts: VocabularyTerm[];
  used: Readonly<Record<string, string[]>>;
}

export type ProposalKind = "class" | "property" | "concept" | "variable" | "keyword" | "prefix";

/** Something that can be put in. */
export interface Proposal {
  kind: ProposalKind;
  name: string;
  label: string;
  definition: string;
  /** What stands in the query afterwards, and the declaration that this needs. */
  insert: string;
  declaration: string;
  /** Whether things of the subject's class have this property. */
  fits: boolean;
}

/** What to propose, for the text from `from` to the place. */
export interface Proposals {
  from: number;
  proposals: Proposal[];
}

const MOST = 60;
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const STARTS =
  "PREFIX BASE SELECT DISTINCT CONSTRUCT DESCRIBE ASK WHERE FROM ORDER GROUP BY LIMIT OFFSET HAVING DESC ASC".split(
    " ",
  );
const IN_GROUPS = "OPTIONAL FILTER BIND VALUES UNION MINUS GRAPH EXISTS NOT SERVICE SELECT".split(" ");
const FUNCTIONS =
  "AS BOUND COALESCE CONCAT CONTAINS COUNT DATATYPE DISTINCT EXISTS GROUP_CONCAT IF IN ISIRI ISLITERAL LANG LANGMATCHES LCASE MAX MIN NOT REGEX REPLACE ROUND SAMPLE SEPARATOR STR STRAFTER STRBEFORE STRENDS STRLEN STRSTARTS SUBSTR SUM AVG UCASE YEAR MONTH".split(
    " ",
  );

/**
 * Propose what may stand at a place; undefined where nothing helps: in strings and comments.
 *
 * @param asked whether the user asked for it, and has not just typed
 */
export function propose(
  text: string,
  position: number,
  vocabulary: Vocabulary,
  asked: boolean,
): Proposals | undefined {
  const tokens = tokenize(text);
  const inside = tokens.find((token) => token.from < position && position <= token.to);
  if (inside && !isOpen(inside, position)) return undefined;
  const typed =
    inside && inside.kind !== "mark" ? text.slice(inside.from, position) : lone(inside, text, position);
  if (!typed && !asked) return undefined;
  const from = position - typed.length;
  const before = tokens.filter((token) => token.to <= from);
  const { place } = followPatterns(before);
  const last = before.at(-1);
  const declared = declaredPrefixes(tokens);
  const offered = new Offer(vocabulary, declared);
  if (last?.kind === "word" && last.text.toUpperCase() === "PREFIX") {
    return { from, proposals: matching(offered.prefixes(), typed) };
  }
  const variables = offered.variables(tokens, from);
  const proposals = typed.startsWith("?") || typed.startsWith("$") ? variables : byRole();
  return { from, proposals: matching(proposals, typed) };

  function byRole(): Proposal[] {
    switch (place.role as Role) {
      case "predicate":
        return [...offered.properties(classesOf(place.subject, tokens, offered)), ...variables];
      case "object":
        return offered.isType(place.predicate)
          ? [...offered.classes(), ...variables]
          : [...variables, ...offered.concepts(), ...offered.classes()];
      case "subject":
        return [...variables, ...offered.keywords(IN_GROUPS)];
      case "expression":
        return [...variables, ...offered.keywords([...FUNCTIONS, ...STARTS]), ...offered.concepts()];
      default:
        return [...offered.keywords(STARTS), ...variables];
    }
  }
}

function isOpen(token: Token, position: number): boolean {
  if (token.kind === "comment" || token.kind === "string" || token.kind === "number") return false;
  return !(token.kind === "iri" && token.text.endsWith(">") && position === token.to);
}

/** A question mark alone is the start of a variable. */
function lone(token: Token | undefined, text: string, position: number): string {
  return token && (token.text === "?" || token.text === "$") ? text.slice(token.from, position) : "";
}

/** Give the classes that a query says a subject is of. */
function classesOf(subject: string, tokens: readonly Token[], offered: Offer): string[] {
  return followPatterns(tokens)
    .patterns.filter((pattern) => pattern.subject === subject && offered.isType(pattern.predicate))
    .map((pattern) => offered.iri(pattern.object));
}

/** The terms as a query with certain prefixes has to write them. */
class Offer {
  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly declared: Prefixes,
  ) {}

  iri(name: string): string {
    return expand(name, { ...this.vocabulary.prefixes, ...this.declared }) ?? name;
  }

  isType(predicate: string): boolean {
    return predicate === "a" || this.iri(predicate) === TYPE;
  }

  classes(): Proposal[] {
    return this.vocabulary.classes.map((term) => this.term("class", term));
  }

  concepts(): Proposal[] {
    return this.vocabulary.concepts.map((term) => this.term("concept", term));
  }

  /** Those that things of the classes have come first, the most used first. */
  properties(classes: readonly string[]): Proposal[] {
    const order = new Map<string, number>();
    for (const [name, used] of Object.entries(this.vocabulary.used)) {
      if (!classes.includes(this.iri(name))) continue;
      used.forEach((property, place) => {
        order.set(property, Math.min(place, order.get(property) ?? place));
      });
    }
    const rank = (term: VocabularyTerm): number => (term.label ? 0 : 1000) + (order.get(term.name) ?? 500);
    return this.vocabulary.properties
      .map((term, place) => ({ term, place }))
      .sort((a, b) => rank(a.term) - rank(b.term) || a.place - b.place)
      .map(({ term }) => ({ ...this.term("property", term), fits: order.has(term.name) }));
  }

  variables(tokens: readonly Token[], except: number): Proposal[] {
    const names = tokens.filter((token) => token.kind === "variable" && token.from !== except);
    return [...new Set(names.map((token) => token.text))].map((name) => plain("variable", name));
  }

  keywords(words: readonly string[]): Proposal[] {
    return [...new Set(words)].map((word) => plain("keyword", word));
  }

  prefixes(): Proposal[] {
    const open = Object.entries(this.vocabulary.prefixes).filter(([prefix]) => !(prefix in this.declared));
    return open.map(([prefix, iri]) => ({
      ...plain("prefix", `${prefix}:`),
      insert: `${prefix}: <${iri}>\n`,
      label: iri,
    }));
  }

  private term(kind: ProposalKind, term: VocabularyTerm): Proposal {
    const { name, declaration } = writeName(term.name, this.vocabulary.prefixes, this.declared);
    const label = term.group ? `${term.label} · ${term.group}` : term.label;
    return { kind, name, label, definition: term.definition ?? "", insert: name, declaration, fits: false };
  }
}

function plain(kind: ProposalKind, name: string): Proposal {
  return { kind, name, label: "", definition: "", insert: name, declaration: "", fits: false };
}

/** Keep what begins with, or has a word that begins with, what was typed; the closest first. */
function matching(proposals: readonly Proposal[], typed: string): Proposal[] {
  const wanted = fold(typed);
  if (!wanted) return proposals.slice(0, MOST);
  return proposals
    .map((proposal, place) => ({ proposal, place, rank: closeness(proposal, wanted) }))
    .filter((found) => found.rank < FAR)
    .sort((a, b) => a.rank - b.rank || Number(b.proposal.fits) - Number(a.proposal.fits) || a.place - b.place)
    .slice(0, MOST)
    .map((found) => found.proposal);
}

const FAR = 3;

function closeness(proposal: Proposal, wanted: string): number {
  const name = fold(proposal.name);
  const local = name.startsWith("<") ? name.slice(1) : name.slice(name.indexOf(":") + 1);
  if (name.startsWith(wanted) || local.startsWith(wanted)) return 0;
  if (fold(proposal.label).startsWith(wanted)) return 1;
  return fold(` ${proposal.label}`).includes(` ${wanted}`) || local.includes(wanted) ? 2 : FAR;
}
