/** Drawing a network laid out by forces (d3-force); loaded when one is first looked at. */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import { svg } from "./elements";
import type { Network } from "./network";
import type { Surroundings } from "./table";
import { addressOf, shortIri, type Term, textOf } from "./terms";

const TICKS = 300;
const MOST_NAMED_EDGES = 40;
const LONGEST_NAME = 28;
const MARGIN = 40;
const LEAST_WIDTH = 1100;
const NAME_WIDTH = 200;
const NAME_AT = 0.6;

/** Draw a network; it does not move, and looks the same each time. */
export function drawNetwork(network: Network, label: string, around: Surroundings): SVGElement {
  const places = layOut(network);
  const xs = places.map((place) => place.x);
  const ys = places.map((place) => place.y);
  const [right, top, bottom] = [Math.max(...xs), Math.min(...ys) - MARGIN, Math.max(...ys) + MARGIN];
  const middle = (Math.min(...xs) + right) / 2;
  // Names stand outside of their nodes; a small network is not blown up to the width of the page.
  const width = Math.max(right - Math.min(...xs) + 2 * NAME_WIDTH, LEAST_WIDTH);
  const left = middle - width / 2;
  const height = bottom - top;
  const box = [left, top, width, height].map((value) => value.toFixed(0)).join(" ");
  const drawing = svg("svg", { viewBox: box, class: "drawing network", role: "group", "aria-label": label });
  for (const edge of network.edges) {
    const [from, to] = [places[edge.from], places[edge.to]];
    if (!from || !to) continue;
    const name = around.labels.of(edge.predicate) ?? shortIri(edge.predicate);
    drawing.append(
      svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "edge" }, svg("title", {}, name)),
    );
    if (network.edges.length <= MOST_NAMED_EDGES) {
      const place = { x: from.x + (to.x - from.x) * NAME_AT, y: from.y + (to.y - from.y) * NAME_AT };
      drawing.append(svg("text", { ...place, class: "note edge-name" }, name));
    }
  }
  network.nodes.forEach(({ term }, index) => {
    const place = places[index];
    if (!place) return;
    const circle = svg("circle", {
      cx: place.x,
      cy: place.y,
      r: 6,
      class: term.kind === "iri" ? "fill-1" : "fill-2",
    });
    const name = nameOf(term, around);
    const isLeft = place.x < middle;
    const anchor = isLeft ? "end" : "start";
    const text = svg(
      "text",
      { x: place.x + (isLeft ? -10 : 10), y: place.y + 4, "text-anchor": anchor },
      shortened(name),
    );
    const address = term.kind === "iri" ? addressOf(term.value, around.root) : undefined;
    const title = svg("title", {}, term.kind === "iri" ? `${name}\n${term.value}` : name);
    const isOurs = address !== undefined && address !== term.value;
    drawing.append(
      isOurs
        ? svg("a", { href: around.link(address) }, title, circle, text)
        : svg("g", {}, title, circle, text),
    );
  });
  return drawing;
}

function layOut(network: Network): { x: number; y: number }[] {
  const nodes: SimulationNodeDatum[] = network.nodes.map(() => ({}));
  const links = network.edges.map((edge) => ({ source: edge.from, target: edge.to }));
  forceSimulation(nodes)
    .force("links", forceLink(links).distance(150))
    .force("apart", forceManyBody().strength(-320))
    .force("room", forceCollide(26))
    .force("x", forceX(0).strength(0.03))
    .force("y", forceY(0).strength(0.07))
    .stop()
    .tick(TICKS);
  return nodes.map((node) => ({ x: Math.round(node.x ?? 0), y: Math.round(node.y ?? 0) }));
}

function nameOf(term: Term, around: Surroundings): string {
  return (term.kind === "iri" ? around.labels.of(term.value) : undefined) ?? textOf(term);
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}
