import type { AccessKeyMetadata } from "@aws-sdk/client-iam";
import type { MasterKey } from "../../core/master-key.ts";
import type { IamAccount } from "./account.ts";
import type { AccessKeyDocument, UserDocument } from "./document.ts";
import { noSuchEntity } from "./errors.ts";

export function keysOf(account: IamAccount, user: UserDocument): AccessKeyDocument[] {
  return [...account.keys.values()].filter((key) => key.userId === user.id);
}

export function findKey(account: IamAccount, user: UserDocument, id: string): AccessKeyDocument {
  const key = account.keys.get(id);
  if (key === undefined || key.userId !== user.id)
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}

export function userOfKey(account: IamAccount, key: AccessKeyDocument): UserDocument | undefined {
  for (const user of account.users.values()) if (user.id === key.userId) return user;
  return undefined;
}

export function describeKey(
  user: UserDocument,
  key: AccessKeyDocument,
): AccessKeyMetadata & { AccessKeyId: string } {
  return {
    UserName: user.name,
    AccessKeyId: key.id,
    Status: key.status,
    CreateDate: new Date(key.createdMs),
  };
}

/** Bound to its id and account: a secret moved to another key does not open. */
export function sealSecret(master: MasterKey, account: string, id: string, secret: string): string {
  return master.seal(purpose(account, id), Buffer.from(secret)).toString("base64");
}

export function openSecret(master: MasterKey, account: string, { id, secret }: AccessKeyDocument): string {
  return master.open(purpose(account, id), Buffer.from(secret, "base64")).toString();
}

function purpose(account: string, id: string): string {
  return `access key:${account}:${id}`;
}
