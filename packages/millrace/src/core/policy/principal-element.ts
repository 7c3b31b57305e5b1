// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { canonicalUserId } from "../canonical-user.ts";
import { PolicyError } from "./policy-error.ts";

/** Who asks, as policies see it. */
export interface PolicyPrincipal {
  /** IAM user, root, assumed-role session, service or identity provider; "*" for an anonymous caller. */
  readonly arn: string;
  readonly account: string;
  readonly kind: "root" | "user" | "role" | "anonymous" | "service" | "federated";
  /** For a role's session: the role's own ARN, `arn:aws:iam::123456789012:role/path/name`. */
  readonly roleArn?: string;
  /** For a service: `firehose.amazonaws.com`. */
  readonly serviceName?: string;
  /** For somebody whom only an identity provider vouches for, so far: that provider's ARN. */
  readonly federatedBy?: string;
}

/**
 * How closely a `Principal` names the caller. Everyone, the account, the role, or exactly this user or
 * session: the closer, the less other policies limit it.
 */
export type PrincipalFit = "none" | "everyone" | "account" | "role" | "exact";

export interface PrincipalElement {
  fit(principal: PolicyPrincipal): PrincipalFit;
}

const order: readonly PrincipalFit[] = ["none", "everyone", "account", "role", "exact"];
const kinds: ReadonlySet<string> = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/** Principal = "*" / { "AWS" / "Service" / "Federated" / "CanonicalUser": value / [ value, ... ] } */
export function parsePrincipal(element: unknown, path: string): PrincipalElement {
  if (element === "*") return { fit: () => "everyone" };
  if (typeof element !== "object" || element === null || Array.isArray(element)) {
    throw new PolicyError(path, 'Expected "*" or an object.');
  }
  const fits: ((principal: PolicyPrincipal) => PrincipalFit)[] = [];
  for (const [kind, values] of Object.entries(element)) {
    if (!kinds.has(kind)) throw new PolicyError(`${path}.${kind}`, "Unknown kind of principal.");
    for (const value of Array.isArray(values) ? values : [values]) {
      if (typeof value !== "string" || value === "") {
        throw new PolicyError(`${path}.${kind}`, "A principal is a string.");
      }
      fits.push(kind === "AWS" ? awsFit(value, `${path}.AWS`) : otherFit(kind, value));
    }
  }
  if (fits.length === 0) throw new PolicyError(path, "Names no principal.");
  return {
    fit: (principal) =>
      fits
        .map((fit) => fit(principal))
        .reduce((best, fit) => (order.indexOf(fit) > order.indexOf(best) ? fit : best), "none"),
  };
}

function awsFit(value: string, path: string): (principal: PolicyPrincipal) => PrincipalFit {
  if (value === "*") return () => "everyone";
  const account = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  const accountForm = value.length === 12 || value.endsWith(":root");
  if (account !== undefined && accountForm) {
    return (principal) => {
      return hasAccount(principal) && principal.account === account ? "account" : "none";
    };
  }
  // IAM's unique ids (AIDA..., AROA...) name principals that were deleted: they fit nobody.
  if (/^A[A-Z0-9]{15,}$/.test(value)) return () => "none";
  if (!/^arn:aws[a-z-]*:(iam|sts)::\d{12}:.+/.test(value) || /[*?]/.test(value)) {
    throw new PolicyError(path, `Invalid principal in policy: "AWS":"${value.slice(0, 200)}"`);
  }
  return (principal) => (principal.arn === value ? "exact" : principal.roleArn === value ? "role" : "none");
}

function otherFit(kind: string, value: string): (principal: PolicyPrincipal) => PrincipalFit {
  if (kind === "Service") {
    return (principal) =>
      (value === "*" ? principal.kind === "service" : principal.serviceName === value) ? "exact" : "none";
  }
  if (kind === "CanonicalUser") {
    return (principal) =>
      hasAccount(principal) && canonicalUserId(principal.account) === value ? "account" : "none";
  }
  if (kind === "Federated") return (principal) => (principal.federatedBy === value ? "exact" : "none");
  return () => "none";
}

function hasAccount({ kind }: PolicyPrincipal): boolean {
  return kind === "root" || kind === "user" || kind === "role";
}
