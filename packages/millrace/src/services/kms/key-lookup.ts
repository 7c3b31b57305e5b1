import type { Call } from "../../gateway/call.ts";
import { accessDenied, invalidArn, keyNotFound, notFound } from "./errors.ts";
import type { Key } from "./key.ts";
import { aliasArn, isKeyId, keyArn, type Owner, parseKmsArn } from "./key-arn.ts";
import { ensureManagedKey, managedServiceOf } from "./managed-key.ts";
import type { KmsState } from "./state.ts";

/** What a KeyId names, before it is known whether that is there. */
interface Reference {
  readonly owner: Owner;
  readonly id?: string;
  /** With its prefix. */
  readonly alias?: string;
}

/** `KeyId` => key id / key ARN / alias name / alias ARN. An ARN of another region is refused. */
function parseReference(text: string, call: Owner): Reference {
  if (text.startsWith("alias/")) return { owner: call, alias: text };
  if (!text.startsWith("arn:")) {
    if (!isKeyId(text)) throw notFound(`Invalid keyId '${text}'`);
    return { owner: call, id: text };
  }
  const arn = parseKmsArn(text);
  if (arn === undefined) throw notFound(`Invalid arn ${text}`);
  if (arn.region !== call.region) throw notFound(`Invalid arn ${arn.region}`);
  const owner = { account: arn.account, region: arn.region };
  if (arn.resource.startsWith("alias/")) return { owner, alias: arn.resource };
  const id = arn.resource.startsWith("key/") ? arn.resource.slice(4) : "";
  if (!isKeyId(id)) throw notFound(`Invalid arn ${text}`);
  return { owner, id };
}

function find(state: KmsState, { owner, id, alias }: Reference): Key {
  if (alias !== undefined) {
    const found = state.aliases.get(owner, alias);
    const target = found && state.keys.get(owner, found.keyId);
    if (target === undefined) throw notFound(`Alias ${aliasArn(owner, alias)} is not found.`);
    return target;
  }
  const key = state.keys.get(owner, id ?? "");
  if (key === undefined) throw keyNotFound(keyArn(owner, id ?? ""));
  return key;
}

/** The key that a KeyId of any form names, also one of another account. @throws NotFoundException */
export function findKey(state: KmsState, text: string, call: Owner): Key {
  return find(state, parseReference(text, call));
}

/** As `findKey`; an alias of an AWS managed key brings that key into being. */
export async function findOrMakeKey(state: KmsState, text: string, call: Owner): Promise<Key> {
  const reference = parseReference(text, call);
  const service = reference.alias === undefined ? undefined : managedServiceOf(reference.alias);
  if (service !== undefined && reference.owner.account === call.account)
    return ensureManagedKey(state, service, reference.owner);
  return find(state, reference);
}

/** The key of a call that takes key ids and key ARNs, also of other accounts, but no aliases. */
export function findKeyWithoutAlias(state: KmsState, text: string, call: Call): Key {
  const reference = parseReference(text, call);
  if (reference.alias === undefined) return find(state, reference);
  if (text.startsWith("arn:")) throw invalidArn(`${text} is not the ARN of a key.`);
  throw notFound(`Invalid keyId '${text}'`);
}

/** The key of a call that manages keys of the caller's own account. */
export function findOwnKey(state: KmsState, text: string, call: Call): Key {
  const key = findKeyWithoutAlias(state, text, call);
  if (key.document.account === call.account) return key;
  throw accessDenied(
    `User: ${call.principal.arn} is not authorized to perform: kms:${call.operation} on resource: ${key.arn}`,
  );
}

/** As `findOwnKey`, for changes that AWS managed keys do not take. */
export function findCustomerKey(state: KmsState, text: string, call: Call): Key {
  const key = findOwnKey(state, text, call);
  if (key.document.manager === "CUSTOMER") return key;
  throw accessDenied(
    `User: ${call.principal.arn} is not authorized to perform: kms:${call.operation} on resource: ${key.arn}`,
  );
}
