import type { KeyUsageType } from "@aws-sdk/client-kms";
import type { MaterialDocument } from "./document.ts";
import { disabled, invalidKeyUsage, invalidState } from "./errors.ts";
import { isPresent, type Key } from "./key.ts";

/** What a state's errors say of a key. */
const phrases = {
  PendingDeletion: "is pending deletion.",
  PendingReplicaDeletion: "is pending multi-region replica deletion.",
  PendingImport: "is pending import.",
} as const;

type PendingState = keyof typeof phrases;
const pending: readonly PendingState[] = ["PendingDeletion", "PendingReplicaDeletion", "PendingImport"];
const deletion: readonly PendingState[] = ["PendingDeletion", "PendingReplicaDeletion"];

function refuse(key: Key, nowMs: number, states: readonly PendingState[]): void {
  const state = key.state(nowMs);
  const refused = states.find((other) => other === state);
  if (refused !== undefined) throw invalidState(`${key.arn} ${phrases[refused]}`);
}

/** A key in any other state cannot be used. @throws DisabledException, KMSInvalidStateException */
export function requireEnabled(key: Key, nowMs: number): void {
  if (key.state(nowMs) === "Disabled") throw disabled(key.arn);
  refuse(key, nowMs, pending);
}

/** Disabled or not, but with its material and not on its way out. */
export function requireComplete(key: Key, nowMs: number): void {
  refuse(key, nowMs, pending);
}

/** In any state but those that end with deletion. */
export function requireKept(key: Key, nowMs: number): void {
  refuse(key, nowMs, deletion);
}

export function requireUsage(key: Key, usage: KeyUsageType, operation: string): void {
  if (key.document.usage !== usage)
    throw invalidKeyUsage(
      `${key.arn} key usage is ${key.document.usage} which is not valid for ${operation}.`,
    );
}

/** The material that encrypts now, of a key that is enabled. */
export function requireMaterial(key: Key, nowMs: number, prefix?: string): MaterialDocument {
  const material = prefix === undefined ? key.current : key.material(prefix);
  if (material === undefined || !isPresent(material, nowMs))
    throw invalidState(`${key.arn} ${phrases.PendingImport}`);
  return material;
}
