import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { AwsCli } from "./aws-cli.ts";

const group = "/app/orders";
const followTimeoutMs = 60_000;
let millrace: MillraceProcess;
let aws: AwsCli;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  aws = await AwsCli.of(millrace);
  await aws.call("logs", "create-log-group", "--log-group-name", group);
  for (const name of ["web/1", "worker"])
    await aws.call("logs", "create-log-stream", "--log-group-name", group, "--log-stream-name", name);
});
afterAll(() => millrace.dispose());

/** Puts an event that is so many seconds old. */
async function put(stream: string, message: string, ageSeconds = 0): Promise<void> {
  const logEvents = JSON.stringify([{ timestamp: Date.now() - ageSeconds * 1000, message }]);
  const where = ["--log-group-name", group, "--log-stream-name", stream];
  await aws.call("logs", "put-log-events", ...where, "--log-events", logEvents);
}

const tail = (...args: readonly string[]): Promise<string> => aws.text("logs", "tail", group, ...args);

describe("aws logs tail", () => {
  it("prints the last ten minutes of all streams, in the order of time", async () => {
    await put("worker", "yesterday", 86_400);
    await put("worker", "second", 20);
    await put("web/1", "first: ü {} %s", 30);
    const lines = (await tail()).trim().split("\n");
    expect(lines).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00 web\/1 first: ü \{\} %s$/),
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00 worker second$/),
    ]);
  });

  it("takes a time, a pattern, names of streams and a format", async () => {
    const short = await tail("--since", "2d", "--format", "short", "--log-stream-names", "worker");
    expect(short.trim().split("\n")).toEqual([
      expect.stringMatching(/^[\dT:-]+ yesterday$/),
      expect.stringMatching(/^[\dT:-]+ second$/),
    ]);
    const filtered = await tail("--since", "2d", "--filter-pattern", "?first ?yesterday");
    expect(filtered).toContain("first: ü");
    expect(filtered).toContain("yesterday");
    expect(filtered).not.toContain("second");
    expect(await tail("--log-stream-name-prefix", "web/")).not.toContain("second");
  });

  it("prints JSON indented", async () => {
    await put("web/1", '{"level":"warn","n":1}');
    const printed = await tail("--filter-pattern", '{ $.level = "warn" }', "--format", "json");
    expect(printed).toMatch(/web\/1 \n\{\n\s+"level": "warn",\n\s+"n": 1\n\}/);
  });

  it("follows what comes later", { timeout: 2 * followTimeoutMs }, async () => {
    await using following = aws.start("logs", "tail", group, "--follow", "--since", "10m");
    const shows = (text: string): Promise<void> =>
      expect.poll(() => following.printed, { timeout: followTimeoutMs, interval: 100 }).toContain(text);
    await shows("second");
    await put("worker", "third, later");
    await shows("third, later");
    await put("web/1", "fourth, later still");
    await shows("fourth, later still");
    expect(following.printed.split("third, later")).toHaveLength(2);
  });

  it("fails where there is no such group", async () => {
    const { exitCode, stderr } = await aws.run("logs", "tail", "/none");
    expect(exitCode).toBe(254);
    expect(stderr).toContain("(ResourceNotFoundException) when calling the FilterLogEvents operation");
  });
});
