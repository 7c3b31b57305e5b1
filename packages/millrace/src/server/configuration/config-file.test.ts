import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadConfiguration } from "../configuration.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-config-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function load(
  environment: Record<string, string> = {},
  args: readonly string[] = [],
  file?: string,
): ReturnType<typeof loadConfiguration> {
  return loadConfiguration({ args, environment, folder, file });
}

it("does without a file", async () => {
  const { configuration, file, settings } = await load();
  expect(configuration.port).toBe(4566);
  expect(file).toBeUndefined();
  expect(settings.sourceOf("port")).toEqual({ kind: "default" });
});

it("takes the file, then the environment, then flags, and knows which it was", async () => {
  await writeFile(
    join(folder, "millrace.config.mjs"),
    "export default { port: 1, account: '111111111111', shardLimit: 11 };",
  );
  const { configuration, settings } = await load({ MILLRACE_PORT: "2", MILLRACE_SHARD_LIMIT: "22" }, [
    "--port",
    "3",
  ]);
  expect(configuration).toMatchObject({ port: 3, account: "111111111111", shardLimit: 22 });
  expect(settings.sourceOf("port")).toEqual({ kind: "flag", name: "--port" });
  expect(settings.sourceOf("shard-limit")).toEqual({ kind: "environment", name: "MILLRACE_SHARD_LIMIT" });
  expect(settings.sourceOf("account")).toEqual({ kind: "file", name: "account in millrace.config.mjs" });
});

it("reads JSON, named on the command line or in the environment", async () => {
  await writeFile(join(folder, "other.json"), '{ "port": 17, "data": "kept" }');
  expect((await load({}, [], "other.json")).configuration).toMatchObject({
    port: 17,
    data: join(folder, "kept"),
  });
  expect((await load({ MILLRACE_CONFIG: "other.json" })).configuration.port).toBe(17);
});

it.each([
  ["millrace.config.json", "{ port: 1 }", "millrace.config.json is no JSON"],
  [
    "millrace.config.json",
    '{ "prot": 1 }',
    '"prot" in millrace.config.json is no setting. Did you mean port?',
  ],
  ["millrace.config.mjs", "export const port = 1;", "has no default export"],
  ["millrace.config.mjs", "export default {", "millrace.config.mjs cannot be loaded"],
  ["millrace.config.mjs", "throw new Error('out of luck')", "out of luck"],
  ["millrace.config.mjs", 'import "./nothing.mjs"; export default {};', "nothing.mjs"],
])("refuses %s with %s", async (name, text, message) => {
  await writeFile(join(folder, name), text);
  await expect(load()).rejects.toMatchObject({
    name: "ConfigurationError",
    message: expect.stringContaining(message),
  });
});

it("refuses to choose between two files, and a named file that is not there or is none", async () => {
  await writeFile(join(folder, "millrace.config.json"), "{}");
  await writeFile(join(folder, "millrace.config.mjs"), "export default {}");
  await writeFile(join(folder, "settings.yaml"), "port: 1");
  await expect(load()).rejects.toThrow("millrace.config.mjs and millrace.config.json");
  await expect(load({}, [], "none.json")).rejects.toThrow("none.json is not there");
  await expect(load({}, [], "settings.yaml")).rejects.toThrow("must end in .ts");
  expect((await load({}, [], "millrace.config.json")).configuration.port).toBe(4566);
});
