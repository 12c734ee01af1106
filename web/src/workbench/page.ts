/** The page of the workbench: editor, runs, and what comes of them. */

import { AnswerView } from "./answer_view";
import { Labels } from "./asking";
import { copyFrom } from "./copying_links";
import { keepDraft, readDraft } from "./drafts";
import type { QueryEditor } from "./editor";
import { html, reveal, the } from "./elements";
import { readEmbedded } from "./embedded";
import { searchExamples } from "./examples";
import { listHistory, remember } from "./history";
import { linkKeeper } from "./links";
import type { Vocabulary } from "./proposing";
import {
  LONGEST_ADDRESS,
  type Outcome,
  type Parameters,
  type Problem,
  QueryRun,
  type Timing,
} from "./running";
import type { Surroundings } from "./table";
import type { Tabs } from "./tabs";
import { type Texts, textsIn } from "./texts";

const UPDATE_MS = 250;
// What the heading of a problem says already.
const PLACE = /^line \d+, column \d+[,:] */;
const IN_FRAGMENT = "#query=";

/** Give what of the address says which query is shown. */
function queryPart(): string {
  return location.search + (location.hash.startsWith(IN_FRAGMENT) ? location.hash : "");
}

export class Workbench {
  private readonly texts: Texts;
  private readonly around: Surroundings;
  private readonly form = the(HTMLFormElement, "#query-form");
  private readonly field = the(HTMLTextAreaElement, "#query");
  private readonly answer = the(HTMLElement, "#answer");
  private readonly content = the(HTMLElement, "#answer-content");
  private readonly status = the(HTMLElement, "#query-status");
  private readonly runButton = the(HTMLButtonElement, "#run");
  private readonly cancelButton = the(HTMLButtonElement, "#cancel");
  private shown = queryPart();
  private editor: QueryEditor | undefined;
  private current: QueryRun | undefined;
  private tabs: Tabs | undefined;
  private vocabulary: Promise<Vocabulary> | undefined;

  constructor(private readonly element: HTMLElement) {
    const { lang, root = "" } = element.dataset;
    this.texts = textsIn(lang === "en" ? "en" : "vi");
    const link = linkKeeper(location.search);
    this.around = { root, texts: this.texts, labels: new Labels(root, this.texts.language), link };
  }

  /** Take the page over. */
  async start(): Promise<void> {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    this.cancelButton.addEventListener("click", () => void this.current?.cancel());
    this.field.addEventListener("input", () => this.changed());
    this.offerSharing();
    this.offerExamples();
    window.addEventListener("popstate", () => {
      if (queryPart() !== this.shown) location.reload(); // not where a link within the page was followed
    });
    const brought = readEmbedded(document.querySelector("#embedded-answer"));
    const asked = this.restore();
    if (asked === "as-sent" && brought) this.showBrought(brought);
    const opening = this.openEditor(brought && "problem" in brought ? brought.problem : undefined);
    if (asked === "to-run" || (asked === "as-sent" && !brought && this.isAsked())) void this.run();
    await opening;
  }

  /** Put in what an address or this window says of the text, and say whether it has to be run. */
  private restore(): "as-sent" | "draft" | "to-run" {
    if (location.hash.startsWith(IN_FRAGMENT)) {
      this.field.value = decodeURIComponent(location.hash.slice(IN_FRAGMENT.length));
      return "to-run";
    }
    const draft = readDraft(location.search);
    if (draft === undefined || draft === this.field.value) return "as-sent";
    this.field.value = draft;
    document.querySelector("#query-problem")?.remove();
    this.answer.hidden = true;
    return "draft";
  }

  private isAsked(): boolean {
    return new URLSearchParams(location.search).has("query");
  }

  private async openEditor(problem: Problem | undefined): Promise<void> {
    const { openEditor } = await import("./editor");
    this.editor = openEditor(this.field, {
      label: this.texts.editor,
      run: () => void this.run(),
      changed: () => this.changed(),
      vocabulary: () => this.askVocabulary(),
    });
    reveal(the(HTMLElement, "#query-hint"));
    if (problem) this.mark(problem);
    this.askVocabulary().catch(() => undefined); // so that it is there at the first word; else then
  }

  private askVocabulary(): Promise<Vocabulary> {
    this.vocabulary ??= fetch(this.element.dataset.completion ?? "").then((response) => {
      if (!response.ok) throw new Error(`${response.status} for the terms of the editor`);
      return response.json() as Promise<Vocabulary>;
    });
    this.vocabulary.catch(() => {
      this.vocabulary = undefined; // asked for again at the next word
    });
    return this.vocabulary;
  }

  private changed(): void {
    keepDraft(location.search, this.field.value);
    this.editor?.mark(undefined);
  }

  private parameters(): Parameters {
    const dataset = [...this.form.querySelectorAll<HTMLInputElement>("input[data-dataset]")];
    return [["query", this.field.value], ...dataset.map((input) => [input.name, input.value] as const)];
  }

  private async run(): Promise<void> {
    if (this.current || !this.field.value.trim()) return;
    const parameters = this.parameters();
    const run = new QueryRun(this.around.root);
    this.current = run;
    this.begin();
    let view: AnswerView | undefined;
    let updated = 0;
    const outcome = await run.run(parameters, (answer) => {
      if (performance.now() - updated < UPDATE_MS) return;
      updated = performance.now();
      this.answer.hidden = false;
      view ??= new AnswerView(this.content, answer, this.around);
      view.update();
    });
    this.current = undefined;
    this.end();
    this.show(outcome, parameters, view);
  }

  private begin(): void {
    document.querySelector("#query-problem")?.remove();
    this.editor?.mark(undefined);
    this.field.removeAttribute("aria-invalid");
    this.status.textContent = this.texts.running;
    this.content.setAttribute("aria-busy", "true");
    this.runButton.disabled = true;
    this.cancelButton.hidden = false;
    this.setAddress();
    remember(this.field.value);
    this.listHistory();
  }

  private end(): void {
    this.content.removeAttribute("aria-busy");
    this.status.textContent = "";
    this.runButton.disabled = false;
    this.cancelButton.hidden = true;
  }

  /** Have the address say what was run; where it would be too long, its fragment does. */
  private setAddress(): void {
    const address = this.address();
    if (address !== location.pathname + location.search + location.hash) history.pushState(null, "", address);
    this.shown = queryPart();
    keepDraft(location.search, this.field.value);
    const languages = document.querySelectorAll<HTMLAnchorElement>(".site-languages a");
    for (const link of languages) {
      const url = new URL(link.href);
      const target = new URL(address, location.href);
      target.searchParams.set("lang", url.searchParams.get("lang") ?? link.hreflang);
      link.href = target.href;
    }
  }

  private address(): string {
    const kept = new URLSearchParams(location.search);
    const parameters = new URLSearchParams(this.parameters().map(([name, value]) => [name, value]));
    const language = kept.get("lang");
    if (language) parameters.set("lang", language);
    const text = parameters.toString();
    if (text.length <= LONGEST_ADDRESS) return `${location.pathname}?${text}`;
    return `${location.pathname}${language ? `?lang=${language}` : ""}${IN_FRAGMENT}${encodeURIComponent(this.field.value)}`;
  }

  private show(outcome: Outcome, parameters: Parameters, view: AnswerView | undefined): void {
    const { texts } = this;
    switch (outcome.kind) {
      case "answered": {
        const shown = view ?? new AnswerView(this.content, outcome.answer, this.around);
        this.finish(shown, outcome.timing, parameters);
        break;
      }
      case "refused":
        this.refuse(outcome.problem);
        break;
      case "cancelled":
        this.tell(texts.cancelled);
        break;
      case "broken":
        this.tell(texts.lost);
        break;
      case "offline":
        this.tell(texts.offline);
        break;
    }
  }

  private finish(view: AnswerView, timing: Timing, parameters: Parameters): void {
    this.answer.hidden = false;
    this.tabs = view.finish(timing, parameters, this.tabs?.current ?? "table");
  }

  private showBrought(brought: NonNullable<ReturnType<typeof readEmbedded>>): void {
    if ("problem" in brought) return; // the page tells it already
    const view = new AnswerView(this.content, brought.answer, this.around);
    this.finish(view, { server: brought.milliseconds, total: 0 }, this.parameters());
  }

  private refuse(problem: Problem): void {
    const { texts } = this;
    this.answer.hidden = true;
    const place = problem.line ? ` · ${texts.line} ${problem.line}, ${texts.column} ${problem.column}` : "";
    const help = { "query-timeout": texts.tooLong, busy: texts.busy, "rate-limited": texts.busy }[
      problem.slug
    ];
    this.tellProblem(
      html("p", {}, html("strong", {}, problem.title), place),
      help ? html("p", {}, help) : html("p", { lang: "en" }, problem.detail.replace(PLACE, "")),
    );
    this.mark(problem);
  }

  private mark(problem: Problem): void {
    if (!problem.line || !problem.column) return;
    this.editor?.mark({
      line: problem.line,
      column: problem.column,
      message: problem.detail || problem.title,
    });
  }

  private tell(message: string): void {
    this.answer.hidden = true;
    this.tellProblem(html("p", {}, message));
  }

  private tellProblem(...said: HTMLElement[]): void {
    const box = html("div", { class: "query-problem", id: "query-problem", role: "alert" }, ...said);
    the(HTMLElement, ".query-actions").before(box);
  }

  private offerSharing(): void {
    const button = the(HTMLButtonElement, "#share");
    reveal(button);
    button.addEventListener(
      "click",
      () => void copyFrom(button, new URL(this.address(), location.href).href, this.texts.copied),
    );
  }

  private offerExamples(): void {
    const field = the(HTMLInputElement, "#example-search");
    reveal(the(HTMLElement, ".example-search"));
    searchExamples(field, the(HTMLElement, "#example-list"), the(HTMLElement, "#examples-none"));
    this.listHistory();
  }

  private listHistory(): void {
    listHistory(the(HTMLElement, "#history"), the(HTMLElement, "#history-list"), (query) => {
      this.field.value = query;
      this.editor?.set(query);
      this.changed();
      this.editor?.focus();
    });
  }
}
