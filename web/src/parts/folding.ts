/** Text as it is compared: without marks, case, and the stroke of đ. */

/** Fold a text, e.g. `Tỉnh Đắk Lắk` to `tinh dak lak`. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
}
