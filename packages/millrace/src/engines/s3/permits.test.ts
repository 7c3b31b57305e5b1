import { expect, test } from "vitest";
import { Permits } from "./permits.ts";

test("as many hold one as there are; the others come in their order", async () => {
  const permits = new Permits(2);
  const order: number[] = [];
  const take = async (holder: number): Promise<void> => {
    await permits.acquire();
    order.push(holder);
  };
  const taking = [1, 2, 3, 4].map(take);
  await Promise.all(taking.slice(0, 2));
  expect(order).toEqual([1, 2]);
  permits.release();
  await taking[2];
  expect(order).toEqual([1, 2, 3]);
  permits.release();
  await taking[3];
  permits.release();
  permits.release();
  await Promise.all([take(5), take(6)]);
  expect(order).toEqual([1, 2, 3, 4, 5, 6]);
});
