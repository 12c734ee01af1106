/** Downloads of an answer in every format of its kind. */
import type { AnswerKind } from "./answers";
import { html } from "./elements";
import { LONGEST_ADDRESS, type Parameters } from "./running";
import type { Surroundings } from "./table";

type Format = readonly [name: string, title: string, extension: string];

const FORMATS: Readonly<Record<AnswerKind, readonly Format[]>> = {
  solutions: [
    ["csv", "CSV", "csv"],
    ["tsv", "TSV", "tsv"],
    ["json", "SPARQL JSON", "srj"],
    ["xml", "SPARQL XML", "srx"],
  ],
  graph: [
    ["ttl", "Turtle", "ttl"],
    ["jsonld", "JSON-LD", "jsonld"],
    ["nt", "N-Triples", "nt"],
    ["rdf", "RDF/XML", "rdf"],
    ["nq", "N-Quads", "nq"],
    ["trig", "TriG", "trig"],
  ],
};

/** Give links that download, or for a query too long for an address, buttons that send it. */
export function downloads(kind: AnswerKind, query: Parameters, around: Surroundings): HTMLElement {
  const address = `${around.root}/sparql`;
  const text = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
  const formats = FORMATS[kind];
  if (text.length <= LONGEST_ADDRESS) {
    const links = formats.map(([name, title, extension]) =>
      html("a", { href: `${address}?${text}&format=${name}`, download: `vndx.${extension}` }, title),
    );
    return html("p", { class: "downloads" }, `${around.texts.download}: `, ...separated(links));
  }
  const form = html("form", { method: "post", action: address, class: "downloads", target: "_blank" });
  for (const [name, value] of query) form.append(html("input", { type: "hidden", name, value }));
  const buttons = formats.map(([name, title]) =>
    html("button", { name: "format", value: name, class: "quiet" }, title),
  );
  form.append(`${around.texts.download}: `, ...separated(buttons));
  return form;
}

function separated(elements: readonly HTMLElement[]): (HTMLElement | string)[] {
  return elements.flatMap((element, index) => (index === 0 ? [element] : [" · ", element]));
}
