import { describe, expect, it } from "vitest";
import { countText, pagePath, readSuggestions } from "../src/parts/suggestions";

const PROVINCE = {
  id: "https://w3id.org/vndx/id/unit/2025/19",
  label: { vi: "Tỉnh Thái Nguyên", en: "Thai Nguyen" },
  description: { vi: "Tỉnh; từ 01/07/2025" },
};

describe("suggestions", () => {
  it("are read in the language of the page, with Vietnamese for what is missing", () => {
    expect(readSuggestions({ items: [PROVINCE] }, "/vndx", "en", "?lang=en")).toEqual([
      {
        label: "Thai Nguyen",
        description: "Tỉnh; từ 01/07/2025",
        address: "/vndx/page/unit/2025/19?lang=en",
      },
    ]);
  });

  it("leave out what has no page here, and what is no suggestion", () => {
    const elsewhere = { ...PROVINCE, id: "https://example.org/19" };
    expect(readSuggestions({ items: [elsewhere, null, { id: 1 }] }, "", "vi")).toEqual([]);
    expect(readSuggestions("nothing", "", "vi")).toEqual([]);
  });

  it("lead to the pages of things and of concepts", () => {
    expect(pagePath("https://w3id.org/vndx/id/platform/c-thai-nguyen")).toBe("/page/platform/c-thai-nguyen");
    expect(pagePath("https://w3id.org/vndx/concept/indicator/dti")).toBe("/page/concept/indicator/dti");
    expect(pagePath("https://w3id.org/vndx/ontology")).toBeUndefined();
  });

  it("are counted in words", () => {
    expect(countText(1, "en")).toBe("1 suggestion, use the arrow keys to choose");
    expect(countText(0, "vi")).toBe("Không có gợi ý");
  });
});
