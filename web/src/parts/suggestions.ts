/** What `/api/v1/suggest` answers, and what a search field shows of it. */

export type Language = "vi" | "en";

type Texts = Partial<Record<string, string>>;

interface Item {
  id: string;
  label: Texts;
  description: Texts;
}

/** A thing to choose: what it is called, what it is, where its page is. */
export interface Suggestion {
  label: string;
  description: string;
  address: string;
}

const BASE = "https://w3id.org/vndx/";

/** Read an answer; what has no page here is left out. */
export function readSuggestions(answer: unknown, root: string, language: Language, query = ""): Suggestion[] {
  return itemsOf(answer).flatMap((item) => {
    const path = pagePath(item.id);
    return path === undefined
      ? []
      : [
          {
            label: inLanguage(item.label, language),
            description: inLanguage(item.description, language),
            address: root + path + query,
          },
        ];
  });
}

/** The path of the page of an IRI of ours. */
export function pagePath(iri: string): string | undefined {
  if (!iri.startsWith(BASE)) return undefined;
  const name = iri.slice(BASE.length);
  if (name.startsWith("id/")) return `/page/${name.slice("id/".length)}`;
  return name.startsWith("concept/") ? `/page/${name}` : undefined;
}

/** How many suggestions there are, for those who cannot see them. */
export function countText(count: number, language: Language): string {
  if (language === "vi") {
    return count ? `${count} gợi ý, dùng phím mũi tên để chọn` : "Không có gợi ý";
  }
  if (!count) return "No suggestions";
  return `${count} suggestion${count === 1 ? "" : "s"}, use the arrow keys to choose`;
}

function itemsOf(answer: unknown): Item[] {
  if (typeof answer !== "object" || answer === null || !("items" in answer)) return [];
  return Array.isArray(answer.items) ? answer.items.filter(isItem) : [];
}

function isItem(value: unknown): value is Item {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "label" in value &&
    typeof value.label === "object" &&
    "description" in value &&
    typeof value.description === "object"
  );
}

function inLanguage(texts: Texts, language: Language): string {
  return texts[language] ?? texts.vi ?? texts.en ?? "";
}
