/** The editor (CodeMirror 6); loaded after the page, in whose text field one can write until then. */
import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  StreamLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, Prec, type Transaction, type TransactionSpec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { html } from "./elements";
import { declarationPlace } from "./prefixes";
import { type Proposal, propose, type Vocabulary } from "./proposing";
import { wrongPart } from "./wrong_part";

/** A place that is wrong, as the service tells it: line and column count from 1. */
export interface Mistake {
  line: number;
  column: number;
  message: string;
}

export interface EditorOptions {
  label: string;
  run(): void;
  changed(): void;
  vocabulary(): Promise<Vocabulary>;
}

/** An editor in place of a text field, which keeps the same text and goes on being what a form sends. */
export interface QueryEditor {
  focus(): void;
  set(text: string): void;
  mark(mistake: Mistake | undefined): void;
}

const NARROW = 600;

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--c1)", fontWeight: "600" },
  { tag: [tags.standard(tags.variableName), tags.operatorKeyword], color: "var(--c1)" },
  { tag: tags.local(tags.variableName), color: "var(--c2)" },
  { tag: tags.atom, color: "var(--c3)" },
  { tag: tags.string, color: "var(--c4)" },
  // Upright: slanted monospaced fonts often lack Vietnamese letters.
  { tag: tags.comment, color: "var(--muted)" },
  { tag: tags.meta, color: "var(--c5)" },
]);

const LOOK = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--raised)", color: "var(--ink)", fontSize: "0.875rem" },
  "&.cm-focused": { outline: "none" }, // workbench.css frames it
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)", paddingBlock: "0.625rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--muted)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)",
  },
  "& > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--accent-soft)",
    outline: "1px solid var(--accent)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--strong-line)",
    borderRadius: "var(--radius)",
    fontFamily: "var(--sans)",
    maxWidth: "min(40rem, 94vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--sans)",
    maxHeight: "16rem",
    maxWidth: "94vw",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.625rem", lineHeight: "1.4" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--ink)",
  },
  ".cm-completionLabel": { fontFamily: "var(--mono)" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal", marginLeft: "0.75rem" },
  ".cm-tooltip.cm-completionInfo": { padding: "0.5rem 0.75rem", maxWidth: "24rem", lineHeight: "1.45" },
  // On narrow screens it would cover what there is to choose from.
  "@media (max-width: 37rem)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
  ".cm-diagnostic-error": { borderLeftColor: "var(--warn)" },
  ".cm-lint-marker-error": {
    content: '""',
    width: "0.55rem",
    height: "0.55rem",
    borderRadius: "50%",
    background: "var(--warn)",
    margin: "0.35rem auto 0",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--warn)",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
  },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--warn)" },
});

// A browser that replaces a selection by itself keeps its look with inline styles, which our policy refuses.
const REPLACING = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || event.isComposing || text === null || empty) return false;
    event.preventDefault();
    const insert = (): Transaction => view.state.update(replacement(view, text));
    const isHandled = view.state
      .facet(EditorView.inputHandler)
      .some((handle) => handle(view, from, to, text, insert));
    if (!isHandled) view.dispatch(insert());
    return true;
  },
});

function replacement(view: EditorView, text: string): TransactionSpec {
  return { ...view.state.replaceSelection(text), userEvent: "input.type", scrollIntoView: true };
}

/** Put an editor in place of a text field. */
export function openEditor(field: HTMLTextAreaElement, options: EditorOptions): QueryEditor {
  const host = html("div", { class: "editor-host" });
  // In a shadow tree the styles of the editor are adopted sheets, which our policy allows.
  const root = host.attachShadow({ mode: "open" });
  const hadFocus = document.activeElement === field;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ doc: field.value, extensions: extensions(field, options) }),
  });
  field.before(host);
  field.hidden = true;
  field.required = false; // a hidden field that is empty could not be told of
  if (hadFocus) view.focus();
  return {
    focus: () => view.focus(),
    set: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark: (mistake) => mark(view, mistake),
  };
}

function extensions(field: HTMLTextAreaElement, options: EditorOptions): Extension {
  const run = (): boolean => {
    options.run();
    return true;
  };
  return [
    Prec.highest(
      keymap.of([
        { key: "Mod-Enter", run },
        { key: "Tab", run: acceptCompletion },
      ]),
    ),
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    EditorState.tabSize.of(2),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    lintGutter(),
    StreamLanguage.define(sparql),
    syntaxHighlighting(COLOURS),
    autocompletion({
      override: [(context) => complete(context, options)],
      icons: false,
      defaultKeymap: false,
    }),
    keymap.of([
      ...completionKeymap,
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      "aria-label": options.label,
      tabindex: "0",
      autocapitalize: "off",
      spellcheck: "false",
    }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      field.value = update.state.doc.toString();
      options.changed();
    }),
    ...(field.clientWidth < NARROW ? [EditorView.lineWrapping] : []),
    REPLACING,
    LOOK,
  ];
}

async function complete(
  context: CompletionContext,
  options: EditorOptions,
): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const found = propose(text, context.pos, await options.vocabulary(), context.explicit);
  if (!found || found.proposals.length === 0) return null;
  return { from: found.from, options: found.proposals.map(completion), filter: false };
}

function completion(proposal: Proposal): Completion {
  const { name, label, definition } = proposal;
  return {
    label: name,
    ...(label ? { detail: label } : {}),
    ...(definition ? { info: definition } : {}),
    apply: (view, _, from, to) => putIn(view, proposal, from, to),
  };
}

function putIn(view: EditorView, proposal: Proposal, from: number, to: number): void {
  const place = declarationPlace(view.state.doc.toString());
  const added = proposal.declaration;
  const changes = [{ from, to, insert: proposal.insert }];
  if (added) changes.push({ from: Math.min(place, from), to: Math.min(place, from), insert: added });
  view.dispatch({
    changes,
    selection: { anchor: from + added.length + proposal.insert.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

function mark(view: EditorView, mistake: Mistake | undefined): void {
  const diagnostics: Diagnostic[] = [];
  if (mistake) {
    const { from, to } = wrongPart(view.state.doc.toString(), mistake.line, mistake.column);
    diagnostics.push({ from, to, severity: "error", message: mistake.message });
  }
  view.dispatch(setDiagnostics(view.state, diagnostics));
  const [first] = diagnostics;
  if (first) view.dispatch({ effects: EditorView.scrollIntoView(first.from, { y: "nearest" }) });
}
