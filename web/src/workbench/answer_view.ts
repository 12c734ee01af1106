/** What is shown of an answer: how much of it there is, tabs with its views, downloads. */
import type { Answer } from "./answers";
import { ChartView } from "./chart";
import { downloads } from "./downloads";
import { html } from "./elements";
import { showMap } from "./map";
import { isNetwork, readNetwork } from "./network";
import type { Parameters, Timing } from "./running";
import { ResultTable, type Surroundings } from "./table";
import { type Tab, Tabs } from "./tabs";
import { numberText, type Texts } from "./texts";

const MOST_NODES = 120;

/** Shows one answer while it comes and when it is whole. */
export class AnswerView {
  private readonly summary = html("p", { class: "muted small answer-summary" });
  private readonly table: ResultTable;
  private readonly early: HTMLElement;

  constructor(
    content: HTMLElement,
    private readonly answer: Answer,
    private readonly around: Surroundings,
  ) {
    this.table = new ResultTable(answer, around);
    this.early = html("div", { class: "tab-panel" });
    content.replaceChildren(this.summary, this.early);
  }

  /** Show what has come: the first rows at once, then how many there are. */
  update(): void {
    const { texts } = this.around;
    this.summary.textContent = `${rowsText(this.answer.total, texts)} … ${texts.reading}`;
    if (this.answer.rows.length > 0) this.table.update(this.early);
  }

  /** Show the whole answer. */
  finish(timing: Timing, query: Parameters, view: string): Tabs | undefined {
    const { answer, around } = this;
    const content = this.early.parentElement;
    this.summary.textContent = summaryText(answer, timing, around.texts);
    const footer = downloads(answer.kind, query, around);
    if (answer.boolean !== undefined) {
      const said = answer.boolean ? around.texts.yes : around.texts.no;
      content?.replaceChildren(html("p", { class: "yes-no" }, said), this.summary, footer);
      return undefined;
    }
    const tabs = new Tabs(this.tabs(), around.texts.views);
    content?.replaceChildren(this.summary, tabs.element, footer);
    tabs.select(view);
    return tabs;
  }

  private tabs(): Tab[] {
    const { answer, around } = this;
    const { texts } = around;
    const chart = new ChartView(answer, around);
    return [
      { name: "table", title: texts.table, show: (panel) => this.table.show(panel) },
      {
        name: "chart",
        title: texts.chart,
        show: (panel) => chart.show(panel),
      },
      {
        name: "map",
        title: texts.map,
        show: (panel) => void showMap(panel, answer, around),
      },
      { name: "graph", title: texts.graph, show: (panel) => void showNetwork(panel, answer, around) },
      { name: "raw", title: texts.raw, show: (panel) => showRaw(panel, answer, texts) },
    ];
  }
}

async function showNetwork(panel: HTMLElement, answer: Answer, around: Surroundings): Promise<void> {
  const { texts } = around;
  if (!isNetwork(answer)) {
    panel.append(html("p", { class: "muted" }, texts.noGraph));
    return;
  }
  const loading = html("p", { class: "muted" }, texts.loading);
  panel.append(loading);
  const network = readNetwork(answer.rows, MOST_NODES);
  const iris = [
    ...network.nodes.flatMap(({ term }) => (term.kind === "iri" ? [term.value] : [])),
    ...network.edges.map((edge) => edge.predicate),
  ];
  const [{ drawNetwork }] = await Promise.all([import("./network_drawing"), around.labels.load(iris)]);
  if (!loading.isConnected) return; // another view was chosen meanwhile
  const caption = network.isCut ? `${texts.graphMost} ${numberText(network.nodes.length, texts)}` : "";
  loading.replaceWith(
    html("figure", {}, drawNetwork(network, texts.graphLabel, around), html("figcaption", {}, caption)),
  );
}

function showRaw(panel: HTMLElement, answer: Answer, texts: Texts): void {
  panel.append(html("pre", { class: "raw", tabindex: "0" }, answer.raw));
  if (!answer.rawIsWhole) panel.append(html("p", { class: "muted small" }, texts.rawMost));
}

function rowsText(total: number, texts: Texts): string {
  return `${numberText(total, texts)} ${total === 1 ? texts.row : texts.rows}`;
}

function summaryText(answer: Answer, timing: Timing, texts: Texts): string {
  const milliseconds = (value: number): string => `${numberText(Math.round(value), texts)} ms`;
  const parts = answer.boolean === undefined ? [rowsText(answer.total, texts)] : [];
  if (answer.total > answer.rows.length) parts.push(`${numberText(answer.rows.length, texts)} ${texts.kept}`);
  if (timing.server !== undefined) parts.push(`${texts.server} ${milliseconds(timing.server)}`);
  if (timing.total > 0) parts.push(`${texts.total} ${milliseconds(timing.total)}`);
  return parts.join(" · ");
}
