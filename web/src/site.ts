/** What every page has: buttons that copy, search fields that suggest. */
import { offerCopying } from "./parts/copying";
import { offerSuggestions } from "./parts/suggesting";

offerCopying(document);
offerSuggestions(document);
