import type { ContextEntries } from "../../core/policy/request-context.ts";
import type { Call } from "../../gateway/call.ts";
import type { OperationEntry, Permission } from "../../gateway/service.ts";
import { retiredGrantKey } from "./grant-policy.ts";
import type { Key } from "./key.ts";
import { aliasArn, keyArn } from "./key-arn.ts";
import { findKey, findKeyWithoutAlias } from "./key-lookup.ts";
import { keyOfCiphertext } from "./key-use.ts";
import { managedServiceOf } from "./managed-key.ts";
import type { KmsState } from "./state.ts";

/** Any operation's input, as the condition keys are read from it. */
type Members = Readonly<Record<string, unknown>>;
type Authorization = Required<Pick<OperationEntry<KmsState, Members>, "resources" | "permissions">>;

/** Members whose value is a condition key's. */
const memberKeys: Readonly<Record<string, string>> = {
  BypassPolicyLockoutSafetyCheck: "kms:BypassPolicyLockoutSafetyCheck",
  EncryptionAlgorithm: "kms:EncryptionAlgorithm",
  ExpirationModel: "kms:ExpirationModel",
  GranteePrincipal: "kms:GranteePrincipal",
  GranteeServicePrincipal: "kms:GranteeServicePrincipal",
  KeyAgreementAlgorithm: "kms:KeyAgreementAlgorithm",
  KeyPairSpec: "kms:DataKeyPairSpec",
  MacAlgorithm: "kms:MacAlgorithm",
  MessageType: "kms:MessageType",
  Operations: "kms:GrantOperations",
  PendingWindowInDays: "kms:ScheduleKeyDeletionPendingWindowInDays",
  PrimaryRegion: "kms:PrimaryRegion",
  ReplicaRegion: "kms:ReplicaRegion",
  RetiringPrincipal: "kms:RetiringPrincipal",
  RetiringServicePrincipal: "kms:RetiringServicePrincipal",
  RotationPeriodInDays: "kms:RotationPeriodInDays",
  SigningAlgorithm: "kms:SigningAlgorithm",
  WrappingAlgorithm: "kms:WrappingAlgorithm",
  WrappingKeySpec: "kms:WrappingKeySpec",
};
const grantCalls: ReadonlySet<string> = new Set(["CreateGrant", "ListGrants", "RevokeGrant"]);

/** The condition keys that follow from the request. */
function requestContext(members: Members, call: Call): Record<string, string | readonly string[]> {
  const context: Record<string, string | readonly string[]> = { "kms:CallerAccount": call.account };
  for (const [member, name] of Object.entries(memberKeys)) {
    const value = members[member];
    if (value !== undefined) context[name] = Array.isArray(value) ? value.map(String) : String(value);
  }
  const { ValidTo, KeyId, Constraints, Tags } = members;
  if (ValidTo instanceof Date) context["kms:ValidTo"] = ValidTo.toISOString();
  if (typeof KeyId === "string" && KeyId.startsWith("alias/")) context["kms:RequestAlias"] = KeyId;
  // Services of AWS create grants for their resources; this is a client.
  if (grantCalls.has(call.operation)) context["kms:GrantIsForAWSResource"] = "false";
  if (isRecord(Constraints)) {
    const kinds = Object.keys(Constraints).filter((kind) => Constraints[kind] !== undefined);
    if (kinds.length > 0) context["kms:GrantConstraintType"] = kinds;
  }
  if (Array.isArray(Tags)) Object.assign(context, requestTags(Tags));
  return context;
}

function requestTags(tags: readonly unknown[]): Record<string, string | readonly string[]> {
  const context: Record<string, string | readonly string[]> = {};
  const keys: string[] = [];
  for (const tag of tags) {
    if (!isRecord(tag)) continue;
    keys.push(String(tag["TagKey"]));
    context[`aws:RequestTag/${String(tag["TagKey"])}`] = String(tag["TagValue"]);
  }
  return { ...context, "aws:TagKeys": keys };
}

/** The condition keys that follow from an encryption context. */
export function encryptionContextKeys(context: unknown): ContextEntries {
  if (!isRecord(context)) return {};
  const pairs = Object.entries(context).map(([key, value]) => [
    `kms:EncryptionContext:${key}`,
    String(value),
  ]);
  return { ...Object.fromEntries(pairs), "kms:EncryptionContextKeys": Object.keys(context) };
}

/** The condition keys that follow from the key. */
export function keyContext(state: KmsState, key: Key): ContextEntries {
  const { document } = key;
  const aliases = state.aliases.of(key).map(({ name }) => name);
  return {
    "kms:KeySpec": document.spec,
    "kms:KeyUsage": document.usage,
    "kms:KeyOrigin": document.origin,
    "kms:MultiRegion": String(document.multiRegion !== undefined),
    "kms:MultiRegionKeyType": document.multiRegion,
    "kms:ResourceAliases": aliases.length === 0 ? undefined : aliases,
    ...Object.fromEntries(
      Object.entries(document.tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value]),
    ),
  };
}

/** What a caller must be allowed to do with a key. */
function permissionOn(
  state: KmsState,
  key: Key,
  members: Members,
  call: Call,
  more: { readonly action?: string; readonly context?: ContextEntries } = {},
): Permission {
  const context = {
    ...requestContext(members, call),
    ...encryptionContextKeys(members["EncryptionContext"]),
    ...keyContext(state, key),
    ...more.context,
  };
  return { action: more.action ?? `kms:${call.operation}`, resources: [key.arn], context };
}

/**
 * From a key's finder to what the policy engine is asked. A key that is not there needs no permission: the
 * operation refuses the call. One that the call would bring into being can be named by "*" only.
 */
function authorizing(find: (state: KmsState, members: Members, call: Call) => Key): Authorization {
  const permissions = (state: KmsState, input: Members, call: Call): readonly Permission[] => {
    const key = found(() => find(state, input, call));
    if (key !== undefined) return [permissionOn(state, key, input, call)];
    const named = input["KeyId"];
    const isManaged = typeof named === "string" && managedServiceOf(named.replace(/^arn:.*?:alias/, "alias"));
    if (!isManaged) return [];
    return [{ action: `kms:${call.operation}`, resources: ["*"], context: requestContext(input, call) }];
  };
  return asked(permissions);
}

/** Both ways in which the gateway asks. */
function asked(
  permissions: (state: KmsState, input: Members, call: Call) => readonly Permission[],
): Authorization {
  const resources = (state: KmsState, input: Members, call: Call): readonly string[] =>
    permissions(state, input, call).flatMap((permission) => [...permission.resources]);
  return { permissions, resources };
}

/** Undefined when looking ends with an error: the operation meets the same one and answers it. */
export function found<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Calls whose KeyId may be an alias. */
export const anyKey: Authorization = authorizing((state, { KeyId }, call) =>
  findKey(state, text(KeyId), call),
);

/** Calls whose KeyId is a key's id or ARN. */
export const plainKey: Authorization = authorizing((state, { KeyId }, call) =>
  findKeyWithoutAlias(state, text(KeyId), call),
);

/** Decrypt, whose key is named by the ciphertext. */
export const ciphertextKey: Authorization = authorizing((state, members, call) =>
  keyOfCiphertext(
    state,
    {
      blob: members["CiphertextBlob"] instanceof Uint8Array ? members["CiphertextBlob"] : new Uint8Array(),
      keyId: members["KeyId"] === undefined ? undefined : text(members["KeyId"]),
      algorithm: (members["EncryptionAlgorithm"] ?? "SYMMETRIC_DEFAULT") as "SYMMETRIC_DEFAULT",
    },
    call,
  ),
);

/** ReEncrypt needs two permissions: to decrypt with the one key and to encrypt with the other. */
export const reEncryptKeys: Authorization = asked(reEncryptPermissions);

function reEncryptPermissions(state: KmsState, members: Members, call: Call): readonly Permission[] {
  const source = found(() =>
    keyOfCiphertext(
      state,
      {
        blob: members["CiphertextBlob"] instanceof Uint8Array ? members["CiphertextBlob"] : new Uint8Array(),
        keyId: members["SourceKeyId"] === undefined ? undefined : text(members["SourceKeyId"]),
        algorithm: (members["SourceEncryptionAlgorithm"] ?? "SYMMETRIC_DEFAULT") as "SYMMETRIC_DEFAULT",
      },
      call,
    ),
  );
  const destination = found(() => findKey(state, text(members["DestinationKeyId"]), call));
  if (source === undefined || destination === undefined) return [];
  const same = { "kms:ReEncryptOnSameKey": String(source === destination) };
  return [
    permissionOn(state, source, members, call, {
      action: "kms:ReEncryptFrom",
      context: { ...encryptionContextKeys(members["SourceEncryptionContext"]), ...same },
    }),
    permissionOn(state, destination, members, call, {
      action: "kms:ReEncryptTo",
      context: { ...encryptionContextKeys(members["DestinationEncryptionContext"]), ...same },
    }),
  ];
}

/** Aliases: the alias itself by IAM, and the keys that it points to, before and after, by their policies. */
export const aliasAndKeys: Authorization = asked((state, input, call) =>
  aliasResources(state, input, call).map((arn) => ({
    action: `kms:${call.operation}`,
    resources: [arn],
    context: requestContext(input, call),
  })),
);

function aliasResources(state: KmsState, members: Members, call: Call): string[] {
  const name = text(members["AliasName"]);
  const current = state.aliases.get(call, name);
  const target = members["TargetKeyId"];
  const key = target === undefined ? undefined : found(() => findKeyWithoutAlias(state, text(target), call));
  const arns = [aliasArn(call, name)];
  if (current !== undefined) arns.push(keyArn(current, current.keyId));
  if (key !== undefined && !arns.includes(key.arn)) arns.push(key.arn);
  return arns;
}

/** RetireGrant: by the grant itself, which says who may retire it. */
export const retiredGrant: Authorization = asked(retirePermissions);

function retirePermissions(state: KmsState, members: Members, call: Call): readonly Permission[] {
  const opened =
    members["GrantToken"] === undefined ? undefined : state.grantTokens.open(text(members["GrantToken"]));
  const key = found(() => findKeyWithoutAlias(state, opened?.keyArn ?? text(members["KeyId"]), call));
  if (key === undefined) return [];
  const context = { [retiredGrantKey]: opened?.grantId ?? text(members["GrantId"]) };
  return [permissionOn(state, key, members, call, { context })];
}

/** Calls without a key of their own. */
export const noKey: Authorization = asked((_state, input, call) => [
  { action: `kms:${call.operation}`, resources: ["*"], context: newKeyContext(input, call) },
]);

/** What is asked of a key that is to be made. */
function newKeyContext(members: Members, call: Call): ContextEntries {
  const value = (name: string): string | undefined =>
    members[name] === undefined ? undefined : String(members[name]);
  return {
    ...requestContext(members, call),
    "kms:KeySpec": value("KeySpec"),
    "kms:KeyUsage": value("KeyUsage"),
    "kms:KeyOrigin": value("Origin"),
    "kms:MultiRegion": value("MultiRegion"),
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
