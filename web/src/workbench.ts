/** The SPARQL workbench. */
import { Workbench } from "./workbench/page";

const element = document.querySelector<HTMLElement>("[data-workbench]");
if (element) void new Workbench(element).start();
