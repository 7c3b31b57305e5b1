import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ModelFile } from "../../packages/millrace/src/gateway/model/model-file.ts";
import { compilePattern } from "../../packages/millrace/src/gateway/shape/pattern.ts";
import { printIndex, printModel } from "./print.ts";
import { sdkModel } from "./sdk-model.ts";
import { factsServices } from "./services.ts";

const folder = new URL("../../packages/millrace/src/gateway/facts/", import.meta.url);

function committed(id: string): string {
  return readFileSync(new URL(`${id}.json`, folder), "utf8");
}

describe("the committed models", () => {
  // When this fails after an update of an @aws-sdk package, `npm run facts` writes the new shapes.
  it.each(factsServices)("$id says what the installed $client says", (service) => {
    const { service: facts, operations, shapes } = JSON.parse(committed(service.id)) as ModelFile;
    expect({ service: facts, operations, shapes }).toEqual(sdkModel(service));
  });

  it.each(factsServices)("$id is printed as the generator prints it", (service) => {
    const text = committed(service.id);
    expect(printModel(JSON.parse(text) as ModelFile)).toBe(text);
  });

  it("are all in the index, and nothing else is", () => {
    const models = factsServices.map(({ id }) => JSON.parse(committed(id)) as ModelFile);
    expect(committed("index")).toBe(printIndex(models.map((model) => model.service)));
    const files = ["index", ...factsServices.map(({ id }) => id)].map((id) => `${id}.json`);
    expect(readdirSync(folder).sort()).toEqual(files.sort());
  });

  it.each(factsServices)("$id names only kinds and shapes that it has", ({ id }) => {
    const { kinds, members, errors, shapes } = JSON.parse(committed(id)) as ModelFile;
    const used = [
      ...Object.values(members).flatMap((bound) => Object.values(bound)),
      ...Object.values(kinds).flatMap((kind) =>
        [kind.element, kind.key, kind.value].filter((name) => name !== undefined),
      ),
    ];
    expect(used.filter((name) => !Object.hasOwn(kinds, name))).toEqual([]);
    expect(
      Object.values(errors)
        .flat()
        .filter((name) => !Object.hasOwn(shapes, name)),
    ).toEqual([]);
  });

  it.each(factsServices)("$id has patterns that JavaScript understands", ({ id }) => {
    const { kinds } = JSON.parse(committed(id)) as ModelFile;
    for (const { pattern } of Object.values(kinds)) {
      if (pattern === undefined) continue;
      const regex = compilePattern(pattern);
      // Without the `u` flag a class such as \p{L} would quietly match the letters p, {, L and }.
      expect(regex.unicode || !/\\p\{/.test(regex.source), pattern).toBe(true);
    }
  });
});
