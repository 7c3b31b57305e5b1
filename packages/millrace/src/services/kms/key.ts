import type { KeyObject } from "node:crypto";
import type { KeyState } from "@aws-sdk/client-kms";
import { assert } from "../../core/assert.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { KeyDocument, MaterialDocument } from "./document.ts";
import { keyArn } from "./key-arn.ts";
import { type SpecFacts, specFacts } from "./key-spec.ts";
import { openMaterial } from "./material.ts";

/**
 * One key in one region at run time. Its document is replaced as a whole, by `KeyTable.commit` only, after the
 * new one is durable. Secrets are opened when they are first used and forgotten with the document's copy.
 */
export class Key {
  readonly arn: string;
  readonly facts: SpecFacts;
  #document: KeyDocument;
  readonly #opened = new Map<string, KeyObject>();

  constructor(document: KeyDocument) {
    const facts = specFacts(document.spec);
    assert(facts !== undefined, `a key of spec ${document.spec} is kept`);
    this.facts = facts;
    this.arn = keyArn(document, document.id);
    this.#document = document;
  }

  get document(): KeyDocument {
    return this.#document;
  }

  adopt(document: KeyDocument): void {
    this.#document = document;
    for (const id of this.#opened.keys()) {
      if (document.materials.find((material) => material.id === id)?.sealed === undefined)
        this.#opened.delete(id);
    }
  }

  /** The material that encrypts, also when it was deleted; undefined before the first import. */
  get current(): MaterialDocument | undefined {
    return this.#document.materials.findLast(({ currentSinceMs }) => currentSinceMs !== undefined);
  }

  /** The material whose id begins with these digits. */
  material(prefix: string): MaterialDocument | undefined {
    return this.#document.materials.find(({ id }) => id.startsWith(prefix));
  }

  /** A material's secret, ready for use. The caller has checked the key's state. */
  secret(material: MaterialDocument, master: MasterKey): KeyObject {
    const known = this.#opened.get(material.id);
    if (known !== undefined) return known;
    assert(material.sealed !== undefined, "the secret of deleted material is not asked for");
    const secret = master.open(sealPurpose(this.#document.id), Buffer.from(material.sealed, "base64"));
    const opened = openMaterial(this.facts, secret);
    this.#opened.set(material.id, opened);
    return opened;
  }

  /** AWS's state, which follows from the document and the time. */
  state(nowMs: number): KeyState {
    const { deletion, enabled, origin, materials } = this.#document;
    if (deletion !== undefined)
      return deletion.dueMs === undefined ? "PendingReplicaDeletion" : "PendingDeletion";
    if (origin === "EXTERNAL") {
      const permanent = materials.filter(({ currentSinceMs }) => currentSinceMs !== undefined);
      if (permanent.length === 0 || permanent.some((material) => !isPresent(material, nowMs)))
        return "PendingImport";
    }
    return enabled ? "Enabled" : "Disabled";
  }

  /** Whether the waiting period before its deletion is over. */
  isGone(nowMs: number): boolean {
    const dueMs = this.#document.deletion?.dueMs;
    return dueMs !== undefined && dueMs <= nowMs;
  }
}

/** Whether a material's secret is here and has not expired. */
export function isPresent({ sealed, imported }: MaterialDocument, nowMs: number): boolean {
  return sealed !== undefined && (imported?.validToMs === undefined || imported.validToMs > nowMs);
}

/** Replicas of a multi-Region key have its id, so a sealed secret is good in each region. */
export function sealPurpose(keyId: string): string {
  return `kms key ${keyId}`;
}
