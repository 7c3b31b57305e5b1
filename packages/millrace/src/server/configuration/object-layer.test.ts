import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { configurationOf } from "../configuration.ts";
import { ConfigurationError } from "./configuration.ts";
import { defineConfig, type MillraceConfig } from "./millrace-config.ts";
import { objectLayer } from "./object-layer.ts";
import { settings } from "./settings.ts";

const thisModule = import.meta.filename;

it("takes every key", () => {
  const config: MillraceConfig = defineConfig({
    port: 0,
    host: "127.0.0.2",
    data: "elsewhere",
    auth: "verify",
    account: "123456789012",
    services: ["kinesis", "s3"],
    durability: "interval:20",
    transitionMs: 0,
    limits: "enforced",
    shardLimit: 7,
    logLevel: "silent",
    masterKey: Buffer.alloc(32, 1).toString("base64"),
    objectStores: ["local", "lake-=s3://bucket/p"],
    objectStoreAccessKeyId: "id",
    objectStoreSecretAccessKey: "secret",
    functions: { enrich: thisModule, other: "http://127.0.0.1:9/x" },
    redshiftPort: 0,
    redshiftClusterPorts: { sales: 5440, hr: 5441 },
    redshiftMemoryMib: 256,
    redshiftS3Endpoint: "http://minio:9000",
    redshiftVpcS3Endpoint: "http://vpc:9000",
    init: import.meta.dirname,
    console: false,
  });
  expect(Object.keys(config).sort()).toEqual(settings.map(({ key }) => key).sort());
  expect(configurationOf(config)).toMatchObject({
    port: 0,
    host: "127.0.0.2",
    data: resolve("elsewhere"),
    auth: "verify",
    account: "123456789012",
    services: ["kinesis", "s3"],
    durability: { mode: "interval", intervalMs: 20 },
    transitionMs: 0,
    limits: "enforced",
    shardLimit: 7,
    logLevel: "silent",
    objectStores: [{ bucketPrefix: "" }, { bucketPrefix: "lake-", remote: { bucket: "bucket" } }],
    objectStoreCredentials: { accessKeyId: "id", secretAccessKey: "secret" },
    functions: [
      { name: "enrich", target: { kind: "module", path: thisModule } },
      { name: "other", target: { kind: "http", url: "http://127.0.0.1:9/x" } },
    ],
    redshiftPort: 0,
    redshiftClusterPorts: [
      { identifier: "sales", port: 5440 },
      { identifier: "hr", port: 5441 },
    ],
    redshiftMemoryBytes: 256 * 1024 * 1024,
    redshiftRoutes: { standard: "http://minio:9000", vpc: "http://vpc:9000" },
    init: import.meta.dirname,
    console: false,
  });
});

it("has the defaults of the command line for what is left out", () => {
  expect(configurationOf({})).toMatchObject({ port: 4566, auth: "trust", console: true, init: undefined });
  expect(configurationOf({ services: [] }).services).toBeUndefined();
});

it("takes paths relative to the file", () => {
  const { texts } = objectLayer(
    { data: "kept", functions: { f: "./f.mjs" } },
    { file: "x.json", folder: "/there" },
  );
  expect(texts).toEqual({ data: resolve("/there/kept"), function: `f=${join(resolve("/there"), "f.mjs")}` });
});

it.each<[unknown, string]>([
  [{ prot: 1 }, '"prot" in m.ts is no setting. Did you mean port?'],
  [{ log_level: "info" }, "Did you mean logLevel?"],
  [{ telescope: 1 }, "There are port, host"],
  [{ port: "4566" }, 'port in m.ts "4566" must be a number.'],
  [{ port: Number.NaN }, "port in m.ts"],
  [{ port: 70_000 }, 'port in m.ts "70000" must be a whole number from 0 to 65535.'],
  [{ port: 1.5 }, 'port in m.ts "1.5" must be'],
  [{ console: "yes" }, "console in m.ts"],
  [{ auth: "none" }, "one of trust, verify"],
  [{ data: "" }, "data in m.ts"],
  [{ services: "kinesis,s3", port: null }, "port in m.ts null must be a number"],
  [{ services: [1] }, "services in m.ts [1] must be a list"],
  [{ services: ["a,b"] }, "services in m.ts"],
  [{ functions: { f: "./a,b.mjs" } }, "functions in m.ts"],
  [{ functions: { f: 7 } }, "functions in m.ts"],
  [{ functions: ["f"] }, "functions in m.ts"],
  [{ redshiftClusterPorts: { sales: "5440" } }, "redshiftClusterPorts in m.ts"],
  [{ redshiftClusterPorts: { "a=b": 5440 } }, "redshiftClusterPorts in m.ts"],
  [{ host: () => "x" }, "host in m.ts a function must be a text."],
  [{ constructor: 1 }, '"constructor" in m.ts is no setting'],
  ["port: 1", "m.ts must be an object"],
  [null, "m.ts must be an object"],
  [[], "m.ts must be an object"],
])("refuses %j and names the key", async (value, message) => {
  const { interpret } = await import("./interpret.ts");
  const { ResolvedSettings } = await import("./resolved.ts");
  const read = () => interpret(new ResolvedSettings([objectLayer(value, { file: "m.ts", folder: "/" })]));
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(message);
});

it("does not repeat a secret of the wrong type, or anything at length", () => {
  const wrong = { masterKey: 12_345_678 } as unknown as MillraceConfig;
  expect(() => configurationOf(wrong)).toThrow("(not shown)");
  expect(() => configurationOf(wrong)).not.toThrow("12345678");
  expect(() => configurationOf({ account: "9".repeat(100_000) })).toThrow(/^.{1,300}$/);
});
