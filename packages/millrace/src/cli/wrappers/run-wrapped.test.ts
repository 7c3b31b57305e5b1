import { expect, it } from "vitest";
import { byAddress } from "./run-wrapped.ts";

it.each([
  ["http://localhost:4566", "http://127.0.0.1:4566"],
  ["http://127.0.0.1:4566", "http://127.0.0.1:4566"],
  ["https://millrace.example/base", "https://millrace.example/base"],
])("%s is asked at %s", (url, expected) => expect(byAddress(url)).toBe(expected));
