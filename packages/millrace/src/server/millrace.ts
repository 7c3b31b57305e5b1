import { type Logger as Pino, pino } from "pino";
import { type Clock, systemClock } from "../core/clock.ts";
import { messageOf } from "../core/errors.ts";
import type { Logger } from "../core/logger.ts";
import { MetricRegistry } from "../core/metrics.ts";
import type { NewCredential } from "../gateway/credentials/credential-store.ts";
import { Gateway } from "../gateway/gateway.ts";
import { Listener } from "../gateway/listen/listener.ts";
import { defaultListenerLimits } from "../gateway/listen/listener-limits.ts";
import { GatewayMeter } from "../gateway/meter.ts";
import { ModelLibrary } from "../gateway/model/model-library.ts";
import { createProtocols } from "../gateway/protocol/protocols.ts";
import { Router } from "../gateway/route/router.ts";
import { PageTokens } from "../gateway/tokens.ts";
import { type Access, openAccess } from "./access.ts";
import { Admin, adminPrefix } from "./admin/admin.ts";
import type { AdminContext } from "./admin/context.ts";
import { pagesPrefix, servePage } from "./application-pages.ts";
import { BoundAddress } from "./bound-address.ts";
import { certificate } from "./certificate.ts";
import { type Configuration, ConfigurationError } from "./configuration.ts";
import { DataDirectory } from "./data-directory.ts";
import { openSqlListener } from "./open-sql-listener.ts";
import { Platform } from "./platform.ts";
import { addProcessMetrics } from "./process-metrics.ts";
import type { ServiceContext } from "./service-context.ts";
import { type ServiceStarter, ServiceTable } from "./service-table.ts";
import { hasKept, serviceFactories, serviceIds } from "./services.ts";
import { version } from "./version.ts";

/** How long requests in flight may take when Millrace stops. */
const graceMs = 5_000;
/** PutRecords takes 10 MiB, which is 14 MiB in base64, and its keys. */
const maxBodyBytes = 32 * 1024 * 1024;

/** A running Millrace. */
export interface Millrace {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  readonly port: number;
  /** Where SQL clients reach Redshift; undefined where it does not run. */
  readonly sql: { readonly host: string; readonly port: number } | undefined;
  /** The root credential when this start made it: shown once, it cannot be read back. */
  readonly firstCredential: NewCredential | undefined;
  /** Empties every service. */
  reset(): Promise<void>;
  /** Lets requests in flight finish, then releases everything. */
  close(): Promise<void>;
}

/** Starts Millrace as configured. @throws ConfigurationError when that is not possible. */
export async function startMillrace(
  configuration: Configuration,
  clock: Clock = systemClock,
): Promise<Millrace> {
  const log: Logger = startLog(configuration);
  const directory = new DataDirectory(configuration);
  const registry = new MetricRegistry();
  addProcessMetrics(registry, clock.now());
  const platform = new Platform();
  let services: ServiceTable | undefined;
  let httpListener: { close(): Promise<void> } | undefined;
  const tidyUp = async (): Promise<void> => {
    await services?.close();
    await platform.close();
    directory.close();
  };
  try {
    const master = await directory.masterKey(configuration.masterKey);
    const tokens = new PageTokens({ key: master.derive("page tokens"), clock });
    const address = new BoundAddress(configuration.host);
    const context = { configuration, directory, master, clock, log, registry, tokens, platform, address };
    const table = serviceTable(context);
    services = table;
    for (const id of table.ids) if (hasKept(directory, id)) await table.get(id);
    const access = await openAccess({ ...context, services: table });
    const reset = async (): Promise<void> => {
      await table.reset();
      await platform.reset();
    };
    const startedMs = clock.now();
    const listener = await listen({ ...context, version, startedMs, services: table, access, reset });
    httpListener = listener;
    address.bound(listener.port);
    const sql = table.ids.includes("redshift") ? await openSqlListener(context) : undefined;
    if (sql !== undefined) address.sqlBound(sql.port);
    return {
      ...listener,
      sql: address.sql(),
      firstCredential: access.firstCredential,
      reset,
      async close() {
        await Promise.all([listener.close(), sql?.close(graceMs)]);
        await tidyUp();
      },
    };
  } catch (error) {
    await httpListener?.close();
    await tidyUp();
    throw error;
  }
}

/** The services that the configuration asks for. @throws ConfigurationError when it names others. */
function serviceTable(context: ServiceContext): ServiceTable {
  const starters = new Map<string, ServiceStarter>();
  for (const id of context.configuration.services ?? serviceIds) {
    const start = serviceFactories[id];
    if (start === undefined)
      throw new ConfigurationError(`--services ${id}: Millrace has ${serviceIds.join(", ")}.`);
    starters.set(id, () => start(context));
  }
  return new ServiceTable(starters);
}

interface ListenContext extends AdminContext {
  readonly access: Access;
}

async function listen(context: ListenContext): Promise<Pick<Millrace, "url" | "port" | "close">> {
  const { configuration, directory, clock, log, services, registry, access, platform } = context;
  const { host, port } = configuration;
  const protocols = createProtocols();
  const gateway = new Gateway({
    router: new Router(new ModelLibrary(), protocols),
    services,
    authenticator: access.authenticator,
    authorizer: access.authorizer,
    clock,
    log,
    meter: new GatewayMeter(registry),
    maxBodyBytes,
    fallbackProtocol: protocols.awsJson1_1,
  });
  const admin = new Admin(context);
  const listener = new Listener({
    host,
    port,
    tls: () => certificate(directory, clock),
    limits: defaultListenerLimits,
    log,
    clock,
    onRequest: (exchange) => {
      const { path } = exchange.head;
      if (path.startsWith(pagesPrefix)) void servePage(exchange, log, { services, platform });
      else void (path.startsWith(adminPrefix) ? admin.serve(exchange) : gateway.serve(exchange));
    },
  });
  const bound = await listener.start().catch((error: unknown) => {
    throw new ConfigurationError(`cannot listen on ${host} port ${port}: ${messageOf(error)}`);
  });
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return { url: `http://${shownHost}:${bound.port}`, port: bound.port, close: () => listener.close(graceMs) };
}

/** JSON lines on standard error: standard output belongs to the command line. */
function startLog(configuration: Configuration): Pino {
  return pino({ level: configuration.logLevel, base: null }, pino.destination({ fd: 2, sync: false }));
}
