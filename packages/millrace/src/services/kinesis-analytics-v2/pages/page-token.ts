import type { PageTokens, TokenScope } from "../../../gateway/tokens.ts";
import type { Application } from "../applications/application.ts";
import type { ApplicationTable } from "../applications/application-table.ts";
import { limits } from "../limits.ts";

/** Below it, an application's pages. */
export const pagesPrefix = "/_millrace/applications/";

export type PageKind = "dashboard" | "studio";

interface Parts {
  readonly tokens: PageTokens;
  readonly applications: ApplicationTable;
}

/** What a token opens, and for how long. */
export interface PageAccess {
  readonly application: Application;
  readonly page: PageKind;
}

const scopeOf = (use: "open" | "session", name: string): TokenScope => ({
  operation: `kinesisanalytics:page-${use}`,
  account: "",
  region: "",
  filters: { name },
});

/** A URL that opens a page within three minutes; whoever has it needs nothing else. */
export function presignedUrl(
  {
    tokens,
    dependencies,
  }: { readonly tokens: PageTokens; readonly dependencies: { readonly baseUrl: () => string } },
  application: Application,
  page: PageKind,
  sessionSeconds: number,
): string {
  const { name, id, account, region } = application.document;
  const position = { account, region, id, page, sessionSeconds };
  const token = tokens.seal(scopeOf("open", name), position, limits.presignedUrlMs);
  return `${dependencies.baseUrl()}${pagesPrefix}${name}?token=${token}`;
}

interface Sealed {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly page: PageKind;
  readonly sessionSeconds: number;
}

/** The session that a URL's token begins; undefined when it opens nothing (any more). */
export function sessionToken(parts: Parts, name: string, token: string): string | undefined {
  const sealed = opened(parts, "open", name, token);
  if (sealed === undefined) return undefined;
  const { account, region, id, page, sessionSeconds } = sealed;
  const position = { account, region, id, page, sessionSeconds };
  return parts.tokens.seal(scopeOf("session", name), position, sessionSeconds * 1_000);
}

/** What a session may see: the application as long as it is the same one. */
export function pageAccess(parts: Parts, name: string, session: string): PageAccess | undefined {
  const sealed = opened(parts, "session", name, session);
  if (sealed === undefined) return undefined;
  const application = parts.applications.get(sealed, name);
  return application === undefined ? undefined : { application, page: sealed.page };
}

function opened(
  { tokens, applications }: Parts,
  use: "open" | "session",
  name: string,
  token: string,
): Sealed | undefined {
  const found = tokens.open(scopeOf(use, name), token);
  if (found.kind !== "valid") return undefined;
  const sealed = found.position as unknown as Sealed;
  const application = applications.get(sealed, name);
  return application?.document.id === sealed.id ? sealed : undefined;
}
