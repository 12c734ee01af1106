/** Exchanging parts of a page for those of another page of the same kind, which the server has made. */

/** The pages of one kind; each is fetched once. */
export class Pages {
  readonly #parts: readonly string[];
  readonly #fetched = new Map<string, Promise<Document>>();
  #wanted = "";

  /** @param parts the ids of the elements to exchange. */
  constructor(parts: readonly string[]) {
    this.#parts = parts;
  }

  /** Begin to fetch a page, so that showing it takes no time. */
  fetch(address: string): Promise<Document> {
    const known = this.#fetched.get(address);
    if (known) return known;
    const coming = read(address);
    this.#fetched.set(address, coming);
    // What failed may work later; whoever shows the page is told of the failure.
    coming.catch(() => this.#fetched.delete(address));
    return coming;
  }

  /** Show the parts of a page; say whether it is shown: another may have been asked for meanwhile. */
  async show(address: string): Promise<boolean> {
    this.#wanted = address;
    const page = await this.fetch(address);
    if (this.#wanted !== address) return false;
    for (const id of this.#parts) {
      const part = page.getElementById(id);
      if (part) document.getElementById(id)?.replaceWith(document.importNode(part, true));
    }
    document.title = page.title;
    return true;
  }
}

async function read(address: string): Promise<Document> {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
