/** Links within the site keep the language that was chosen by its address. */
export function linkKeeper(search: string): (address: string) => string {
  const language = new URLSearchParams(search).get("lang");
  if (language !== "vi" && language !== "en") return (address) => address;
  return (address) => {
    const [path = "", fragment] = address.split("#");
    const kept = `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
    return fragment === undefined ? kept : `${kept}#${fragment}`;
  };
}
