import type { HttpResponse } from "../../../gateway/http.ts";
import type { Application } from "../applications/application.ts";
import { limits } from "../limits.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";
import { StudioError } from "../studio/studio.ts";
import { dashboardPage } from "./dashboard-page.ts";
import { jsonAnswer, plainAnswer } from "./page-document.ts";
import type { PageRequest } from "./page-request.ts";
import { pageAccess, pagesPrefix, sessionToken } from "./page-token.ts";
import { studioCall } from "./studio-calls.ts";
import { studioPage } from "./studio-page.ts";

const refused = "This address is not valid (any more). Ask for a new one with CreateApplicationPresignedUrl.";

/**
 * The pages of applications. A presigned URL begins a session, whose token then stands in the page's address; the
 * page's own requests carry it in a header. There is no other way in.
 */
export class ApplicationPages {
  readonly #state: KinesisAnalyticsV2State;

  constructor(state: KinesisAnalyticsV2State) {
    this.#state = state;
  }

  async answer(request: PageRequest): Promise<HttpResponse> {
    const [name = "", ...rest] = request.path.slice(pagesPrefix.length).split("/");
    if (rest[0] === "api") return this.#call(request, name, rest.slice(1));
    if (rest.length > 1 || (rest[0] ?? "") !== "") return plainAnswer(404, "There is no such page.");
    if (request.method !== "GET") return plainAnswer(405, "Pages are read with GET.");
    return this.#page(name, new URLSearchParams(request.query));
  }

  #page(name: string, query: URLSearchParams): HttpResponse {
    const token = query.get("token");
    if (token !== null) {
      const session = sessionToken(this.#state, name, token);
      if (session === undefined) return plainAnswer(403, refused);
      const location = `${pagesPrefix}${name}?session=${session}`;
      return {
        status: 302,
        headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
        body: "",
      };
    }
    const access = pageAccess(this.#state, name, query.get("session") ?? "");
    if (access === undefined) return plainAnswer(403, refused);
    return access.page === "studio" ? studioPage(name) : dashboardPage(name);
  }

  async #call(request: PageRequest, name: string, path: readonly string[]): Promise<HttpResponse> {
    const access = pageAccess(this.#state, name, request.headers["x-millrace-session"] ?? "");
    if (access === undefined) return jsonAnswer(403, { message: refused });
    const { application, page } = access;
    try {
      if (request.method === "GET" && path.join("/") === "status")
        return jsonAnswer(200, this.#status(application));
      if (page !== "studio") return jsonAnswer(404, { message: "There is no such call." });
      return await studioCall(this.#state.studio, application, request, path);
    } catch (error) {
      if (error instanceof StudioError) return jsonAnswer(error.status, { message: error.message });
      throw error;
    }
  }

  #status(application: Application): object {
    const { document } = application;
    const job = this.#state.jobs.job(application);
    const flink = document.current.configuration.FlinkApplicationConfigurationDescription;
    const perKpu = flink?.ParallelismConfigurationDescription?.ParallelismPerKPU ?? 1;
    return {
      nowMs: this.#state.clock.now(),
      application: {
        status: document.status,
        runtime: document.current.runtime,
        version: document.current.version,
        currentParallelism: document.currentParallelism,
        kpus: Math.min(limits.kpus, Math.ceil(document.currentParallelism / perKpu)),
      },
      metrics: job?.metrics() ?? null,
      graph: job?.graph() ?? [],
      log: this.#state.logs.tail(application),
    };
  }
}
