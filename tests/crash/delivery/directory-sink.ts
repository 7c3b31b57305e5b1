import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type {
  Delivery,
  DeliveryOutcome,
  Sink,
} from "../../../packages/millrace/src/kernels/delivery/index.ts";
import { textOf } from "../../../packages/millrace/src/kernels/delivery/test-delivery.ts";

/** Objects as files, whole or not at all, and replaced by what has the same key: as S3 does it. */
export class DirectorySink implements Sink {
  readonly #dir: string;
  readonly #random: () => number;

  constructor(dir: string, random: () => number) {
    this.#dir = dir;
    this.#random = random;
    fs.mkdirSync(dir, { recursive: true });
  }

  async deliver({ identity, encoded, remaining }: Delivery): Promise<DeliveryOutcome> {
    if (this.#random() < 0.1)
      return { retry: { errorCode: "S3.SlowDown", errorMessage: "slow down", delayMs: 3 } };
    const { scope, firstOffset, partition } = identity;
    const key = createHash("sha256")
      .update(`${scope}|${partition.errorOutputType}|${firstOffset}`)
      .digest("hex");
    const lines = (remaining ?? encoded.records ?? []).map((record) => `${textOf(record)}\n`);
    const file = path.join(this.#dir, key);
    await fs.promises.writeFile(`${file}.tmp`, lines.join(""));
    await fs.promises.rename(`${file}.tmp`, file);
    return {};
  }
}

/** The records of all objects. */
export function linesIn(dir: string): readonly string[] {
  const names = fs.readdirSync(dir).filter((name) => !name.endsWith(".tmp"));
  return names.flatMap((name) => fs.readFileSync(path.join(dir, name), "utf8").split("\n").slice(0, -1));
}
