/** What a point of the map says when it is pointed at or focused; its row in the table is marked too, and back. */

const SHOWN = "shown";
const MARGIN = 12;

/** Have the points and rows below a node tell of each other; both have `data-unit`. */
export function pointAt(root: Document): void {
  const over = (event: Event): void => point(event.target);
  root.addEventListener("pointerover", over);
  root.addEventListener("focusin", over);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") point(null);
  });
}

function point(target: EventTarget | null): void {
  const found = target instanceof Element ? target.closest<HTMLElement | SVGElement>("[data-unit]") : null;
  const unit = found?.dataset.unit;
  for (const shown of document.querySelectorAll(`[data-unit].${SHOWN}`)) {
    if (!(shown instanceof HTMLElement || shown instanceof SVGElement) || shown.dataset.unit !== unit) {
      shown.classList.remove(SHOWN);
    }
  }
  if (unit) for (const same of document.querySelectorAll(`[data-unit="${unit}"]`)) same.classList.add(SHOWN);
  const mark = unit ? document.querySelector<SVGAElement>(`a.mark[data-unit="${unit}"]`) : null;
  tell(mark);
}

function tell(mark: SVGAElement | null): void {
  const tip = document.querySelector<HTMLElement>(".map-tip");
  const canvas = tip?.parentElement;
  if (!tip || !canvas) return;
  tip.hidden = mark === null;
  if (!mark) return;
  // The browser would show the title as well.
  mark.querySelector("title")?.remove();
  tip.textContent = mark.getAttribute("aria-label");
  const frame = canvas.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  const left = at.left + at.width / 2 - frame.left - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(0, Math.min(left, frame.width - tip.offsetWidth))}px`;
  const above = at.top - frame.top - tip.offsetHeight - MARGIN;
  tip.style.top = `${above >= 0 ? above : at.bottom - frame.top + MARGIN}px`;
}
