/** The last queries that were run in this browser. */
import { store } from "./drafts";
import { html, reveal } from "./elements";

const KEY = "vndx.queries";
const MOST = 12;
const LONGEST = 20_000;

/** Put a query first in the history. */
export function remember(query: string): void {
  if (query.length > LONGEST) return;
  const others = remembered().filter((other) => other !== query);
  store(() => localStorage.setItem(KEY, JSON.stringify([query, ...others].slice(0, MOST))));
}

function remembered(): string[] {
  const found = store(() => JSON.parse(localStorage.getItem(KEY) ?? "[]") as unknown) ?? [];
  return Array.isArray(found) ? found.filter((query) => typeof query === "string") : [];
}

/** List them; choosing one gives it to the editor. */
export function listHistory(details: HTMLElement, list: HTMLElement, choose: (query: string) => void): void {
  const queries = remembered();
  if (queries.length > 0) reveal(details);
  list.replaceChildren(
    ...queries.map((query) => {
      const button = html("button", { type: "button", class: "link", title: query }, summary(query));
      button.addEventListener("click", () => choose(query));
      return html("li", {}, button);
    }),
  );
}

/** Give the first line of a query that says something: a comment, else what follows the prefixes. */
export function summary(query: string): string {
  const lines = query.split("\n").map((line) => line.trim());
  const comment = lines.find((line) => line.startsWith("#"));
  return (
    comment?.slice(1).trim() || lines.filter((line) => line && !/^(PREFIX|BASE)\b/i.test(line)).join(" ")
  );
}
