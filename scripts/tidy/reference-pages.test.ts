import { expect, it } from "vitest";
import { freshReference, referencePages } from "./reference-pages.ts";
import { Tree, TreeFile } from "./tree.ts";

const empty =
  "# x\n<!-- settings:start -->\n<!-- settings:end -->\n<!-- localstack:start -->\n<!-- localstack:end -->\n";
const path = "docs/configuration.md";

function treeWith(text: string): Tree {
  return new Tree([new TreeFile(path, text.length, () => text)]);
}

it("finds a page that is out of date, and nothing once it is written", async () => {
  expect(await referencePages(treeWith(empty))).toMatchObject([{ path, rule: "reference" }]);
  const fresh = await freshReference(path, empty);
  const text = "text" in fresh ? fresh.text : "";
  expect(text).toContain("| `port` | `--port N` | `MILLRACE_PORT` | `4566` |");
  expect(text).toContain("`GATEWAY_LISTEN`");
  expect(await referencePages(treeWith(text))).toEqual([]);
});

it("says where the marks are missing", async () => {
  expect(await freshReference(path, "# x\n")).toEqual({ problem: expect.stringContaining("settings:start") });
});

it("has every command, with its flags", async () => {
  const fresh = await freshReference("docs/cli.md", "<!-- commands:start --><!-- commands:end -->");
  const text = "text" in fresh ? fresh.text : "";
  for (const command of ["start", "wait", "env", "snapshot save", "doctor", "aws"])
    expect(text).toMatch(new RegExp(`^#+ millrace ${command}$`, "m"));
  expect(text).toContain("`--timeout <seconds>`");
});
