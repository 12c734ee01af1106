/** Pages to look things up in: vocabulary, concepts, shapes, the interface. */
import { offerFiltering } from "./parts/filtering";

offerFiltering(document);
