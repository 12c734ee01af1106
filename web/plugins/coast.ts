/**
 * The coast around Việt Nam, for the map: made when the site is built from Natural Earth's land (npm `world-atlas`,
 * public domain), cut to a rectangle, and read by the service, which projects it. Land only: no borders of states.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Plugin } from "vite";
import { type Box, cut, type Point } from "./cutting.ts";

/** Wider than the map, so that the edges that cutting makes lie outside it. */
const BOX: Box = { west: 98, south: 4, east: 121, north: 27 };
const DECIMALS = 2;
const FILE = "coast.json";

/** Give the rings of the land within the box, in degrees: longitude, latitude. */
function rings(): Point[][] {
  const path = createRequire(import.meta.url).resolve("world-atlas/land-50m.json");
  const topology = JSON.parse(readFileSync(path, "utf-8")) as Topology<{ land: GeometryCollection }>;
  const land = feature(topology, topology.objects.land);
  return land.features
    .flatMap(({ geometry }) => {
      if (geometry.type === "Polygon") return geometry.coordinates;
      return geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [];
    })
    .map((ring) =>
      cut(
        ring.map(([x = 0, y = 0]): Point => [x, y]),
        BOX,
      ).map(rounded),
    )
    .filter((ring) => ring.length > 2);
}

function rounded([longitude, latitude]: Point): Point {
  return [Number(longitude.toFixed(DECIMALS)), Number(latitude.toFixed(DECIMALS))];
}

/** Have the build write the coast beside the scripts. */
export function coast(): Plugin {
  return {
    name: "coast",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: FILE, source: JSON.stringify({ rings: rings() }) });
    },
  };
}
