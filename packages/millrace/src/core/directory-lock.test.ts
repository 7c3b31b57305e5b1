import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DirectoryLock, DirectoryLockedError } from "./directory-lock.ts";

it("gives a directory to one owner at a time", () => {
  const dir = mkdtempSync(join(tmpdir(), "millrace-lock-"));
  const first = new DirectoryLock(dir);
  expect(() => new DirectoryLock(dir)).toThrow(DirectoryLockedError);
  first[Symbol.dispose]();
  new DirectoryLock(dir)[Symbol.dispose]();
  rmSync(dir, { recursive: true });
});
