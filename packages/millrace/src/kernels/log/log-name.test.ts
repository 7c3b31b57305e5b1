import path from "node:path";
import { expect, test } from "vitest";
import { LogInputError } from "./errors.ts";
import { seededRandom } from "./log-fixture.ts";
import { directoryOfId, idOfDirectory } from "./log-name.ts";

test.each([
  ["orders", "orders"],
  ["Orders", "+orders"],
  ["a/../../etc", "a%2f..%2f..%2fetc"],
  ["..", "%2e%2e"],
  [".", "%2e"],
  [".hidden", "%2ehidden"],
  ["end.", "end%2e"],
  ["nul\0byte", "nul%00byte"],
  ["é", "%c3%a9"],
  ["100%", "100%25"],
  ["a+b", "a%2bb"],
])("%j is stored as %j and back", (id, name) => {
  expect(directoryOfId(id)).toBe(name);
  expect(idOfDirectory(name)).toBe(id);
});

test("random ids never leave the directory, never meet each other, and come back", () => {
  const random = seededRandom(7);
  const alphabet = "aA./\\%+-_0\u00e9\n:*?~";
  const seen = new Map<string, string>();
  for (let i = 0; i < 5000; i++) {
    const length = 1 + Math.floor(random() * 8);
    const id = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
    const name = directoryOfId(id);
    expect(path.resolve("/store", name)).toBe(`/store/${name}`);
    expect(name).not.toMatch(/^\.|\.$|[A-Z/\\]/);
    expect(idOfDirectory(name)).toBe(id);
    expect(seen.get(name) ?? id).toBe(id);
    seen.set(name, id);
  }
});

test.each(["", "x".repeat(401), "é".repeat(100), "\ud800"])("%j is refused", (id) => {
  expect(() => directoryOfId(id)).toThrow(LogInputError);
});

test.each(["Orders", "%2E", ".deleted-1", "%zz", "%61", "%ff", "", "."])("directory %j is no log", (name) => {
  expect(idOfDirectory(name)).toBeUndefined();
});
