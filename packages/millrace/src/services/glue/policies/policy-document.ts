import { createHash } from "node:crypto";
import { partitionOf } from "../../../core/arn.ts";
import { messageOf } from "../../../core/errors.ts";
import { type PolicyDocument, parsePolicy } from "../../../core/policy/policy-document.ts";
import type { Owner } from "../document-table.ts";
import { invalidInput } from "../errors.ts";
import { limits } from "../limits.ts";

/** The resource policy of a catalog. */
export interface CatalogPolicy extends Owner {
  readonly text: string;
  readonly hash: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/**
 * Refuses a policy that could not be evaluated, or that is about anything but the catalog that it is attached to:
 *
 *   resource => "arn:" partition ":glue:" region ":" account ":" ("*" | letters and "*", then what you will)
 */
export function checkCatalogPolicy(text: string, owner: Owner): void {
  if (Buffer.byteLength(text) > limits.resourcePolicyBytes)
    throw invalidInput(`The policy exceeds the limit of ${limits.resourcePolicyBytes} bytes.`);
  const { region, account } = owner;
  const prefix = `arn:${partitionOf(region)}:glue:${region}:${account}:`;
  for (const { actions, resources } of parsed(text).statements) {
    for (const action of actions) checkAction(action.text);
    for (const resource of resources ?? []) checkResource(resource.text, prefix);
  }
}

function parsed(text: string): PolicyDocument {
  try {
    return parsePolicy(text, "resource");
  } catch (error) {
    throw invalidInput(`The policy is invalid: ${messageOf(error)}`);
  }
}

function checkAction(action: string): void {
  if (!/^glue:/i.test(action))
    throw invalidInput(`The policy of a catalog is about actions of glue only, not about ${action}.`);
}

function checkResource(resource: string, prefix: string): void {
  const named = resource.slice(prefix.length);
  if (!resource.startsWith(prefix) || !/^(\*|[a-zA-Z*]+\/?.*)$/.test(named))
    throw invalidInput(
      `The resource ${resource} does not belong to the catalog that the policy is attached to.`,
    );
}
