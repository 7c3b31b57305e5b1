import { randomInt } from "node:crypto";
import { keyOf } from "./clusters/kernel-settings.ts";
import type { ClusterDocument, Owner } from "./document.ts";
import { invalidValue } from "./errors.ts";
import { limits } from "./limits.ts";
import { findAvailable } from "./lookup.ts";
import type { RedshiftState } from "./state.ts";

const passwordChars = 64;
const passwordAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+=_-";

export interface TemporaryCredentials {
  readonly DbUser: string;
  readonly DbPassword: string;
  readonly Expiration: Date;
}

interface CredentialsRequest {
  /** As the client will give it: with its prefix. */
  readonly user: string;
  /** Where the database's user is not that one without its prefix. */
  readonly databaseUser?: string;
  readonly seconds: number | undefined;
  readonly createUser: boolean;
  readonly groups: readonly string[];
  readonly database: string | undefined;
}

/** Checks what both ways to credentials have in common. @throws ServiceError */
export function credentialsCluster(
  state: RedshiftState,
  owner: Owner,
  input: { readonly ClusterIdentifier?: string | undefined; readonly DurationSeconds?: number | undefined },
): ClusterDocument {
  const seconds = input.DurationSeconds;
  if (
    seconds !== undefined &&
    (seconds < limits.credentialsMinSeconds || seconds > limits.credentialsMaxSeconds)
  )
    throw invalidValue(
      `Token duration must be between ${limits.credentialsMinSeconds} and ${limits.credentialsMaxSeconds} seconds`,
    );
  if (!input.ClusterIdentifier) throw invalidValue("The parameter ClusterIdentifier must be provided.");
  return findAvailable(state, owner, input.ClusterIdentifier, "get credentials for");
}

/** A password that the kernel knows until it expires; it is kept by nobody else. */
export async function issueCredentials(
  { clock, warehouse }: RedshiftState,
  cluster: ClusterDocument,
  request: CredentialsRequest,
): Promise<TemporaryCredentials> {
  const { user, databaseUser, createUser, groups, database } = request;
  const expiresAtMs = clock.now() + (request.seconds ?? limits.credentialsMinSeconds) * 1000;
  const password = Array.from(
    { length: passwordChars },
    () => passwordAlphabet[randomInt(passwordAlphabet.length)],
  ).join("");
  await warehouse.addTemporaryLogin(keyOf(cluster), {
    ...{ user, databaseUser, password, expiresAtMs, createUser, groups, database },
  });
  return { DbUser: user, DbPassword: password, Expiration: new Date(expiresAtMs) };
}
