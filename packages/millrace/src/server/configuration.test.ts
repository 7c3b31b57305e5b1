import { describe, expect, it } from "vitest";
import { describeSettings } from "./configuration/settings.ts";
import { ConfigurationError, isLoopback, readConfiguration } from "./configuration.ts";

describe("readConfiguration", () => {
  it("has defaults that are safe on a laptop", () => {
    expect(readConfiguration([], {})).toMatchObject({
      port: 4566,
      host: "127.0.0.1",
      auth: "trust",
      account: "000000000000",
      durability: { mode: "sync" },
      limits: "off",
    });
  });

  it("takes flags before the environment", () => {
    const environment = {
      MILLRACE_PORT: "5000",
      MILLRACE_ACCOUNT: "123456789012",
      MILLRACE_TRANSITION_MS: "0",
    };
    const configuration = readConfiguration(["--port", "6000", "--durability", "interval:20"], environment);
    expect(configuration).toMatchObject({
      port: 6000,
      account: "123456789012",
      transitionMs: 0,
      durability: { mode: "interval", intervalMs: 20 },
    });
  });

  it.each([
    [["--port", "65536"], "--port"],
    [["--port", "http"], "--port"],
    [["--auth", "none"], "--auth"],
    [["--account", "123"], "--account"],
    [["--durability", "interval:0"], "--durability"],
    [["--durability", "often"], "--durability"],
    [["--data", ""], "--data"],
    [["--master-key", "c2hvcnQ="], "--master-key"],
    [["--colour", "blue"], "--colour"],
    [["--object-store", "minio"], "--object-store"],
    [["--redshift-port", "65536"], "--redshift-port"],
    [["--redshift-s3-endpoint", "s3.example"], "--redshift-s3-endpoint"],
    [["--redshift-vpc-s3-endpoint", "ftp://proxy"], "--redshift-vpc-s3-endpoint"],
    [["--redshift-vpc-s3-endpoint", "http://user:secret@proxy"], "(not shown)"],
    [["stray"], "stray"],
    [["--host", "0.0.0.0"], "--auth verify"],
    [["--host", "::"], "--auth verify"],
    [["--host", "128.0.0.1"], "--auth verify"],
  ])("refuses %j and says what is wrong", (args, text) => {
    expect(() => readConfiguration(args, {})).toThrow(ConfigurationError);
    expect(() => readConfiguration(args, {})).toThrow(text);
  });

  it("takes Redshift's port and its ways to S3", () => {
    const byDefault = { redshiftPort: undefined, redshiftRoutes: { standard: undefined, vpc: undefined } };
    expect(readConfiguration([], {})).toMatchObject(byDefault);
    const flags = ["--redshift-port", "0", "--redshift-s3-endpoint", "https://minio:9000"];
    const environment = { MILLRACE_REDSHIFT_VPC_S3_ENDPOINT: "http://proxy" };
    expect(readConfiguration(flags, environment)).toMatchObject({
      redshiftPort: 0,
      redshiftRoutes: { standard: "https://minio:9000", vpc: "http://proxy" },
    });
  });

  it("listens beyond loopback when signatures are checked", () => {
    expect(readConfiguration(["--host", "0.0.0.0", "--auth", "verify"], {}).host).toBe("0.0.0.0");
  });

  it("takes places for objects from a flag that is given several times, and from the environment", () => {
    const flags = ["--object-store", "local,old-=local", "--object-store", "lake-=s3://bucket/p"];
    const prefixes = readConfiguration(flags, {}).objectStores.map((entry) => entry.bucketPrefix);
    expect(prefixes).toEqual(["", "old-", "lake-"]);
    const environment = {
      MILLRACE_OBJECT_STORE: "s3://bucket",
      MILLRACE_OBJECT_STORE_ACCESS_KEY_ID: "id",
      MILLRACE_OBJECT_STORE_SECRET_ACCESS_KEY: "secret",
    };
    expect(readConfiguration([], environment)).toMatchObject({
      objectStores: [{ remote: { name: "s3=bucket/" } }],
      objectStoreCredentials: { accessKeyId: "id", secretAccessKey: "secret" },
    });
    expect(readConfiguration([], {})).toMatchObject({ objectStores: [], objectStoreCredentials: undefined });
  });

  it.each([
    [["--object-store", "s3://bucket", "--durability", "memory"], "--object-store needs"],
    [["--object-store-access-key-id", "id"], "MILLRACE_OBJECT_STORE_SECRET_ACCESS_KEY"],
    [["--object-store-secret-access-key", "hunter2"], "MILLRACE_OBJECT_STORE_ACCESS_KEY_ID"],
    [["--object-store", "s3://me:hunter2@bucket/p"], "--object-store"],
    [["--object-store", "s3://bucket?endpoint=http://me:hunter2@host"], "--object-store"],
  ])("refuses %j without repeating secrets", (args, text) => {
    expect(() => readConfiguration(args, {})).toThrow(ConfigurationError);
    expect(() => readConfiguration(args, {})).toThrow(text);
    expect(() => readConfiguration(args, {})).not.toThrow("hunter2");
  });

  it("does not repeat a wrong secret", () => {
    expect(() => readConfiguration(["--master-key", "hunter2"], {})).not.toThrow("hunter2");
  });
});

describe("isLoopback", () => {
  it.each(["127.0.0.1", "127.9.9.9", "localhost", "::1"])("knows %s", (host) =>
    expect(isLoopback(host)).toBe(true),
  );
  it.each(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.org", "localhost.example.org"])("not %s", (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});

describe("describeSettings", () => {
  it("names every flag and its default", () => {
    expect(describeSettings()).toMatch(/--port N .*\(4566\)/);
  });
});
