import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MillraceProcess, repositoryRoot } from "../fixtures/millrace-process.ts";
import { mustRun } from "../fixtures/run-command.ts";

const examples = join(repositoryRoot, "examples");

describe("the examples", () => {
  it("puts a first record and gets it back", async () => {
    const millrace = await MillraceProcess.start();
    try {
      const printed = await mustRun([process.execPath, join(examples, "first-record/main.ts"), millrace.url]);
      expect(printed).toBe("world: Hello, stream!\n");
    } finally {
      await millrace.dispose();
    }
  });

  it("replays flights through a Millrace of its own and finds each one in its place", async () => {
    const printed = await mustRun([process.execPath, join(examples, "flights/main.ts"), "--limit", "400000"]);
    expect(printed).toMatch(/All 400000 flights are there, in order for each of \d+ airports\./);
  });

  it("replays a part of the flights through a Millrace that runs already", async () => {
    const millrace = await MillraceProcess.start({ flags: { durability: "memory" } });
    try {
      const flights = [
        process.execPath,
        join(examples, "flights/main.ts"),
        "--endpoint",
        millrace.url,
      ] as const;
      const printed = await mustRun([...flights, "--limit", "20000", "--shards", "7", "--lanes", "3"]);
      expect(printed).toContain("All 20000 flights are there");
    } finally {
      await millrace.dispose();
    }
  });
});
