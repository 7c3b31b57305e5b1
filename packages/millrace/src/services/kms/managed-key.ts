import { assert } from "../../core/assert.ts";
import type { Key } from "./key.ts";
import type { Owner } from "./key-arn.ts";
import { managedPolicy } from "./key-policy.ts";
import { specFacts } from "./key-spec.ts";
import { dayMs, limits } from "./limits.ts";
import { newKeyDocument, newKeyId } from "./new-key.ts";
import type { KmsState } from "./state.ts";

/** The services whose AWS managed keys spring into being when their alias is first used. */
const managedServices: ReadonlySet<string> = new Set([
  "acm",
  "backup",
  "dms",
  "dynamodb",
  "ebs",
  "elasticfilesystem",
  "es",
  "fsx",
  "glue",
  "kafka",
  "kinesis",
  "kinesisvideo",
  "lambda",
  "rds",
  "redshift",
  "s3",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
]);
const prefix = "alias/aws/";

/** The service that an alias of an AWS managed key belongs to, or undefined. */
export function managedServiceOf(alias: string): string | undefined {
  const service = alias.startsWith(prefix) ? alias.slice(prefix.length) : "";
  return managedServices.has(service) ? service : undefined;
}

/** An account's AWS managed key for a service, made when it is first asked for. */
export async function ensureManagedKey(state: KmsState, service: string, owner: Owner): Promise<Key> {
  const known = managedKey(state, service, owner);
  return known ?? state.change(() => makeManagedKey(state, service, owner));
}

function managedKey(state: KmsState, service: string, owner: Owner): Key | undefined {
  const alias = state.aliases.get(owner, `${prefix}${service}`);
  return alias && state.keys.get(owner, alias.keyId);
}

async function makeManagedKey(state: KmsState, service: string, owner: Owner): Promise<Key> {
  // Another call may have made it while this one waited for its turn.
  const known = managedKey(state, service, owner);
  if (known !== undefined) return known;
  const facts = specFacts("SYMMETRIC_DEFAULT");
  assert(facts !== undefined, "symmetric keys are known");
  const { account, region } = owner;
  const document = await newKeyDocument(state, owner, {
    id: newKeyId(false),
    spec: "SYMMETRIC_DEFAULT",
    facts,
    usage: "ENCRYPT_DECRYPT",
    origin: "AWS_KMS",
    manager: "AWS",
    multiRegion: false,
    description: `Default key that protects my ${service} data when no other key is defined`,
    policy: managedPolicy(owner, service),
    tags: {},
  });
  const { createdMs, id } = document;
  const rotation = {
    periodDays: limits.defaultRotationDays,
    nextMs: createdMs + limits.defaultRotationDays * dayMs,
  };
  const alias = {
    account,
    region,
    name: `${prefix}${service}`,
    keyId: id,
    createdMs,
    updatedMs: createdMs,
  };
  await state.keys.commit([{ put: { ...document, rotation } }], [state.aliases.putting(alias)]);
  state.aliases.adopt(alias);
  state.sweep.schedule();
  const made = state.keys.get(owner, id);
  assert(made !== undefined, "a key that was committed is there");
  return made;
}
