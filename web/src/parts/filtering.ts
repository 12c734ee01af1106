/** Narrowing a reference page to the entries that have some words. */
import { folded } from "./folding";

interface Entry {
  readonly node: HTMLElement;
  readonly text: string;
}

/** Say whether a text has all words that were typed, each at least as a part of one of its own. */
export function fits(text: string, typed: string): boolean {
  const found = folded(text);
  return folded(typed)
    .split(/\s+/)
    .every((word) => found.includes(word));
}

/**
 * Show the filter field of a page and have it hide entries (`[data-entry]`, and the links of the index to
 * them) that lack what is typed; groups (`[data-group]`) without entries hide too.
 */
export function offerFiltering(page: ParentNode): void {
  const field = page.querySelector<HTMLElement>("[data-filter-field]");
  const input = field?.querySelector("input");
  if (!field || !input) return;
  field.hidden = false;
  let entries: readonly Entry[] = [];
  const lists = [...page.querySelectorAll<HTMLDetailsElement>(".reference-index details")];
  const opened = lists.map((list) => list.open);

  const narrow = (): void => {
    if (entries.length === 0) entries = readEntries(page);
    const typed = input.value.trim();
    let shown = 0;
    for (const { node, text } of entries) {
      node.hidden = typed !== "" && !fits(text, typed);
      if (!node.hidden && node.matches("[data-entry]")) shown += 1;
    }
    for (const group of page.querySelectorAll<HTMLElement>("[data-group]")) {
      group.hidden = typed !== "" && !group.querySelector("[data-entry]:not([hidden])");
    }
    lists.forEach((list, place) => {
      list.open = typed !== "" || (opened[place] ?? false);
      list.hidden = typed !== "" && !list.querySelector("li:not([hidden])");
    });
    const none = page.querySelector<HTMLElement>("[data-none]");
    if (none) none.hidden = shown > 0;
    const body = page.querySelector(".reference-body");
    if (body && body.getBoundingClientRect().top < 0) body.scrollIntoView();
  };
  input.addEventListener("input", narrow);
  if (input.value) narrow();
}

function readEntries(page: ParentNode): Entry[] {
  const selector = "[data-entry], .reference-index details li";
  return [...page.querySelectorAll<HTMLElement>(selector)].map((node) => ({
    node,
    text: (node.querySelector("h3, h4") ?? node).textContent + (node.querySelector("p")?.textContent ?? ""),
  }));
}
