import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLogs } from "./index.ts";
import { account, groupArn, region, startMs, TestLogs } from "./test-logs.ts";

describe("LogsState", () => {
  it("writes lines of other services, making group and stream", async () => {
    await using logs = await TestLogs.start();
    const lines = ["1", "2"].map((line) => logs.state.write(account, region, "/aws/x", "s", startMs, line));
    await Promise.all(lines);
    const { events } = await logs.run("FilterLogEvents", { logGroupName: "/aws/x" });
    expect(events?.map(({ message, logStreamName }) => [logStreamName, message])).toEqual([
      ["s", "1"],
      ["s", "2"],
    ]);
  });

  it("keeps what it acknowledged when it is opened again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-logs-"));
    try {
      const path = join(folder, "events.sqlite");
      const first = await TestLogs.start(path);
      await first.run("CreateLogGroup", { logGroupName: "app", tags: { a: "1" } });
      await first.streams("a");
      await first.put("a", ["1"]);
      // Not closed: a crash closes nothing either.
      await using second = await TestLogs.start(path);
      expect(await second.messages("a")).toEqual(["1"]);
      expect(await second.run("ListTagsLogGroup", { logGroupName: "app" })).toEqual({ tags: { a: "1" } });
      await first[Symbol.asyncDispose]();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("removes a big group in several steps", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    for (let i = 0; i < 3; i++) await logs.put("a", new Array<string>(8_000).fill("x"));
    await logs.run("DeleteLogGroup", { logGroupName: "app" });
    const steps: boolean[] = [];
    while (steps.push(await logs.state.sweep()) < 10 && steps.at(-1));
    expect(steps).toEqual([true, true, false]);
    for (const table of ["events", "trash"])
      expect(logs.file.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]).toBe(0);
  });

  it("forgets everything on reset", async () => {
    await using logs = await TestLogs.start();
    await logs.state.reset();
    expect(await logs.run("DescribeLogGroups", {})).toEqual({ logGroups: [] });
  });

  it("shows its policies to the policy engine, to each account its own", async () => {
    await using logs = await TestLogs.start();
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "logs:PutLogEvents", Resource: "*" }];
    const policyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await logs.run("PutResourcePolicy", { policyName: "p", policyDocument });
    const service = createLogs(logs.state);
    expect(service.resourcePolicies(`${groupArn}:log-stream:a`)).toEqual([policyDocument]);
    expect(service.resourcePolicies(groupArn.replace(account, "111111111111"))).toEqual([]);
    expect(service.resourcePolicies("*")).toEqual([]);
  });
});
