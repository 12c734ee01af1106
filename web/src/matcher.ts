/**
 * The spreadsheet matcher: the form of the page is sent whenever something in it changes, and the part of
 * the answer that has the result takes the place of the one that is there. What is shown, and why, is the
 * server's: without a script the same form gives the same page.
 */
import { offerCopying } from "./parts/copying";

const TYPING_MS = 500;
const LONGEST_MS = 60_000;

class Matcher {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;
  private isStale = false;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly table: HTMLTextAreaElement,
    private readonly file: HTMLInputElement,
    private readonly linked: HTMLElement,
    private readonly status: HTMLElement,
  ) {}

  listen(): void {
    this.table.addEventListener("input", () => this.later());
    this.file.addEventListener("change", () => void this.send());
    this.linked.addEventListener("change", () => void this.send());
    this.form.addEventListener("submit", (event) => {
      const { submitter } = event;
      if (submitter?.hasAttribute("data-native")) return;
      event.preventDefault();
      void this.send(submitter);
    });
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), TYPING_MS);
  }

  /** Send the form; while one answer is awaited no other is asked for, but what changed then is sent after it. */
  private async send(submitter?: HTMLElement | null): Promise<void> {
    clearTimeout(this.timer);
    if (this.isSending) {
      this.isStale = true;
      return;
    }
    if (!this.table.value.trim() && !this.file.files?.length) {
      this.linked.replaceChildren();
      this.status.textContent = "";
      return;
    }
    this.isSending = true;
    this.isStale = false;
    this.status.textContent = this.status.dataset.working ?? "";
    try {
      const page = await this.answer(new FormData(this.form, submitter));
      this.status.textContent = "";
      if (!this.isStale) this.show(page);
    } catch {
      this.status.textContent = this.status.dataset.failed ?? "";
    } finally {
      this.isSending = false;
    }
    if (this.isStale) await this.send();
  }

  private async answer(body: FormData): Promise<Document> {
    const answer = await fetch(this.form.dataset.page ?? this.form.action, {
      method: "POST",
      body,
      headers: { Accept: "text/html" },
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  private show(page: Document): void {
    const found = page.getElementById("linked");
    if (!found) {
      this.status.textContent =
        page.querySelector("main p:not(.quiet)")?.textContent ?? this.status.dataset.failed ?? "";
      return;
    }
    this.takeFile(page);
    const focused = document.activeElement?.id ?? "";
    const isOpen = this.linked.querySelector("details")?.open ?? false;
    this.linked.replaceChildren(...found.childNodes);
    const settings = this.linked.querySelector("details");
    if (settings && isOpen) settings.open = true;
    offerCopying(this.linked);
    if (focused.startsWith("set-") || focused.startsWith("choice-"))
      document.getElementById(focused)?.focus();
  }

  /** Once a file has been read its content is the table, to be seen and changed. */
  private takeFile(page: Document): void {
    const text = page.querySelector<HTMLTextAreaElement>("#table")?.value;
    if (!this.file.files?.length || !text) return;
    this.table.value = text;
    this.file.value = "";
  }
}

const form = document.querySelector<HTMLFormElement>("#matcher");
const table = form?.querySelector<HTMLTextAreaElement>("#table");
const file = form?.querySelector<HTMLInputElement>("input[type=file]");
const linked = document.getElementById("linked");
const status = document.getElementById("matcher-status");
if (form && table && file && linked && status) new Matcher(form, table, file, linked, status).listen();
