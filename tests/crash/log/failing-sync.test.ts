import { expect, test } from "vitest";
import { FaultyFiles } from "../../../packages/millrace/src/kernels/log/faulty-files.ts";
import { LogFailedError } from "../../../packages/millrace/src/kernels/log/index.ts";
import {
  LogFixture,
  payloadOf,
  readAll,
  seededRandom,
} from "../../../packages/millrace/src/kernels/log/log-fixture.ts";

test("whenever a sync fails, what was acknowledged before and after reopening is there", async () => {
  await using fixture = new LogFixture();
  const random = seededRandom(31);
  const promised = new Map<number, number>();
  let seed = 0;
  let failures = 0;
  for (let round = 0; round < 40; round++) {
    const files = new FaultyFiles(random, { shortWrites: round % 3 === 0 });
    const store = fixture.store({ segmentMaxBytes: 40_000 }, files);
    const log = await store.open("a");
    const healthy = Math.floor(random() * 12);
    for (let i = 0; ; i++) {
      if (i === healthy) files.failingSyncs = 1;
      const own = seed++;
      const appending = log.append({ count: 1, kind: 1, payload: payloadOf(own, 3000) });
      const failure = await appending.then(
        ({ firstOffset }) => void promised.set(firstOffset, own),
        (error) => error,
      );
      if (failure === undefined) continue;
      expect(failure).toBeInstanceOf(LogFailedError);
      failures += 1;
      break;
    }
    await store.close();
    const again = fixture.store();
    const batches = await readAll(await again.open("a"));
    expect(batches.map((batch) => batch.firstOffset)).toEqual(batches.map((_, i) => i));
    for (const [offset, own] of promised)
      expect(batches[offset]?.payload.equals(payloadOf(own, 3000))).toBe(true);
    await again.close();
  }
  expect(failures).toBe(40);
});
