/** Tabs (ARIA Authoring Practices, tabs with automatic activation). */
import { html } from "./elements";

export interface Tab {
  name: string;
  title: string;
  /** Fill the panel; called each time it is shown. */
  show(panel: HTMLElement): void;
}

/** A list of tabs and the panel of the one that is selected. */
export class Tabs {
  readonly element: HTMLElement;
  private readonly list: HTMLElement;
  private readonly panel: HTMLElement;
  private selected = "";

  constructor(
    private readonly tabs: readonly Tab[],
    label: string,
  ) {
    this.list = html("div", { role: "tablist", class: "tabs", "aria-label": label });
    this.panel = html("div", { role: "tabpanel", id: "answer-panel", tabindex: "0", class: "tab-panel" });
    for (const tab of tabs) {
      const attributes = {
        role: "tab",
        type: "button",
        id: `tab-${tab.name}`,
        "aria-controls": "answer-panel",
      };
      const button = html("button", attributes, tab.title);
      button.addEventListener("click", () => this.select(tab.name));
      this.list.append(button);
    }
    this.list.addEventListener("keydown", (event) => this.move(event));
    this.element = html("div", {}, this.list, this.panel);
  }

  get current(): string {
    return this.selected;
  }

  /** Show a tab. */
  select(name: string): void {
    const tab = this.tabs.find((found) => found.name === name);
    if (!tab) return;
    this.selected = name;
    for (const button of this.list.querySelectorAll("button")) {
      const isSelected = button.id === `tab-${name}`;
      button.setAttribute("aria-selected", String(isSelected));
      button.tabIndex = isSelected ? 0 : -1;
    }
    this.panel.setAttribute("aria-labelledby", `tab-${name}`);
    this.panel.replaceChildren();
    tab.show(this.panel);
  }

  private move(event: KeyboardEvent): void {
    const last = this.tabs.length - 1;
    const at = this.tabs.findIndex((tab) => tab.name === this.selected);
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const target = this.tabs[targets[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    this.select(target.name);
    this.list.querySelector<HTMLElement>(`#tab-${target.name}`)?.focus();
  }
}
