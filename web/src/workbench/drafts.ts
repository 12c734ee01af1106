/** What was written and not run yet, kept over a reload or a change of language, for this window only. */

const KEY = "vndx.draft";

interface Draft {
  /** The address that it was written at, without the language. */
  of: string;
  text: string;
}

/** Give the address of a page without its language. */
function addressOf(search: string): string {
  const parameters = new URLSearchParams(search);
  parameters.delete("lang");
  return parameters.toString();
}

export function keepDraft(search: string, text: string): void {
  store(() => sessionStorage.setItem(KEY, JSON.stringify({ of: addressOf(search), text } satisfies Draft)));
}

/** Give the draft of this page, undefined if there is none. */
export function readDraft(search: string): string | undefined {
  const draft = store(() => JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Draft | null);
  return draft?.of === addressOf(search) ? draft.text : undefined;
}

/** Storage may be forbidden; the workbench does without it then. */
export function store<Kept>(action: () => Kept): Kept | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
