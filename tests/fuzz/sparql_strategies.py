"""Queries as nobody would write them: made from the grammar, and well-formed ones that were damaged."""

from __future__ import annotations

import re

from hypothesis import strategies as st

SEEDS = (
    "ASK {}",
    "SELECT * WHERE { ?s ?p ?o } ORDER BY DESC(?s) ?p LIMIT 5 OFFSET 2",
    "PREFIX ex: <http://example.org/value/> SELECT ?o { GRAPH ?g { ex:nfc ex:is ?o } FILTER(LANG(?o)='vi') }",
    "SELECT ?t (COUNT(DISTINCT ?s) AS ?n) { ?s a ?t } GROUP BY ?t HAVING (COUNT(*) > 1) ORDER BY ?n",
    "BASE <http://example.org/> CONSTRUCT { ?s <đo> [ <p> ( 1 2.5 'ba'@vi ) ] } WHERE { ?s a ?t }",
    "DESCRIBE ?s FROM <http://example.org/data/1> FROM NAMED <http://example.org/data/2> { ?s a ?type }",
    "SELECT * { { ?s <a>/<b>*|^(<c>?) ?o } UNION { ?s !(a|^a) ?o } MINUS { ?s ?p true } OPTIONAL { ?s a 1 }}",
    'SELECT (IF(BOUND(?o), STRLEN(STR(?o)), -1) AS ?x) { VALUES (?s ?o) { (<s> UNDEF) (1 "a\\"b") } }',
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > -3.0e2 || REGEX(STR(?o), '^[a-z]+$', 'i')) BIND(<b> AS ?b) }",
    "ASK { FILTER NOT EXISTS { ?s ?p '''dài\nhai dòng''' } FILTER(1 IN (1, 2, ?x)) }",
    "SELECT * { { SELECT ?s (SAMPLE(?o) AS ?x) { ?s ?p ?o } GROUP BY ?s } SERVICE <ADDRESS> { ?s ?q ?r } }",
    "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE#>\n<ADDRESS>{?s ?p ?o} }",
    "PREFIX s: <ADDRESS> SELECT * { \\u0053ERVICE s: { ?s ?p ?o } }",
    "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }",
    "WITH <http://e/g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o } ; LOAD <ADDRESS>",
    "SELECT * { << ?s ?p ?o >> ?q ?r . ?s ?p <<( ?a ?b ?c )>> }",
)

_TOKEN = re.compile(r"\s+|<[^<>\s]*>|\"[^\"]*\"|'[^']*'|[?$]?\w+|.", re.DOTALL)
_ODD = (
    *("{", "}", "(", ")", "[", "]", "<", ">", "<<", ">>", ".", ";", ",", "|", "^", "!", "?", "$", "@", "#"),
    *("\\", '"', "'", '"""', "'''", "\\u0022", "\\u007B", "\\U0010FFFF", "\\uD800", "\x00", "\ufeff"),
    *("SELECT", "WHERE", "FROM", "SERVICE", "GRAPH", "FILTER", "BIND", "VALUES", "UNDEF", "AS", "a", "true"),
    *("INSERT", "DELETE", "LOAD", "BASE", "PREFIX", "EXISTS", "NOT", "IN", "OPTIONAL", "UNION", "LIMIT"),
    *("-1", "1e999999", "9" * 400, "0.0000000001", "''@vi-Latn-VN", "'x'^^<y>", "_:b", "_:b.", "p:", ":"),
    *(
        "p:%zz",
        "<ADDRESS>",
        "<>",
        "<a b>",
        "<\\u0020>",
        "ạ",
        "a\u0301",
        "🇻🇳",
        "%",
        "%ff",
        "\t",
        "\r",
        "\n",
        " ",
    ),
)
_ANY = st.sampled_from(_ODD) | st.text(max_size=8)


@st.composite
def damaged_queries(draw: st.DrawFn) -> str:
    """Give a well-formed query after some mishaps: tokens lost, doubled, turned round, replaced or put in."""
    tokens = _TOKEN.findall(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(tokens)))
        end = min(len(tokens), place + draw(st.integers(0, 5)))
        match draw(st.sampled_from(("lose", "double", "reverse", "replace", "insert", "end"))):
            case "lose":
                del tokens[place:end]
            case "double":
                tokens[end:end] = tokens[place:end] * draw(st.integers(1, 20))
            case "reverse":
                tokens[place:end] = reversed(tokens[place:end])
            case "replace":
                tokens[place:end] = [draw(_ANY)]
            case "insert":
                tokens[place:place] = draw(st.lists(_ANY, max_size=4))
            case _:
                del tokens[place:]
    return "".join(tokens)


_VARIABLES = st.sampled_from(("?s", "?p", "?o", "?tỉnh", "$x"))
_IRIS = st.sampled_from(
    ("a", "<http://example.org/value/is>", "<http://example.org/Bắc_Ninh>", "<b>", "<http://e/p>")
)
_LITERALS = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.sampled_from(("true", "''", "'vi'@vi", "'2025-07-01'^^<http://www.w3.org/2001/XMLSchema#date>")),
    st.text(st.characters(codec="utf-8", exclude_characters='"\\\n\r'), max_size=12).map('"{}"'.format),
)
_TERMS = st.one_of(_VARIABLES, _IRIS.filter(lambda iri: iri != "a"), _LITERALS)
_SUBJECTS = st.one_of(_VARIABLES, _IRIS.filter(lambda iri: iri != "a"))


def _paths() -> st.SearchStrategy[str]:
    return st.recursive(
        _IRIS,
        lambda path: st.one_of(
            st.tuples(path, st.sampled_from("/|"), path).map("({0[0]}{0[1]}{0[2]})".format),
            st.tuples(path, st.sampled_from("*+?")).map("({0[0]}){0[1]}".format),
            path.map("^({})".format),
            st.just("!(a|^a)"),
        ),
        max_leaves=6,
    )


def _expressions() -> st.SearchStrategy[str]:
    unary = ("STR", "LANG", "DATATYPE", "STRLEN", "UCASE", "ABS", "isIRI", "YEAR", "MD5", "!", "-")
    binary = ("=", "!=", "<", ">=", "+", "-", "*", "/", "&&", "||")
    called = ("CONCAT", "COALESCE", "REGEX", "STRBEFORE", "SUBSTR", "IF", "LANGMATCHES", "STRDT", "STRLANG")
    return st.recursive(
        _TERMS,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(unary), inner).map("{0[0]}({0[1]})".format),
            st.tuples(inner, st.sampled_from(binary), inner).map("({0[0]} {0[1]} {0[2]})".format),
            st.tuples(st.sampled_from(called), st.lists(inner, min_size=1, max_size=3).map(", ".join)).map(
                "{0[0]}({0[1]})".format
            ),
            st.tuples(inner, st.lists(inner, max_size=4).map(", ".join)).map("({0[0]} IN ({0[1]}))".format),
        ),
        max_leaves=8,
    )


def _patterns() -> st.SearchStrategy[str]:
    triples = st.tuples(_SUBJECTS, _VARIABLES | _paths(), _TERMS).map(" ".join)
    return st.recursive(
        st.lists(triples, min_size=1, max_size=3).map(" . ".join),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("{{ {0[0]} }} UNION {{ {0[1]} }}".format),
            st.tuples(inner, inner).map("{0[0]} OPTIONAL {{ {0[1]} }}".format),
            st.tuples(inner, inner).map("{0[0]} MINUS {{ {0[1]} }}".format),
            st.tuples(inner, _expressions()).map("{0[0]} FILTER({0[1]})".format),
            st.tuples(inner, inner).map("{0[0]} FILTER NOT EXISTS {{ {0[1]} }}".format),
            st.tuples(inner, _expressions()).map("{0[0]} BIND({0[1]} AS ?new)".format),
            inner.map("GRAPH ?g {{ {} }}".format),
            inner.map("{{ SELECT DISTINCT ?s {{ {} }} LIMIT 3 }}".format),
        ),
        max_leaves=4,
    )


_HEADS = (
    "ASK",
    "SELECT *",
    "SELECT DISTINCT ?s ?o",
    "SELECT (COUNT(*) AS ?n) (MAX(?o) AS ?m)",
    "SELECT REDUCED ?o FROM <http://example.org/values>",
    "SELECT (GROUP_CONCAT(?o) AS ?x)",
    "CONSTRUCT { ?s ?p ?o }",
    "DESCRIBE ?s",
)
_TAILS = ("", "LIMIT 10", "ORDER BY ?s DESC(?o)", "GROUP BY ?s", "HAVING (COUNT(*) > 1)", "OFFSET 99999")


_SERVICES = st.sampled_from(("", "", "", "", "SERVICE <ADDRESS> { ?s ?q ?r }", "SERVICE ?s { ?s ?q ?r }"))


def made_queries() -> st.SearchStrategy[str]:
    """Give queries of the grammar; most are well-formed, and what they mean is anybody's guess."""
    parts = st.tuples(st.sampled_from(_HEADS), _patterns(), _SERVICES, st.sampled_from(_TAILS))
    return parts.map("{0[0]} {{ {0[1]} {0[2]} }} {0[3]}".format)


_DECLARED = st.one_of(
    st.tuples(
        st.sampled_from(("PREFIX ", "prefix ", "PREFIX#\n", "\\u0050REFIX ", "PREFIX", "PreFix\t")),
        st.sampled_from(("s:", ":", "s.t:", "SERVICE:", "\\u0073:", "ŝ:", "SILENTs:", "PREFIXs:", "s: #>\n")),
        st.sampled_from(
            ("<ALLOWED>", "<ADDRESS>", "<>", "<x>", "<ALLOWED#@>", "<ALLOWED\\u0040x/>", "<\\u0009ALLOWED>")
        ),
    ).map("".join),
    st.sampled_from(("BASE <ALLOWED>", "BASE <ADDRESS>", "BASE<x>", "#<\n", 'VERSION "1.2"', "VERSION'1'")),
    st.sampled_from(("version '\\u0031'", 'VERSION#"\n"1.2"', "VERSION <ALLOWED>", "@prefix s: <ADDRESS> .")),
)
_BEFORE = (
    "",
    "?s ?p ?o . ",
    "FILTER(?a<?b)",
    "?s ?p 'x'",
    "?s ?p 1.",
    "FILTER(1<(2))",
    "?s ?p s:x.",
    "{}",
    "#>\n",
    "?s ?p ?o LATERAL {}",
    "?s ?p ?o ~ ?r {| ?q 1 |}",
    "?s ?p ?o {|?q ?r|}",
    "?s ?p <<( ?a ?b 'x' )>>",
    "<< ?a ?b ?c ~ ?r >>",
    "<<?a ?b ?c>>?p ?o.",
    "?s ?p 'x'@en--ltr",
    "BIND(<<(?a ?b ?c)>> AS ?t)",
    "VALUES (?x ?y) {(1 <;SERVICE#>\n<ALLOWED>)}",
)
_CALLS = (
    "SERVICE ",
    "SERVICE",
    "SERVICE SILENT ",
    "SERVICE SILENT",
    "SERVICESILENT",
    "sErViCe\t",
    "service#>\n",
    "\\u0053ERVICE ",
    "?s ?p SERVICE:x. SERVICE ",
)
_CALLED = (
    "s:",
    "s:x",
    ":",
    ":x",
    "s.t:",
    "ŝ:",
    "SERVICE:",
    "SILENTs:",
    "SILENTs:x",
    "PREFIXs:",
    "s:\\u0061",
    "s:a\\@b",
    "<\\u0061>",
    "<ALLOWED\\u0040x/>",
    "<//x>",
    "s:%2e",
    "<>",
    "<x>",
    "<ADDRESS>",
    "<ALLOWED>",
    "?s",
)


def calls() -> st.SearchStrategy[str]:
    """Give queries that call ``ADDRESS``, or ``ALLOWED``, and do what they can to hide which."""
    parts = st.tuples(
        st.lists(_DECLARED, max_size=5).map(" ".join),
        st.sampled_from(
            ("SELECT * {", "ASK{", "CONSTRUCT{}WHERE{", "SELECT(1<2 AS ?x){", "SELECT * { OPTIONAL {")
        ),
        st.sampled_from(_BEFORE),
        st.sampled_from(_CALLS),
        st.sampled_from(_CALLED),
        st.sampled_from((" { ?x ?y ?z }", "{}", "#\n{ ?x ?y '>' }")),
    )
    return parts.map(lambda found: " ".join(found) + "}" * (found[1].count("{") - found[1].count("}")))
