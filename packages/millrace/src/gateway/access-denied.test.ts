import { expect, test } from "vitest";
import { accessDenied } from "./access-denied.ts";

test.each([
  ["json", "AccessDeniedException", 400],
  ["rest", "AccessDeniedException", 403],
  ["query", "AccessDenied", 403],
  ["s3", "AccessDenied", 403],
] as const)("%s clients get %s %i", (family, code, status) => {
  expect(accessDenied("no", family)).toMatchObject({ code, status, message: "no" });
});
