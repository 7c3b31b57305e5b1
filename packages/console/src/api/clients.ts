import type { ActionLog } from "./action-log.ts";
import { masked } from "./masked.ts";
import { type ClientSettings, clientLoaders, type ServiceClients, type ServiceId } from "./services.ts";
import type { Session } from "./session.ts";

/** What a call of the SDK says of itself while it passes its middleware. */
interface CallContext {
  readonly commandName?: string;
}

type Next = (args: { readonly input: object }) => Promise<unknown>;

/** The part of a client that all of them have. */
interface Recordable {
  readonly middlewareStack: {
    add(
      middleware: (next: Next, context: CallContext) => Next,
      options: { readonly step: "initialize"; readonly name: string },
    ): void;
  };
}

/** The SDK's clients of one session, each made when it is first asked for. */
export class Clients {
  readonly #settings: ClientSettings;
  readonly #log: ActionLog;
  readonly #made = new Map<ServiceId, Promise<unknown>>();

  constructor(session: Session, endpoint: string, log: ActionLog) {
    const { accessKeyId, secretAccessKey, sessionToken, region } = session;
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    this.#settings = { endpoint, region, credentials, maxAttempts: 2, userAgentAppId: "millrace-console" };
    this.#log = log;
  }

  get<K extends ServiceId>(service: K): Promise<ServiceClients[K]> {
    const known = this.#made.get(service);
    if (known !== undefined) return known as Promise<ServiceClients[K]>;
    const loading = clientLoaders[service](this.#settings).then((client) => {
      this.#record(service, client as unknown as Recordable);
      return client;
    });
    this.#made.set(service, loading);
    // A chunk that could not be loaded is asked for again by the next call.
    loading.catch(() => this.#made.delete(service));
    return loading;
  }

  #record(service: ServiceId, client: Recordable): void {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const operation = (context.commandName ?? "").replace(/Command$/, "");
        const done = this.#log.begin({ kind: "aws", service, operation, input: masked(args.input) });
        try {
          const output = await next(args);
          done(undefined);
          return output;
        } catch (error) {
          done(error instanceof Error ? error.name : "Error");
          throw error;
        }
      },
      { step: "initialize", name: "recordForCode" },
    );
  }
}
