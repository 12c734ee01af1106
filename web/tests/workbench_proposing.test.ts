import { describe, expect, test } from "vitest";
import { declarationPlace } from "../src/workbench/prefixes";
import { propose, type Vocabulary } from "../src/workbench/proposing";

const VNDX = "https://w3id.org/vndx/ontology#";
const VOCABULARY: Vocabulary = {
  prefixes: {
    vndx: VNDX,
    rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    skos: "http://www.w3.org/2004/02/skos/core#",
  },
  classes: [
    { name: "vndx:Commune", label: "đơn vị cấp xã" },
    { name: "vndx:Province", label: "tỉnh, thành phố" },
  ],
  properties: [
    { name: "vndx:issuer", label: "cơ quan ban hành" },
    { name: "vndx:code", label: "mã", definition: "Mã số" },
    { name: "vndx:partOf", label: "thuộc" },
  ],
  concepts: [{ name: "<https://w3id.org/vndx/concept/era/2025>", label: "từ 01/07/2025", group: "Kỳ" }],
  used: { "vndx:Commune": ["vndx:partOf", "vndx:code"] },
};

/** Propose at the sign | of a query. */
function proposed(query: string, asked = true): string[] {
  const place = query.indexOf("|");
  const text = query.replace("|", "");
  return propose(text, place, VOCABULARY, asked)?.proposals.map((proposal) => proposal.insert) ?? [];
}

const DECLARED = `PREFIX vndx: <${VNDX}>\n`;

describe("properties", () => {
  test("those of the subject's class come first", () => {
    expect(proposed(`${DECLARED}SELECT * { ?x a vndx:Commune ; | }`).slice(0, 3)).toEqual([
      "vndx:partOf",
      "vndx:code",
      "vndx:issuer",
    ]);
  });

  test("the class may be said later, in other words and with another prefix", () => {
    const query = `PREFIX v: <${VNDX}> PREFIX rdf: <${VOCABULARY.prefixes.rdf}> SELECT * { ?x | ?y . ?x rdf:type v:Commune }`;
    expect(proposed(query)[0]).toBe("v:partOf");
  });

  test("are found by their label without its marks", () => {
    expect(proposed(`${DECLARED}SELECT * { ?x thuoc| }`)).toEqual(["vndx:partOf"]);
  });

  test("are found by their local name and by their prefixed name", () => {
    expect(proposed(`${DECLARED}SELECT * { ?x co| }`, false)).toContain("vndx:code");
    expect(proposed(`${DECLARED}SELECT * { ?x vndx:co| }`, false)).toEqual(["vndx:code"]);
  });

  test("go on after a path operator, within brackets of a blank node and after a comma's object", () => {
    for (const query of ["?x vndx:partOf/|", "?x vndx:partOf [ |", "?x vndx:partOf ?a , ?b ; |"]) {
      expect(proposed(`${DECLARED}SELECT * { ${query} }`)).toContain("vndx:code");
    }
  });
});

describe("declarations", () => {
  const declaration = (query: string): string | undefined => {
    const found = propose(query.replace("|", ""), query.indexOf("|"), VOCABULARY, true);
    return found?.proposals.find((proposal) => proposal.name.endsWith(":code"))?.declaration;
  };

  test("a name whose prefix is missing brings its declaration", () => {
    expect(declaration("SELECT * { ?x vndx:co| }")).toBe(DECLARED);
  });

  test("a declared prefix is not declared again", () => {
    expect(declaration(`${DECLARED}SELECT * { ?x vndx:co| }`)).toBe("");
  });

  test("a prefix that means something else is left alone: the IRI is written", () => {
    expect(proposed("PREFIX vndx: <http://e/> SELECT * { ?x code| }")).toContain(`<${VNDX}code>`);
  });

  test("go after the last one", () => {
    expect(declarationPlace("SELECT * {}")).toBe(0);
    const text = "# a comment\nPREFIX a: <http://a/>\nSELECT";
    expect(text.slice(declarationPlace(text))).toBe("SELECT");
  });
});

describe("places", () => {
  test("after a there are classes", () => {
    expect(proposed(`${DECLARED}SELECT * { ?x a | }`).slice(0, 2)).toEqual(["vndx:Commune", "vndx:Province"]);
  });

  test("an object may be a concept, found by its label", () => {
    expect(proposed(`${DECLARED}SELECT * { ?x vndx:era tu| }`)).toEqual([
      "<https://w3id.org/vndx/concept/era/2025>",
    ]);
  });

  test("a question mark asks for the variables of the query", () => {
    expect(proposed("SELECT ?name ?code { ?x ?p ?| }", false)).toEqual(["?name", "?code", "?x", "?p"]);
  });

  test("PREFIX asks for the prefixes that are not declared", () => {
    expect(proposed(`${DECLARED}PREFIX sk|`)).toEqual(["skos: <http://www.w3.org/2004/02/skos/core#>\n"]);
  });

  test("an expression has functions and variables, not properties", () => {
    const found = proposed("SELECT * { ?x ?p ?name FILTER(l| ) }");
    expect(found).toContain("LANG");
    expect(proposed("SELECT * { ?x ?p ?name FILTER(co| ) }")).not.toContain("vndx:code");
  });

  test.each(['SELECT * { ?x ?p "vndx:co|" }', "SELECT * { } # vndx:co|", "SELECT * { ?x ?p 'co| }"])(
    "nothing is proposed in strings and comments: %s",
    (query) => {
      expect(proposed(query)).toEqual([]);
    },
  );

  test("nothing comes up by itself where nothing was typed", () => {
    expect(proposed("SELECT * { ?x | }", false)).toEqual([]);
  });
});
