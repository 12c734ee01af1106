/** Search among the examples. */
import { fold } from "./folding";

/** Have a field show only the examples that have all its words, in the question or in how to read its answer. */
export function searchExamples(field: HTMLInputElement, list: HTMLElement, none: HTMLElement): void {
  const items = [...list.querySelectorAll("li")].map((item) => {
    const title = item.querySelector("a")?.title ?? "";
    const group = item.closest("section")?.querySelector("h3")?.textContent ?? "";
    return { item, text: fold(`${group} ${item.textContent} ${title}`) };
  });
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    for (const { item, text } of items) item.hidden = !words.every((word) => text.includes(word));
    for (const group of list.querySelectorAll("section")) {
      group.hidden = group.querySelector("li:not([hidden])") === null;
    }
    none.hidden = items.some(({ item }) => !item.hidden);
  });
}
