import { expect, it } from "vitest";
import { readConfiguration } from "../configuration.ts";
import { ConfigurationError } from "./configuration.ts";

it.each<[Record<string, string>, object]>([
  [{ GATEWAY_LISTEN: "127.0.0.1:4577,127.0.0.1:443" }, { host: "127.0.0.1", port: 4577 }],
  [{ GATEWAY_LISTEN: ":4577" }, { host: "127.0.0.1", port: 4577 }],
  [{ GATEWAY_LISTEN: "[::1]:4577" }, { host: "::1", port: 4577 }],
  [{ GATEWAY_LISTEN: "localhost" }, { host: "localhost", port: 4566 }],
  [{ LOCALSTACK_GATEWAY_LISTEN: ":4588" }, { port: 4588 }],
  [{ GATEWAY_LISTEN: ":4577", MILLRACE_PORT: "4599" }, { port: 4599 }],
  [{ PERSISTENCE: "0" }, { durability: { mode: "memory" } }],
  [{ LOCALSTACK_PERSISTENCE: "True" }, { durability: { mode: "sync" } }],
  [{ PERSISTENCE: "perhaps" }, { durability: { mode: "sync" } }],
  [{ SERVICES: "s3, kinesis,kinesisanalyticsv2" }, { services: ["s3", "kinesis", "kinesis-analytics-v2"] }],
  [{ SERVICES: "s3,sqs,lambda" }, { services: ["s3"] }],
  [{ SERVICES: "sqs" }, { services: undefined }],
  [{ LS_LOG: "trace" }, { logLevel: "debug" }],
  [{ LS_LOG: "WARNING" }, { logLevel: "warn" }],
  [{ LS_LOG: "loud" }, { logLevel: "warn" }],
  [
    { LS_LOG: "", SERVICES: "", GATEWAY_LISTEN: "" },
    { logLevel: "warn", port: 4566 },
  ],
])("understands %j", (environment, expected) => {
  expect(readConfiguration([], environment)).toMatchObject(expected);
});

it.each([
  [{ GATEWAY_LISTEN: "0.0.0.0:4566" }, /^GATEWAY_LISTEN 0\.0\.0\.0 is reachable.*--auth verify/],
  [{ GATEWAY_LISTEN: "4566:127.0.0.1" }, /^GATEWAY_LISTEN .* must be ADDRESS:PORT/],
  [{ GATEWAY_LISTEN: ":99999" }, /^GATEWAY_LISTEN "99999" must be a whole number/],
])("refuses %j, and names the variable", (environment, message) => {
  expect(() => readConfiguration([], environment)).toThrow(ConfigurationError);
  expect(() => readConfiguration([], environment)).toThrow(message);
});
