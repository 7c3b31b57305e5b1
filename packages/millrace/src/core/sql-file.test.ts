import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SqlFile } from "./sql-file.ts";

const schema = "CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY) STRICT";

function open(path = ":memory:"): {
  file: SqlFile;
  add: (word: string) => Promise<string>;
  words: () => string[];
} {
  const file = new SqlFile({ path, sync: "off", schema });
  const insert = file.prepare("INSERT INTO words VALUES (?)");
  const select = file.prepare("SELECT word FROM words ORDER BY word");
  return {
    file,
    add: (word) =>
      file.write(() => {
        insert.run(word);
        return word;
      }),
    words: () => select.all().map((row) => String(row["word"])),
  };
}

describe("SqlFile", () => {
  it("answers what the work returned, when it is in the file", async () => {
    const { file, add, words } = open();
    const adding = add("one");
    expect(words()).toEqual([]);
    expect(await adding).toBe("one");
    expect(words()).toEqual(["one"]);
    file.close();
  });

  it("undoes the work that threw, and nothing of its neighbours", async () => {
    const { file, add, words } = open();
    const half = file.write(() => {
      file.prepare("INSERT INTO words VALUES ('half')").run();
      throw new Error("changed my mind");
    });
    const outcomes = await Promise.allSettled([add("one"), half, add("one"), add("two")]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(words()).toEqual(["one", "two"]);
    file.close();
  });

  it("writes what waits before it closes, and refuses afterwards", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-sql-"));
    try {
      const path = join(folder, "words.sqlite");
      const { file, add } = open(path);
      const adding = add("late");
      file.close();
      file.close();
      await expect(adding).resolves.toBe("late");
      await expect(add("later")).rejects.toThrow("closed");
      const again = open(path);
      expect(again.words()).toEqual(["late"]);
      again.file.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
