/** The map without reloading: a slider through time, sorting, and what a point says. The server draws; parts are exchanged. */
import { Pages } from "./parts/exchanging";
import { pointAt } from "./parts/pointing";

const pages = new Pages(["map-years-list", "map-figure", "map-table"]);

function years(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("#map-years-list a")];
}

/** Show the slider, with its thumb above the year that it is at. */
function offer(slider: HTMLInputElement, count: number): void {
  slider.style.width = `calc(${100 - 100 / count}% + 1rem)`;
  slider.style.marginInlineStart = `calc(${50 / count}% - 0.5rem)`;
  slider.hidden = false;
  slider.addEventListener("input", () => {
    const year = years()[slider.valueAsNumber];
    if (year) void show(year.href);
  });
}

/** Say in words which year is shown, and fetch the others. */
function tell(): void {
  const all = years();
  const current = all.findIndex((year) => year.ariaCurrent === "true");
  const text = all[current]?.dataset.text ?? "";
  const slider = document.querySelector<HTMLInputElement>("#map-slider");
  if (slider && current >= 0) {
    slider.valueAsNumber = current;
    slider.ariaValueText = text;
  }
  const said = document.getElementById("map-said");
  if (said) said.textContent = text;
  for (const year of all) pages.fetch(year.href);
}

async function show(address: string): Promise<void> {
  const links = (): HTMLAnchorElement[] => [...document.querySelectorAll("a")];
  const before = document.activeElement;
  const focused = before instanceof HTMLAnchorElement ? links().indexOf(before) : -1;
  try {
    if (!(await pages.show(address))) return;
  } catch {
    location.assign(address); // the browser says what is wrong
    return;
  }
  history.replaceState(null, "", address);
  if (focused >= 0) links()[focused]?.focus({ preventScroll: true });
  tell();
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const link =
    target instanceof Element ? target.closest<HTMLAnchorElement>("a[data-shown-by-script]") : null;
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void show(link.href);
});

const slider = document.querySelector<HTMLInputElement>("#map-slider");
if (slider && years().length > 1) offer(slider, years().length);
tell();
pointAt(document);
