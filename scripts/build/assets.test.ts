import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyAssets } from "./assets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "millrace-assets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("copies what is no code and no page, and keeps its place", () => {
  const source = join(folder, "src");
  for (const path of ["gateway/facts", "gateway/fixtures"])
    mkdirSync(join(source, path), { recursive: true });
  for (const path of [
    "index.ts",
    "README.md",
    "gateway/facts/kinesis.json",
    "gateway/fixtures/a.json",
    "gateway/a.tsx",
  ])
    writeFileSync(join(source, path), path);
  expect(copyAssets(source, join(folder, "dist"))).toEqual([join("gateway", "facts", "kinesis.json")]);
  expect(readFileSync(join(folder, "dist/gateway/facts/kinesis.json"), "utf8")).toBe(
    "gateway/facts/kinesis.json",
  );
  expect(readdirSync(join(folder, "dist"))).toEqual(["gateway"]);
});

it("fails when there are no sources", () => {
  expect(() => copyAssets(join(folder, "nowhere"), join(folder, "dist"))).toThrow("ENOENT");
});
