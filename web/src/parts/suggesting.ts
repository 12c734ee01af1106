/**
 * Search fields that suggest: each `[data-suggest]` becomes a combobox with a list of things to go to
 * (WAI-ARIA Authoring Practices, editable combobox with list autocomplete). Without a script it is a plain form.
 */
import { countText, type Language, readSuggestions, type Suggestion } from "./suggestions";

const DELAY_MS = 120;
const MOST = 8;
const SHORTEST = 2;

/** Have the search fields below a node suggest. */
export function offerSuggestions(root: ParentNode): void {
  for (const [index, box] of root.querySelectorAll<HTMLElement>("[data-suggest]").entries()) {
    const input = box.querySelector("input");
    if (input) new SuggestingField(box, input, `suggestions-${index}`).listen();
  }
}

class SuggestingField {
  private readonly list = document.createElement("ul");
  private readonly status = document.createElement("span");
  private readonly service: string;
  private readonly language: Language = document.documentElement.lang === "en" ? "en" : "vi";
  private suggestions: Suggestion[] = [];
  private active = -1;
  private timer = 0;
  private request: AbortController | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly id: string,
  ) {
    this.service = box.dataset.suggest ?? "";
    this.list.id = id;
    this.list.className = "suggestions";
    this.list.role = "listbox";
    this.list.ariaLabel = this.language === "vi" ? "Gợi ý" : "Suggestions";
    this.list.hidden = true;
    this.status.className = "visually-hidden";
    this.status.role = "status";
    input.role = "combobox";
    input.ariaAutoComplete = "list";
    input.ariaExpanded = "false";
    input.setAttribute("aria-controls", id);
    box.append(this.list, this.status);
  }

  listen(): void {
    // While an input method composes a letter, what stands in the field is not yet what is meant.
    this.input.addEventListener("input", (event) => {
      if (!(event instanceof InputEvent && event.isComposing)) this.plan();
    });
    this.input.addEventListener("compositionend", () => this.plan());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // The field keeps the focus while the list is used with a pointer.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option) this.open([...this.list.children].indexOf(option));
    });
  }

  private plan(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), DELAY_MS);
  }

  private async ask(): Promise<void> {
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < SHORTEST || !/[\p{L}\p{N}]/u.test(text)) {
      this.close();
      return;
    }
    const request = new AbortController();
    this.request = request;
    try {
      const address = `${this.service}?${new URLSearchParams({ q: text.slice(0, 200), limit: `${MOST}` })}`;
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok) return this.close();
      this.show(readSuggestions(await response.json(), this.siteRoot, this.language, this.languageQuery));
    } catch (error) {
      // Suggestions are an offer: without the network the form still works, and says so itself.
      if (!(error instanceof DOMException && error.name === "AbortError")) this.close();
    }
  }

  private show(suggestions: Suggestion[]): void {
    if (document.activeElement !== this.input) return;
    this.suggestions = suggestions;
    this.list.replaceChildren(...suggestions.map((each, index) => this.option(each, index)));
    this.list.hidden = suggestions.length === 0;
    this.input.ariaExpanded = String(!this.list.hidden);
    this.status.textContent = countText(suggestions.length, this.language);
    this.activate(-1);
  }

  private option(suggestion: Suggestion, index: number): HTMLLIElement {
    const option = document.createElement("li");
    option.id = `${this.id}-${index}`;
    option.role = "option";
    option.ariaSelected = "false";
    const label = document.createElement("span");
    label.textContent = suggestion.label;
    const description = document.createElement("span");
    description.className = "muted small";
    description.textContent = suggestion.description;
    option.append(label, description);
    return option;
  }

  private press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.open(this.active);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.plan();
      else this.move(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  /** Go on by a step; beyond either end no suggestion is chosen, which is the text as it was typed. */
  private move(step: number): void {
    const places = this.suggestions.length + 1;
    this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  private activate(index: number): void {
    this.active = index;
    for (const [place, option] of [...this.list.children].entries()) {
      option.ariaSelected = String(place === index);
      if (place === index) option.scrollIntoView({ block: "nearest" });
    }
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.id}-${index}`);
  }

  private open(index: number): void {
    const chosen = this.suggestions[index];
    if (chosen) location.assign(chosen.address);
  }

  private close(): void {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.input.ariaExpanded = "false";
    this.status.textContent = "";
    this.activate(-1);
  }

  private get siteRoot(): string {
    return this.service.replace(/\/api\/v1\/suggest$/, "");
  }

  /** Links keep the language if it was chosen: then the form has it too. */
  private get languageQuery(): string {
    const chosen = this.box.closest("form")?.querySelector<HTMLInputElement>("input[name=lang]");
    return chosen ? `?lang=${chosen.value}` : "";
  }
}
