/** The view of an answer as a chart, whose kind and axes can be chosen. */
import type { Answer } from "./answers";
import { type ChartChoice, type ChartKind, chooseChart } from "./chart_axes";
import { chartValues, MOST_BARS, MOST_VALUES } from "./chart_data";
import { type Column, describeColumns } from "./columns";
import { html } from "./elements";
import type { Surroundings } from "./table";
import { type Term, textOf } from "./terms";
import { numberText } from "./texts";

const KINDS: readonly ChartKind[] = ["bar", "line", "dot"];

export class ChartView {
  private choice: ChartChoice | undefined;
  private columns: Column[] = [];

  constructor(
    private readonly answer: Answer,
    private readonly around: Surroundings,
  ) {}

  show(panel: HTMLElement): void {
    this.columns = describeColumns(this.answer.columns, this.answer.rows);
    this.choice ??= chooseChart(this.columns, this.answer.rows.length);
    if (!this.choice) {
      panel.append(html("p", { class: "muted" }, this.around.texts.noChart));
      return;
    }
    const drawing = html("div", { class: "plot" }, html("p", { class: "muted" }, this.around.texts.loading));
    panel.append(this.controls(this.choice, drawing), drawing);
    void this.draw(drawing, this.choice);
  }

  private controls(choice: ChartChoice, drawing: HTMLElement): HTMLElement {
    const { texts } = this.around;
    const kinds = { bar: texts.bar, line: texts.lineChart, dot: texts.dot };
    const numbers = this.columns.filter((column) => column.kind === "number");
    const all = this.columns.filter((column) => column.kind !== "empty");
    const options = (columns: readonly Column[]): [string, string][] =>
      columns.map((column) => [String(column.index), column.name]);
    const change = (changed: Partial<ChartChoice>): void => {
      this.choice = { ...(this.choice ?? choice), ...changed };
      void this.draw(drawing, this.choice);
    };
    return html(
      "div",
      { class: "filters" },
      chooser(
        texts.chartKind,
        KINDS.map((kind) => [kind, kinds[kind]]),
        choice.kind,
        (value) => change({ kind: KINDS.find((kind) => kind === value) ?? "bar" }),
      ),
      chooser(texts.axisX, options(all), String(choice.x), (value) => change({ x: Number(value) })),
      chooser(texts.axisY, options(numbers), String(choice.y), (value) => change({ y: Number(value) })),
      chooser(
        texts.series,
        [["", texts.noSeries], ...options(all.filter((column) => column.distinct <= MOST_BARS))],
        String(choice.series ?? ""),
        (value) => change({ series: value === "" ? undefined : Number(value) }),
      ),
    );
  }

  private async draw(drawing: HTMLElement, choice: ChartChoice): Promise<void> {
    const { texts, labels } = this.around;
    const shown = (term: Term): string => labels.of(term.value) ?? textOf(term);
    const most = choice.kind === "bar" ? MOST_BARS : MOST_VALUES;
    const looked = this.answer.rows.slice(0, most);
    const things = looked.flatMap((row) =>
      [row[choice.x], choice.series === undefined ? undefined : row[choice.series]].flatMap((term) =>
        term?.kind === "iri" ? [term.value] : [],
      ),
    );
    const [{ drawChart }] = await Promise.all([import("./chart_drawing"), labels.load(things)]);
    if (choice !== this.choice) return; // chosen otherwise meanwhile
    const [x = "", y = ""] = [this.answer.columns[choice.x], this.answer.columns[choice.y]];
    const titles = { x, y, label: `${y} ${texts.chartLabel} ${x}` };
    const values = chartValues(this.answer.rows, choice, shown);
    const isCut = this.answer.rows.length > most;
    drawing.replaceChildren(
      drawChart(choice.kind, values, titles, Math.max(drawing.clientWidth, 280)),
      isCut ? html("p", { class: "muted small" }, `${texts.chartMost} ${numberText(most, texts)}`) : "",
    );
  }
}

function chooser(
  title: string,
  options: readonly (readonly [value: string, text: string])[],
  selected: string,
  onChange: (value: string) => void,
): HTMLElement {
  const select = html("select");
  for (const [value, text] of options)
    select.append(html("option", { value, selected: value === selected }, text));
  select.addEventListener("change", () => onChange(select.value));
  return html("label", {}, title, select);
}
