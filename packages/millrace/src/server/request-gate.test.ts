import { expect, it } from "vitest";
import { ManualClock } from "../core/clock.ts";
import { RequestGate } from "./request-gate.ts";

class Visitors {
  readonly seen: string[] = [];
  readonly #ends = new Map<string, () => void>();
  readonly #gate: RequestGate;

  constructor(gate: RequestGate) {
    this.#gate = gate;
  }

  come(name: string): void {
    this.#gate.pass(
      () => {
        this.seen.push(`${name} in`);
        return new Promise((resolve) => this.#ends.set(name, resolve));
      },
      () => void this.seen.push(`${name} away`),
    );
  }

  async go(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const clock = (): ManualClock => new ManualClock();

it("lets in while it is open, and waits for those inside when it is held", async () => {
  const gate = new RequestGate({ maxWaiting: 10, maxWaitMs: 1_000 }, clock());
  const visitors = new Visitors(gate);
  visitors.come("a");
  visitors.come("b");
  let isHeld = false;
  const held = gate.hold(60_000).then(() => {
    isHeld = true;
  });
  visitors.come("c");
  await visitors.go("a");
  expect(isHeld).toBe(false);
  await visitors.go("b");
  await held;
  expect(visitors.seen).toEqual(["a in", "b in"]);
  visitors.come("d");
  gate.open();
  visitors.come("e");
  expect(visitors.seen).toEqual(["a in", "b in", "c in", "d in", "e in"]);
});

it("does not wait for those inside for ever", async () => {
  const time = clock();
  const gate = new RequestGate({ maxWaiting: 10, maxWaitMs: 1_000 }, time);
  const visitors = new Visitors(gate);
  visitors.come("slow");
  const held = gate.hold(50);
  time.advance(50);
  await held;
  await visitors.go("slow");
  await gate.hold(50);
});

it("turns away who is one too many, and who has waited too long", async () => {
  const time = clock();
  const gate = new RequestGate({ maxWaiting: 2, maxWaitMs: 1_000 }, time);
  const visitors = new Visitors(gate);
  await gate.hold(0);
  visitors.come("a");
  time.advance(600);
  visitors.come("b");
  visitors.come("c");
  time.advance(400);
  gate.open();
  expect(visitors.seen).toEqual(["c away", "a away", "b in"]);
});

it("sends all away when it will not open", async () => {
  const gate = new RequestGate({ maxWaiting: 2, maxWaitMs: 1_000 }, clock());
  const visitors = new Visitors(gate);
  await gate.hold(0);
  visitors.come("a");
  gate.turnAllAway();
  gate.open();
  expect(visitors.seen).toEqual(["a away"]);
});
