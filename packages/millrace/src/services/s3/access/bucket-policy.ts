import { type PolicyDocument, parsePolicy } from "../../../core/policy/policy-document.ts";
import { PolicyError } from "../../../core/policy/policy-error.ts";
import { malformedPolicy } from "../configuration-errors.ts";
import { limits } from "../limits.ts";

/** Refuses a policy that could not be evaluated, or that is about something else than this bucket. */
export function checkBucketPolicy(text: string, bucket: string): void {
  if (Buffer.byteLength(text) > limits.policyBytes)
    throw malformedPolicy("Policy exceeds the maximum allowed document size.");
  if (!isJsonObject(text))
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  parsed(text);
  for (const statement of statementsOf(text)) checkResources(statement, bucket);
}

function isJsonObject(text: string): boolean {
  if (!text.startsWith("{")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parsed(text: string): PolicyDocument {
  try {
    return parsePolicy(text, "resource");
  } catch (thrown) {
    if (thrown instanceof PolicyError) throw malformedPolicy(wording(thrown), thrown.message);
    throw thrown;
  }
}

/** AWS's sentence for what is wrong; ours, which says where, goes into the error's detail. */
function wording({ path, message }: PolicyError): string {
  if (path === "Statement") return "Missing required field Statement";
  const missing =
    /Missing required field (Principal|Resource)/.exec(message)?.[1] ??
    /Has neither (Action|Resource)/.exec(message)?.[1];
  if (missing !== undefined) return `Missing required field ${missing}`;
  if (path === "Version") return "The policy must contain a valid version string";
  if (/\.(?:Not)?Principal/.test(path)) return "Invalid principal in policy";
  if (/\.(?:Not)?Resource/.test(path)) return "Policy has invalid resource";
  if (/\.(?:Not)?Action/.test(path)) return "Policy has invalid action";
  if (/\.Condition/.test(path)) return "Policy has an invalid condition key";
  if (/\.Effect/.test(path)) return "Missing required field Effect";
  return "Invalid policy syntax.";
}

interface Statement {
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
}

function statementsOf(text: string): readonly Statement[] {
  const { Statement } = JSON.parse(text) as { readonly Statement: Statement | readonly Statement[] };
  return Array.isArray(Statement) ? Statement : [Statement as Statement];
}

function checkResources({ Action, Resource, NotResource }: Statement, bucket: string): void {
  const named = listOf(Resource ?? NotResource).map((arn) => scopeOf(arn, bucket));
  if (named.includes("elsewhere")) throw malformedPolicy("Policy has invalid resource");
  if (Resource === undefined) return;
  for (const action of listOf(Action)) {
    const scope = scopeOfAction(action);
    if (scope === undefined || named.some((resource) => resource === scope || resource === "both")) continue;
    throw malformedPolicy("Action does not apply to any resource(s) in statement");
  }
}

type Scope = "bucket" | "objects";

/** What an ARN, which may hold wildcards, can be in this bucket. */
function scopeOf(arn: string, bucket: string): Scope | "both" | "elsewhere" {
  const name = arn === "*" ? "*" : /^arn:[^:]*:s3:::(.*)$/.exec(arn)?.[1];
  if (name === undefined) return "elsewhere";
  const slash = name.indexOf("/");
  const ofBucket = slash < 0 ? name : name.slice(0, slash);
  if (/[*?]|\$\{/.test(ofBucket)) return slash < 0 ? "both" : "objects";
  if (ofBucket !== bucket) return "elsewhere";
  return slash < 0 ? "bucket" : "objects";
}

const objectAction =
  /^s3:(?:(?:Get|Put|Delete|Restore|Replicate)Object(?!LockConfiguration)[a-z]*|AbortMultipartUpload|ListMultipartUploadParts|BypassGovernanceRetention|ObjectOwnerOverrideToBucketOwner|ReplicateDelete|ReplicateTags)$/i;

/** Undefined where wildcards leave it open. */
function scopeOfAction(action: string): Scope | undefined {
  if (/[*?]/.test(action)) return undefined;
  return objectAction.test(action) ? "objects" : "bucket";
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
