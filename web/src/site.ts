/** What every page has: buttons that copy. */
import { offerCopying } from "./parts/copying";

offerCopying(document);
