import { describe, expect, test } from "vitest";
import { Gathering } from "../src/workbench/gathering";
import { wrongPart } from "../src/workbench/wrong_part";

const SELECT = `{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"uri","value":"http://e/{x}"},"b":{"type":"literal","value":"\\"]}\\\\","xml:lang":"vi"}},{"b":{"type":"literal","value":"1","datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}`;

describe("SPARQL JSON", () => {
  test.each([1, 2, 7, 50, 10_000])("is read alike however it is cut: parts of %i", (size) => {
    const gathering = new Gathering("solutions");
    for (let from = 0; from < SELECT.length; from += size) gathering.take(SELECT.slice(from, from + size));
    gathering.end();
    expect(gathering.answer.columns).toEqual(["a", "b"]);
    expect(gathering.answer.rows).toEqual([
      [
        { kind: "iri", value: "http://e/{x}" },
        { kind: "literal", value: '"]}\\', language: "vi" },
      ],
      [undefined, { kind: "literal", value: "1", datatype: "http://www.w3.org/2001/XMLSchema#integer" }],
    ]);
    expect(gathering.answer.raw).toBe(SELECT);
  });

  test("rows are there before the end", () => {
    const gathering = new Gathering("solutions");
    gathering.take(SELECT.slice(0, SELECT.indexOf("},{") + 1));
    expect([gathering.answer.total, gathering.answer.done]).toEqual([1, false]);
  });

  test("the answer of ASK is a boolean", () => {
    const gathering = new Gathering("solutions");
    gathering.take('{"head":{},"boolean":false}');
    gathering.end();
    expect(gathering.answer.boolean).toBe(false);
  });

  test("an answer without rows has its columns", () => {
    const gathering = new Gathering("solutions");
    gathering.take('{"head":{"vars":["x"]},"results":{"bindings":[]}}');
    gathering.end();
    expect([gathering.answer.columns, gathering.answer.total]).toEqual([["x"], 0]);
  });

  test("an answer that ends in its middle is no answer", () => {
    const gathering = new Gathering("solutions");
    gathering.take('{"head":{"vars":["x"]},"resu');
    expect(() => gathering.end()).toThrow();
    const cut = new Gathering("solutions");
    cut.take(SELECT.slice(0, -20));
    expect(() => cut.end()).toThrow();
  });
});

describe("N-Triples", () => {
  test("are read with their escapes, languages and datatypes", () => {
    const gathering = new Gathering("graph");
    gathering.take('<http://e/s> <http://e/p> "a\\"b\\u0111\\n"@vi .\n_:b <http://e/p> "1"^^<http://e/');
    gathering.take("int> .\n");
    gathering.end();
    expect(gathering.answer.rows.map((row) => row[2])).toEqual([
      { kind: "literal", value: 'a"bđ\n', language: "vi" },
      { kind: "literal", value: "1", datatype: "http://e/int" },
    ]);
  });

  test("a line without an end is no answer", () => {
    const gathering = new Gathering("graph");
    gathering.take("<http://e/s> <http://e/p> <http://");
    expect(() => gathering.end()).toThrow();
  });
});

describe("the wrong part of a query", () => {
  const marked = (text: string, line: number, column: number): string => {
    const { from, to } = wrongPart(text, line, column);
    return text.slice(from, to);
  };

  test("is the word at the place", () => {
    expect(marked("SELECT ?x\nWHER { ?s ?p ?o }", 2, 1)).toBe("WHER");
  });

  test("at the end of the text is the last word", () => {
    expect(marked("SELECT *\nWHERE { ?s ?p", 2, 14)).toBe("?p");
  });

  test("counts characters, not the halves of some of them", () => {
    expect(marked('SELECT ("😀" AS ?x) ] {}', 1, 20)).toBe("]");
  });

  test("of an empty text is nothing", () => {
    expect(wrongPart("", 1, 1)).toEqual({ from: 0, to: 0 });
  });
});
