import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { type VirtualEnvironment, virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let programs: VirtualEnvironment;

beforeAll(async () => {
  programs = await virtualEnvironment();
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

const script = join(import.meta.dirname, "cloudwatch.py");
const found = {
  metrics: {
    encodings: [expect.stringContaining("gzip")],
    listed: 1000,
    sums: [999],
    unit: "Count",
    values: { m: [7], e: [42] },
    reserved: ["InvalidParameterValue", 400],
    "not there": ["NotImplemented", 501],
  },
  logs: {
    found: true,
    tags: { a: "1" },
    exists: ["ResourceAlreadyExistsException", 400],
    "not there": ["NotImplemented", 501],
  },
};

describe("boto3", () => {
  it("puts and gets metrics and log events", async () => {
    const printed = await mustRun([programs.python, script, millrace.url, "test", "test"]);
    expect(JSON.parse(printed)).toEqual(found);
  });

  it("does the same where signatures are verified, over the bytes that it compressed", async () => {
    const verifying = await MillraceProcess.start({ flags: { auth: "verify" } });
    const { accessKeyId: id, secretAccessKey: secret } = verifying.root;
    try {
      const printed = await mustRun([programs.python, script, verifying.url, id, secret]);
      expect(JSON.parse(printed)).toEqual(found);
    } finally {
      await verifying.dispose();
    }
  });
});

describe("the AWS CLI", () => {
  it("puts and gets metrics", async () => {
    await cloud(
      "put-metric-data",
      "--namespace",
      "cli",
      "--metric-name",
      "m",
      "--value",
      "5",
      "--unit",
      "Bytes",
    );
    await cloud(
      "put-metric-data",
      "--namespace",
      "cli",
      "--metric-name",
      "m",
      "--value",
      "7",
      "--unit",
      "Bytes",
    );
    const nowMs = Date.now();
    const printed = await cloud(
      ...["get-metric-statistics", "--namespace", "cli", "--metric-name", "m", "--period", "3600"],
      ...["--statistics", "Sum", "SampleCount", "--start-time", new Date(nowMs - 3_600_000).toISOString()],
      ...["--end-time", new Date(nowMs + 60_000).toISOString()],
    );
    const { Label, Datapoints } = JSON.parse(printed) as { Label: string; Datapoints: { Sum: number }[] };
    expect(Label).toBe("m");
    expect(Datapoints.reduce((sum, point) => sum + point.Sum, 0)).toBe(12);
  });

  it("reads a log group as its tail command does", async () => {
    const aws = (...args: readonly string[]): Promise<string> => run("logs", ...args);
    await aws("create-log-group", "--log-group-name", "/cli");
    await aws("create-log-stream", "--log-group-name", "/cli", "--log-stream-name", "s");
    const nowMs = Date.now();
    const events = ["one", "two ERROR", "three"].map((message, at) => ({
      timestamp: nowMs - 3 + at,
      message,
    }));
    await aws(
      ...["put-log-events", "--log-group-name", "/cli", "--log-stream-name", "s"],
      ...["--log-events", JSON.stringify(events)],
    );
    // What `aws logs tail` of the second version asks for, which is not on PyPI.
    const tail = async (...more: readonly string[]): Promise<string[]> => {
      const asked = ["--log-group-name", "/cli", "--interleaved", "--start-time", `${nowMs - 3_600_000}`];
      const printed = await aws("filter-log-events", ...asked, ...more);
      const { events } = JSON.parse(printed) as { events: { message: string }[] };
      return events.map(({ message }) => message);
    };
    expect(await tail()).toEqual(["one", "two ERROR", "three"]);
    expect(await tail("--filter-pattern", "ERROR", "--page-size", "1")).toEqual(["two ERROR"]);
  });
});

function cloud(...args: readonly string[]): Promise<string> {
  return run("cloudwatch", ...args);
}

/** A command that must succeed, with what it printed. */
function run(service: string, ...args: readonly string[]): Promise<string> {
  return mustRun([programs.python, "-m", "awscli", service, ...args], {
    environment: {
      AWS_ENDPOINT_URL: millrace.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_DEFAULT_OUTPUT: "json",
      AWS_PAGER: "",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
  });
}
