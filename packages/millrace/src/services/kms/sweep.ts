import type { Timer } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { AliasTable } from "./alias-table.ts";
import type { KeyDocument } from "./document.ts";
import type { GrantTable } from "./grant-table.ts";
import { isPresent, type Key } from "./key.ts";
import type { KeyChange } from "./key-table.ts";
import { dayMs, limits } from "./limits.ts";
import { type RotationParts, rotate } from "./rotation.ts";

/** What a sweep works on. */
export interface SweepParts extends RotationParts {
  readonly aliases: AliasTable;
  readonly grants: GrantTable;
  /** Runs a change after those that have begun. */
  change<T>(task: () => Promise<T>): Promise<T>;
}

/**
 * Does what falls due: erases keys whose waiting period is over and imported material that has expired, and
 * rotates keys. What has fallen due is refused at once, whether or not the sweep has come by.
 */
export class KeySweep {
  readonly #state: SweepParts;
  readonly #log: Logger;
  #timer: Timer | undefined;
  #closed = false;
  #running: Promise<void> = Promise.resolve();

  constructor(state: SweepParts, log: Logger) {
    this.#state = state;
    this.#log = log;
  }

  /** Sweeps now, and again when the next thing falls due. */
  run(): Promise<void> {
    this.#timer?.cancel();
    this.#running = this.#state
      .change(() => this.#sweep())
      .catch((error: unknown) => {
        this.#log.error({ err: error }, `keys could not be swept: ${messageOf(error)}`);
      })
      .then(() => this.schedule());
    return this.#running;
  }

  /** Sets the timer anew, after something was scheduled. */
  schedule(): void {
    this.#timer?.cancel();
    if (this.#closed) return;
    const nowMs = this.#state.clock.now();
    let nextMs = nowMs + limits.sweepMs;
    for (const key of this.#state.keys.all()) nextMs = Math.min(nextMs, dueMs(key, nowMs));
    this.#timer = this.#state.clock.after(
      Math.max(nextMs - nowMs, limits.sweepPauseMs),
      () => void this.run(),
    );
  }

  /** Resolves when the sweep that runs, if one does, has ended. */
  idle(): Promise<void> {
    return this.#running;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  async #sweep(): Promise<void> {
    const { keys, clock } = this.#state;
    const nowMs = clock.now();
    for (const key of [...keys.all()]) {
      if (key.isGone(nowMs)) {
        await this.#erase(key, nowMs);
        continue;
      }
      const { rotation } = key.document;
      if (rotation !== undefined && rotation.nextMs <= nowMs && key.state(nowMs) === "Enabled")
        await rotate(this.#state, key, "AUTOMATIC");
      const expired = key.document.materials.some(
        (material) => material.sealed !== undefined && !isPresent(material, nowMs),
      );
      if (expired) await keys.commit([{ put: withoutExpired(key.document, nowMs) }]);
    }
  }

  /** A key goes with its secrets, aliases and grants; a primary's own wait begins with its last replica's end. */
  async #erase(key: Key, nowMs: number): Promise<void> {
    const { keys, aliases, grants } = this.#state;
    const ownAliases = aliases.of(key);
    const ownGrants = grants.of(key);
    const others = keys.family(key).filter((other) => other !== key);
    const primary = others.length === 1 ? others[0] : undefined;
    const changes: KeyChange[] = [{ remove: key }];
    const deletion = primary?.document.deletion;
    if (primary !== undefined && deletion !== undefined && deletion.dueMs === undefined) {
      const dueMs = nowMs + deletion.windowDays * dayMs;
      changes.push({ put: { ...primary.document, deletion: { ...deletion, dueMs } } });
    }
    await keys.commit(changes, [...aliases.removing(ownAliases), ...grants.removing(ownGrants)]);
    aliases.forget(ownAliases);
    grants.forget(ownGrants);
    this.#log.info({ key: key.arn }, "a key was deleted");
  }
}

/** When something of a key falls due next; infinity when nothing does. */
function dueMs(key: Key, nowMs: number): number {
  const { deletion, rotation, materials } = key.document;
  // The rotation of a key that is not enabled waits until it is.
  const rotationMs = key.state(nowMs) === "Enabled" ? rotation?.nextMs : undefined;
  let earliest = Math.min(deletion?.dueMs ?? Infinity, rotationMs ?? Infinity);
  for (const { sealed, imported } of materials)
    if (sealed !== undefined) earliest = Math.min(earliest, imported?.validToMs ?? Infinity);
  return earliest;
}

function withoutExpired(document: KeyDocument, nowMs: number): KeyDocument {
  const materials = document.materials.map((material) => {
    if (isPresent(material, nowMs)) return material;
    const { sealed, ...rest } = material;
    return rest;
  });
  return { ...document, materials };
}
