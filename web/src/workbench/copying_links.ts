/** Copying a text that is only known when the button is pressed. */

const SHOWN_MS = 1500;

/** Copy a text and have the button say so. Where there is no clipboard, as on plain HTTP, show the text to be copied. */
export async function copyFrom(button: HTMLButtonElement, text: string, copied: string): Promise<void> {
  if (!navigator.clipboard) {
    window.prompt(button.textContent, text);
    return;
  }
  await navigator.clipboard.writeText(text);
  const label = button.textContent;
  button.textContent = copied;
  setTimeout(() => {
    button.textContent = label;
  }, SHOWN_MS);
}
