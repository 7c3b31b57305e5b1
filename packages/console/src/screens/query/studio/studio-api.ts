import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";

/** What a Studio application's page answers for one paragraph. */
export interface Paragraph {
  readonly id: string;
  readonly text: string;
  readonly status: "READY" | "RUNNING" | "FINISHED" | "ERROR" | "ABORTED";
  readonly startedMs?: number;
  readonly endedMs?: number;
  readonly message?: string;
  readonly result?: {
    readonly columns: readonly { readonly name: string; readonly type: string }[];
    readonly rows: readonly (readonly string[])[];
    readonly changes: number;
  };
}

export interface Note {
  readonly id: string;
  readonly name: string;
  readonly paragraphs: readonly Paragraph[];
}

/** An answer of an application's page that is not a success. */
export class PageError extends Error {
  override readonly name = "Studio";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type PageUrlType = "FLINK_DASHBOARD_URL" | "ZEPPELIN_UI_URL";

/** The calls behind an application's page, with the session that its presigned URL begins. */
export class ApplicationPage {
  readonly #client: () => Promise<KinesisAnalyticsV2>;
  readonly #name: string;
  readonly #type: PageUrlType;
  #session: Promise<string> | undefined;

  constructor(client: () => Promise<KinesisAnalyticsV2>, name: string, type: PageUrlType) {
    this.#client = client;
    this.#name = name;
    this.#type = type;
  }

  /** @throws PageError */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#send(method, path, body);
    if (answer.status !== 403) return answered<T>(answer);
    // The session is over, or the application was made anew.
    this.#session = undefined;
    return answered<T>(await this.#send(method, path, body));
  }

  async #send(method: string, path: string, body: unknown): Promise<Response> {
    this.#session ??= this.#open();
    const session = await this.#session.catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    return fetch(`/_millrace/applications/${encodeURIComponent(this.#name)}/api/${path}`, {
      method,
      headers: { "x-millrace-session": session, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async #open(): Promise<string> {
    const client = await this.#client();
    const { AuthorizedUrl = "" } = await client.createApplicationPresignedUrl({
      ApplicationName: this.#name,
      UrlType: this.#type,
    });
    // Millrace may call itself by another name than this browser does.
    const { pathname, search } = new URL(AuthorizedUrl);
    const page = await fetch(`${pathname}${search}`);
    const session = new URL(page.url).searchParams.get("session");
    if (session === null) throw new PageError(page.status, (await page.text()).trim());
    return session;
  }
}

async function answered<T>(answer: Response): Promise<T> {
  const value = (await answer.json()) as T & { readonly message?: string };
  if (!answer.ok) throw new PageError(answer.status, value.message ?? `HTTP ${answer.status}`);
  return value;
}
