import { expect, test } from "vitest";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Grant } from "../catalog/records.ts";
import { type GrantChange, grantsOfNewOwner, withGrant, withoutGrant } from "./grant-list.ts";

const object = { name: "t", ownerId: 1 };

function change(grantorId: number, granteeId: number, parts: Partial<GrantChange> = {}): GrantChange {
  return { granteeKind: "user", granteeId, grantorId, privilege: "select", column: undefined, ...parts };
}

/** Numbers in [0, 1) from a seed: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Users whose chain of options begins at the owner. */
function reached(grants: readonly Grant[], ownerId: number): Set<number> {
  const found = new Set([ownerId]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const grant of grants)
      if (grant.withGrantOption && found.has(grant.grantorId)) found.add(grant.granteeId);
  }
  return found;
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "whatever is granted and revoked, every grant comes from the owner (seed %i)",
  (seed) => {
    const random = randomNumbers(seed);
    const pick = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    let grants: readonly Grant[] = [];
    for (let step = 0; step < 2_000; step++) {
      const allowed = [...reached(grants, object.ownerId)];
      const grantor = allowed[pick(0, allowed.length - 1)] ?? object.ownerId;
      const grantee = pick(1, 7);
      try {
        grants =
          random() < 0.6
            ? withGrant(grants, change(grantor, grantee), random() < 0.6, object)
            : withoutGrant(
                grants,
                change(grantor, grantee),
                { optionOnly: random() < 0.3, cascade: random() < 0.6 },
                object,
              );
      } catch (error) {
        expect(error).toBeInstanceOf(SqlError);
      }
      const chain = reached(grants, object.ownerId);
      for (const grant of grants) expect(chain.has(grant.grantorId)).toBe(true);
      const keys = grants.map(({ granteeId, grantorId }) => `${granteeId} ${grantorId}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  },
);

test("the owner needs no grants, and what the next owner had been granted is gone", () => {
  expect(withGrant([], change(1, 1), true, object)).toEqual([]);
  const grants = withGrant(withGrant([], change(1, 2), true, object), change(2, 3), false, object);
  expect(grantsOfNewOwner(grants, 1, 2)).toEqual([
    { granteeKind: "user", granteeId: 3, grantorId: 2, privilege: "select", withGrantOption: false },
  ]);
});

test("a column and the whole of one privilege exclude each other", () => {
  const whole = withGrant([], change(1, 2), false, object);
  expect(withGrant(whole, change(1, 2, { column: "a" }), false, object)).toBe(whole);
  expect(() =>
    withoutGrant(whole, change(1, 2, { column: "a" }), { optionOnly: false, cascade: false }, object),
  ).toThrow("cannot revoke SELECT on columns");
  const columns = ["a", "b"].reduce<readonly Grant[]>(
    (grants, column) => withGrant(grants, change(1, 2, { column }), false, object),
    [],
  );
  expect(() => withGrant(columns, change(1, 2), false, object)).toThrow("has it on columns");
  expect(withoutGrant(columns, change(1, 2), { optionOnly: false, cascade: false }, object)).toEqual([]);
  expect(
    withoutGrant(columns, change(1, 2, { column: "a" }), { optionOnly: false, cascade: false }, object),
  ).toHaveLength(1);
});
