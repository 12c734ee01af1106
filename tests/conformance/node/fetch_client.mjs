// A client in Node: what a page or a service does with fetch. Prints what it got as one JSON object.
// Run by tests/conformance/test_clients.py with the address of the endpoint as its argument.

const endpoint = process.argv[2];
const THAI_NGUYEN = "<https://w3id.org/vndx/id/unit/2025/19>";
const LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>";
const LABELS = `SELECT ?label { ${THAI_NGUYEN} ${LABEL} ?label } ORDER BY ?label`;
const BAC_NINH = "SELECT ?is { <http://example.org/Bắc_Ninh> <http://example.org/value/is> ?is }";
const LARGE = "SELECT * { ?s <http://e/p> ?o }";
const ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
const accept = "application/sparql-results+json";

const values = async (response, name) =>
  (await response.json()).results.bindings.map((row) => row[name].value);

const byGet = (query, headers = { accept }, options = {}) =>
  fetch(`${endpoint}?${new URLSearchParams({ query })}`, { headers, ...options });

const errorOf = async (work) => {
  try {
    await work();
    return null;
  } catch (error) {
    return error.name;
  }
};

const found = {};

found.get = await values(await byGet(LABELS), "label");
found.form = await values(
  await fetch(endpoint, { method: "POST", headers: { accept }, body: new URLSearchParams({ query: LABELS }) }),
  "label",
);
found.direct = await values(
  await fetch(endpoint, {
    method: "POST",
    headers: { accept, "content-type": "application/sparql-query; charset=UTF-8" },
    body: LABELS,
  }),
  "label",
);
found.streamed = await values(
  await fetch(endpoint, {
    method: "POST",
    duplex: "half",
    headers: { accept, "content-type": "application/sparql-query" },
    body: new Blob([LABELS]).stream(),
  }),
  "label",
);
found.vietnamese = await values(await byGet(BAC_NINH), "is");

const graph = await byGet(`DESCRIBE ${THAI_NGUYEN}`, { accept: "application/n-triples" });
found.graphType = graph.headers.get("content-type");
found.triples = (await graph.text()).trimEnd().split("\n").length;

const large = await byGet(LARGE, { accept: "text/csv" });
let lines = 0;
for await (const chunk of large.body.pipeThrough(new TextDecoderStream())) {
  lines += chunk.split("\n").length - 1;
}
found.lines = lines;

const wrong = await byGet("SELECT * { ?s ?p");
found.wrong = { status: wrong.status, ok: wrong.ok, type: wrong.headers.get("content-type") };
found.problem = await wrong.json();

const first = await byGet(LABELS);
await first.text();
const again = await byGet(LABELS, { accept, "if-none-match": first.headers.get("etag") });
found.again = again.status;

const slow = new URLSearchParams({ query: ENDLESS, timeout: "700ms" });
found.broken = await errorOf(async () => {
  const response = await fetch(`${endpoint}?${slow}`, { headers: { accept: "text/csv" } });
  found.brokenStatus = response.status;
  await response.text();
});
found.aborted = await errorOf(() =>
  byGet("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", { accept }, { signal: AbortSignal.timeout(300) }),
);
found.afterwards = await values(await byGet(LABELS), "label");

console.log(JSON.stringify(found));
