import type { HttpRequest } from "../http.ts";
import { percentDecode } from "./percent-encoding.ts";

/** Whom a request claims to come from and where it goes; nothing of it is checked. */
export interface RequestScope {
  readonly accessKeyId: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** The signing name, undefined when the request carries no credential. */
  readonly service: string | undefined;
}

/** Where unsigned requests land, and signed ones whose access key id names no account. */
const defaultAccount = "000000000000";
export const defaultRegion = "us-east-1";

const maxCachedScopes = 1_024;
const maxCredentialLength = 512;

/**
 * Reads the scope of requests without verifying them, for the `trust` mode. An access key id of 12 digits is
 * an account id, so that tests may work in several accounts; all others belong to the default account.
 */
export class ScopeReader {
  readonly #scopes = new Map<string, RequestScope>();
  readonly #unsigned: RequestScope;
  readonly #account: string;

  constructor(account: string = defaultAccount) {
    this.#account = account;
    this.#unsigned = { accessKeyId: "", account, region: defaultRegion, service: undefined };
  }

  read(request: Pick<HttpRequest, "headers" | "query">): RequestScope {
    const credential = credentialText(request);
    if (credential === undefined || credential.length > maxCredentialLength) return this.#unsigned;
    const cached = this.#scopes.get(credential);
    if (cached !== undefined) return cached;
    const scope = this.#parse(credential);
    if (this.#scopes.size >= maxCachedScopes) this.#scopes.clear();
    this.#scopes.set(credential, scope);
    return scope;
  }

  #parse(credential: string): RequestScope {
    const [accessKeyId = "", , region, service] = percentDecode(credential).split("/");
    return {
      accessKeyId,
      account: /^\d{12}$/.test(accessKeyId) ? accessKeyId : this.#account,
      region: region || defaultRegion,
      service: service || undefined,
    };
  }
}

/** The text after "Credential=" in the header, or after "X-Amz-Credential=" in the query. */
function credentialText(request: Pick<HttpRequest, "headers" | "query">): string | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const start = authorization.indexOf("Credential=");
    return start < 0 ? undefined : until(authorization, start + "Credential=".length, ",");
  }
  const start = request.query.indexOf("X-Amz-Credential=");
  return start < 0 ? undefined : until(request.query, start + "X-Amz-Credential=".length, "&");
}

function until(text: string, start: number, mark: string): string {
  const end = text.indexOf(mark, start);
  return (end < 0 ? text.slice(start) : text.slice(start, end)).trim();
}
