import { expect, it } from "vitest";
import { CommandError } from "../command-error.ts";
import { parseTarget } from "./targets.ts";

it.each([
  ["stream/flights", "stream", "flights", "ACTIVE"],
  ["stream/flights=CREATING", "stream", "flights", "CREATING"],
  ["delivery-stream/a.b_c", "delivery-stream", "a.b_c", "ACTIVE"],
  ["application/x=RUNNING", "application", "x", "RUNNING"],
  ["cluster/sales", "cluster", "sales", "available"],
  ["bucket/lake", "bucket", "lake", "EXISTS"],
])("reads %s", (text, kind, name, state) => {
  expect(parseTarget(text)).toMatchObject({ kind: { name: kind }, name, state });
});

it.each(["", "stream", "stream/", "queue/x", "stream/x=", "/x", "stream=ACTIVE"])("refuses %j", (text) => {
  expect(() => parseTarget(text)).toThrow(CommandError);
});
