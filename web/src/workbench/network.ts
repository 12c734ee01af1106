/** The nodes and edges of an answer whose rows are triples. */
import type { Answer } from "./answers";
import type { Row, Term } from "./terms";

export interface NetworkNode {
  key: string;
  term: Term;
}

export interface NetworkEdge {
  from: number;
  to: number;
  predicate: string;
}

export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  /** Whether there are more nodes than are given. */
  isCut: boolean;
}

/** Say whether the rows of an answer are triples: subject, predicate, object in this order. */
export function isNetwork(answer: Answer): boolean {
  const [first] = answer.rows;
  if (answer.kind === "graph") return answer.rows.length > 0;
  const isTriple =
    answer.columns.length === 3 && first?.[0]?.kind !== "literal" && first?.[1]?.kind === "iri";
  return isTriple && first?.[2] !== undefined;
}

/** Give the network of triples with at most so many nodes; texts are nodes only where nothing else is linked. */
export function readNetwork(rows: readonly Row[], most: number): Network {
  const linked = rows.filter((row) => row[2]?.kind !== "literal");
  const drawn = linked.length > 0 ? linked : rows;
  const places = new Map<string, number>();
  const nodes: NetworkNode[] = [];
  const edges: NetworkEdge[] = [];
  let isCut = false;
  const place = (term: Term, key: string): number | undefined => {
    const known = places.get(key);
    if (known !== undefined) return known;
    if (nodes.length >= most) {
      isCut = true;
      return undefined;
    }
    places.set(key, nodes.length);
    nodes.push({ key, term });
    return nodes.length - 1;
  };
  drawn.forEach(([subject, predicate, object], index) => {
    if (!subject || !predicate || !object) return;
    const from = place(subject, `${subject.kind} ${subject.value}`);
    const isText = object.kind === "literal";
    const to =
      from === undefined
        ? undefined
        : place(object, isText ? `text ${index}` : `${object.kind} ${object.value}`);
    if (from !== undefined && to !== undefined) edges.push({ from, to, predicate: predicate.value });
  });
  return { nodes, edges, isCut };
}
