/** The table of an answer: links, labels, sorting, pages. */
import type { Answer } from "./answers";
import type { Labels } from "./asking";
import { html } from "./elements";
import { type Direction, sortedPlaces } from "./sorting";
import { addressOf, dateOf, numberOf, type Row, shortIri, type Term, textOf } from "./terms";
import { numberText, type Texts } from "./texts";

const ROWS_OF_A_PAGE = 50;

/** What the views of an answer need besides it. */
export interface Surroundings {
  root: string;
  texts: Texts;
  labels: Labels;
  /** Have a link within the site keep the language. */
  link(address: string): string;
}

/** Shows an answer that may still be coming. */
export class ResultTable {
  private page = 0;
  private sorting: { column: number; direction: Direction } | undefined;
  private order: number[] | undefined;
  private drawn = 0;

  constructor(
    private readonly answer: Answer,
    private readonly around: Surroundings,
  ) {}

  /** Draw the current page. */
  show(panel: HTMLElement): void {
    const { answer, around } = this;
    if (answer.done && answer.rows.length === 0) {
      panel.replaceChildren(html("p", { class: "muted" }, around.texts.none));
      return;
    }
    const rows = this.rowsOfPage();
    this.drawn = answer.rows.length;
    const region = { class: "scroll", tabindex: "0", role: "region", "aria-label": around.texts.tableLabel };
    panel.replaceChildren(html("div", region, this.table(rows, panel)), this.pager(panel));
    this.addLabels(rows, panel);
  }

  /** Draw again if what has come since changes what is seen: rows of this page, or how many there are. */
  update(panel: HTMLElement): void {
    if (this.drawn < ROWS_OF_A_PAGE) this.show(panel);
    else panel.lastElementChild?.replaceWith(this.pager(panel));
  }

  private rowsOfPage(): Row[] {
    const from = this.page * ROWS_OF_A_PAGE;
    const { rows } = this.answer;
    if (!this.order) return rows.slice(from, from + ROWS_OF_A_PAGE);
    return this.order.slice(from, from + ROWS_OF_A_PAGE).flatMap((place) => {
      const row = rows[place];
      return row ? [row] : [];
    });
  }

  private table(rows: readonly Row[], panel: HTMLElement): HTMLTableElement {
    const { columns } = this.answer;
    const numeric = columns.map((_, index) => rows.some((row) => numberOf(row[index]) !== undefined));
    const head = html("tr");
    columns.forEach((name, index) => {
      head.append(this.header(name, index, numeric[index] ?? false, panel));
    });
    const body = html("tbody");
    for (const row of rows) body.append(html("tr", {}, ...row.map((term) => this.cell(term))));
    return html("table", { class: "solutions" }, html("thead", {}, head), body);
  }

  private header(name: string, column: number, numeric: boolean, panel: HTMLElement): HTMLElement {
    const sorted = this.sorting?.column === column ? this.sorting.direction : undefined;
    const button = html(
      "button",
      { type: "button", class: "sort", title: `${this.around.texts.sort} ${name}` },
      name,
    );
    button.addEventListener("click", () => {
      this.sort(column, sorted === "ascending" ? "descending" : "ascending");
      this.show(panel);
      panel.querySelectorAll<HTMLElement>("th button")[column]?.focus();
    });
    return html("th", { scope: "col", class: numeric && "numeric", "aria-sort": sorted ?? "none" }, button);
  }

  private sort(column: number, direction: Direction): void {
    const { language } = this.around.texts;
    const shown = (term: Term): string => this.around.labels.of(term.value) ?? textOf(term);
    this.sorting = { column, direction };
    this.order = sortedPlaces(this.answer.rows, column, direction, language, shown);
    this.page = 0;
  }

  private cell(term: Term | undefined): HTMLElement {
    if (!term) return html("td");
    if (term.kind === "iri") return html("td", {}, thingLink(term.value, this.around));
    if (numberOf(term) !== undefined) return html("td", { class: "numeric" }, term.value);
    if (dateOf(term)) return html("td", { class: "nowrap" }, term.value);
    const tag = term.language ? html("span", { class: "lang-tag" }, term.language) : undefined;
    return html("td", {}, html("span", { lang: term.language }, textOf(term)), tag ? " " : undefined, tag);
  }

  private pager(panel: HTMLElement): HTMLElement {
    const { texts } = this.around;
    const pages = Math.ceil(this.answer.rows.length / ROWS_OF_A_PAGE);
    const pager = html("nav", { class: "result-pager", "aria-label": texts.page, hidden: pages < 2 });
    const step = (title: string, by: number): HTMLButtonElement => {
      const isPossible = this.page + by >= 0 && this.page + by < pages;
      const button = html("button", { type: "button", class: "quiet", disabled: !isPossible }, title);
      button.addEventListener("click", () => {
        this.page += by;
        this.show(panel);
        panel.querySelectorAll<HTMLElement>(".result-pager button")[by < 0 ? 0 : 1]?.focus();
      });
      return button;
    };
    const where = `${texts.page} ${numberText(this.page + 1, texts)} ${texts.of} ${numberText(pages, texts)}`;
    pager.append(step(texts.previous, -1), html("span", {}, where), step(texts.next, 1));
    return pager;
  }

  private addLabels(rows: readonly Row[], panel: HTMLElement): void {
    const iris = rows.flatMap((row) => row.flatMap((term) => (term?.kind === "iri" ? [term.value] : [])));
    void this.around.labels.load(iris).then(() => {
      for (const link of panel.querySelectorAll<HTMLElement>("[data-iri]")) {
        const label = this.around.labels.of(link.dataset.iri ?? "");
        if (label) link.textContent = label;
      }
    });
  }
}

/** Give a link to a thing, or its IRI if it leads nowhere. */
export function thingLink(iri: string, around: Surroundings): HTMLElement {
  const address = addressOf(iri, around.root);
  const text = around.labels.of(iri) ?? shortIri(iri);
  if (address === undefined) return html("span", {}, text);
  const isOurs = address !== iri;
  const href = isOurs ? around.link(address) : address;
  return html(
    "a",
    { href, title: isOurs && iri, rel: !isOurs && "external", "data-iri": isOurs && iri },
    text,
  );
}
