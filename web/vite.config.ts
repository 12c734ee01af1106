import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { coast } from "./plugins/coast.ts";

// Every file directly in src/ is the script of one kind of page, every file directly in styles/ a style sheet.
const entries = Object.fromEntries(
  ["src", "styles"].flatMap((folder) =>
    readdirSync(resolve(import.meta.dirname, folder), { withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => [`${folder}/${file.name}`, resolve(import.meta.dirname, folder, file.name)]),
  ),
);

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [coast()],
  build: {
    outDir: resolve(import.meta.dirname, "../api/pages/static"),
    emptyOutDir: true,
    assetsDir: "",
    // Fonts stay files, so that they can be preloaded and kept; a data: address could be neither.
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: { input: entries },
  },
});
