/** Where in the patterns of a query a place is, and what the query says of its variables. */
import type { Token } from "./lexing";

export type Role = "start" | "subject" | "predicate" | "object" | "expression";

/** A place in a query: what may stand there, and of what. */
export interface Place {
  role: Role;
  subject: string;
  predicate: string;
}

/** A triple pattern, as it is written. */
export interface Pattern {
  subject: string;
  predicate: string;
  object: string;
}

interface Frame extends Place {
  opened: string;
}

const AFTER_A_TERM = new Set(["GRAPH", "SERVICE"]);
const BETWEEN = new Set(["OPTIONAL", "UNION", "MINUS", "WHERE", "SILENT", "EXISTS", "NOT"]);
const EXPRESSIONS = new Set(["FILTER", "BIND", "HAVING", "SELECT", "GROUP", "ORDER", "VALUES"]);
const IN_PATHS = new Set(["/", "|", "^", "!"]);

/** Follow the tokens of a query; give where they lead, and the patterns with an object that were passed. */
export function followPatterns(tokens: Iterable<Token>): { place: Place; patterns: Pattern[] } {
  const patterns: Pattern[] = [];
  const frames: Frame[] = [];
  let frame: Frame = { opened: "", role: "start", subject: "", predicate: "" };
  let blanks = 0;

  const open = (opened: string, role: Role, subject = ""): void => {
    frames.push(frame);
    frame = { opened, role, subject, predicate: "" };
  };
  const take = (text: string): void => {
    if (frame.role === "subject") {
      frame.subject = text;
      frame.role = "predicate";
    } else if (frame.role === "predicate") {
      frame.predicate = text;
      frame.role = "object";
    } else if (frame.role === "object") {
      patterns.push({ subject: frame.subject, predicate: frame.predicate, object: text });
    }
  };

  let skipsTerm = false;
  for (const token of tokens) {
    if (token.kind === "comment") continue;
    const { text } = token;
    const word = token.kind === "word" ? text.toUpperCase() : "";
    if (text === "{") open("{", "subject");
    else if (text === "(") {
      // A path in parentheses is still a predicate; everything else in them is an expression.
      open("(", frame.role === "predicate" ? "predicate" : "expression", frame.subject);
    } else if (text === "[") {
      blanks += 1;
      open("[", "predicate", `_:b${blanks}`);
    } else if (text === "}" || text === ")" || text === "]") {
      const closed = frame;
      frame = frames.pop() ?? frame;
      if (text === "}") frame.role = frame.opened === "{" ? "subject" : "start";
      else if (text === "]") take(closed.subject);
      else if (frame.role === "predicate") frame.role = "object";
      else if (frame.role === "expression" && frame.opened === "{") frame.role = "subject";
    } else if (frame.role === "start" || frame.role === "expression") {
      if (frame.opened === "{" && text === ".") frame.role = "subject";
    } else if (text === ".") frame.role = "subject";
    else if (text === ";") frame.role = "predicate";
    else if (text === ",") frame.role = "object";
    else if (IN_PATHS.has(text)) frame.role = "predicate";
    else if (AFTER_A_TERM.has(word)) skipsTerm = true;
    else if (EXPRESSIONS.has(word)) frame.role = "expression";
    else if (BETWEEN.has(word)) frame.role = "subject";
    else if (skipsTerm) skipsTerm = false;
    else if (token.kind !== "mark") take(text);
  }
  return { place: { role: frame.role, subject: frame.subject, predicate: frame.predicate }, patterns };
}
