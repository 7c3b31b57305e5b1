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

  it("replays 3,000,000 flights and finds each one in its place", { timeout: 600_000 }, async () => {
    const printed = await mustRun([process.execPath, join(examples, "flights/main.ts")], {
      timeoutMs: 580_000,
    });
    expect(printed).toContain("All 3000000 flights are there, in order for each of 229 airports.");
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
