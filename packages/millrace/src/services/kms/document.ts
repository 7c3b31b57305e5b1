import type { GrantOperation, KeySpec, KeyUsageType, RotationType } from "@aws-sdk/client-kms";
import type { Owner } from "./key-arn.ts";

/** One generation of a key's secret. */
export interface MaterialDocument {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** The secret under the data directory's master key, base64; absent once it was deleted or has expired. */
  readonly sealed?: string;
  /** When it became the current one; absent while it waits for that. */
  readonly currentSinceMs?: number;
  /** Absent for a key's first material. */
  readonly rotation?: RotationType;
  /** Present when it was imported. */
  readonly imported?: { readonly validToMs?: number; readonly description?: string };
}

/** All that is kept of a key in one region; one document, so that each change is all or nothing. */
export interface KeyDocument extends Owner {
  readonly id: string;
  readonly createdMs: number;
  readonly description: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsageType;
  readonly origin: "AWS_KMS" | "EXTERNAL";
  readonly manager: "CUSTOMER" | "AWS";
  readonly enabled: boolean;
  /** Present once deletion was asked for. Without `dueMs` the window begins when the last replica is gone. */
  readonly deletion?: { readonly windowDays: number; readonly dueMs?: number };
  readonly policy: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Oldest first. The current one is the last that is not waiting to become it. */
  readonly materials: readonly MaterialDocument[];
  /** SubjectPublicKeyInfo, DER in base64, of an asymmetric key. */
  readonly publicKey?: string;
  readonly multiRegion?: "PRIMARY" | "REPLICA";
  /** Automatic rotation; absent when it is off. */
  readonly rotation?: { readonly periodDays: number; readonly nextMs: number };
}

export interface AliasDocument extends Owner {
  /** With its prefix: `alias/orders`. */
  readonly name: string;
  readonly keyId: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export interface GrantConstraintDocument {
  readonly subset?: Readonly<Record<string, string>>;
  readonly equals?: Readonly<Record<string, string>>;
  readonly sourceArn?: string;
}

export interface GrantDocument extends Owner {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly keyId: string;
  readonly createdMs: number;
  readonly name?: string;
  readonly issuer: string;
  readonly grantee?: string;
  readonly granteeService?: string;
  readonly retiring?: string;
  readonly retiringService?: string;
  readonly operations: readonly GrantOperation[];
  readonly constraints?: GrantConstraintDocument;
}
