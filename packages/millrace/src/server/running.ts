import type { Clock } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import { MetricRegistry } from "../core/metrics.ts";
import { Gateway, type GatewayOptions } from "../gateway/gateway.ts";
import type { Exchange } from "../gateway/listen/exchange.ts";
import { PageTokens } from "../gateway/tokens.ts";
import { type Access, openAccess } from "./access.ts";
import { Admin } from "./admin/admin.ts";
import type { AdminContext } from "./admin/context.ts";
import { pagesPrefix, servePage } from "./application-pages.ts";
import type { BoundAddress } from "./bound-address.ts";
import { type Configuration, ConfigurationError } from "./configuration.ts";
import type { DataDirectory } from "./data-directory.ts";
import { openSqlListener, type SqlListener } from "./open-sql-listener.ts";
import { Platform } from "./platform.ts";
import type { ServiceContext } from "./service-context.ts";
import { type ServiceStarter, ServiceTable } from "./service-table.ts";
import { hasKept, serviceFactories, serviceIds } from "./services.ts";

/** What stays as it is when the content of the data directory is replaced. */
export interface RunningContext
  extends Omit<AdminContext, Exclude<keyof ServiceContext, "configuration"> | "services" | "access"> {
  readonly configuration: Configuration;
  readonly directory: DataDirectory;
  readonly clock: Clock;
  /** Of the timeouts of connections, which are real also where services have a clock of their own. */
  readonly networkClock: Clock;
  readonly log: Logger;
  readonly address: BoundAddress;
  /** What the process counts. */
  readonly registry: MetricRegistry;
  readonly gateway: Omit<
    GatewayOptions,
    "services" | "authenticator" | "authorizer" | "clock" | "log" | "requests"
  >;
}

/**
 * Everything that stands on the content of the data directory, opened and closed as one: services, what they
 * share, who may do what, SQL clients. The HTTP listener is not part of it: it stays up meanwhile.
 */
export interface Running {
  readonly access: Access;
  /** Serves one request. Never throws. */
  serve(exchange: Exchange): Promise<void>;
  /** Empties the services of these ids, or all services and what they stand on. */
  reset(ids?: readonly string[]): Promise<void>;
  /** Starts to listen for SQL clients, if Redshift is among the services: on the same port each time. */
  openSql(): Promise<void>;
  /** Ends SQL clients' connections, after their statements or after `graceMs`. */
  closeSql(graceMs: number): Promise<void>;
  /** Closes everything; no call runs afterwards. */
  close(): Promise<void>;
}

/** @throws ConfigurationError */
export async function openRunning(base: RunningContext): Promise<Running> {
  const { configuration, directory, clock } = base;
  const platform = new Platform();
  const registry = new MetricRegistry(base.registry);
  const master = await directory.masterKey(configuration.masterKey);
  const tokens = new PageTokens({ key: master.derive("page tokens"), clock });
  const context = { ...base, master, registry, tokens, platform };
  const services = serviceTable(context);
  let sql: SqlListener | undefined;
  const closeSql = async (graceMs: number): Promise<void> => {
    const open = sql;
    sql = undefined;
    await open?.close(graceMs);
  };
  const close = async (): Promise<void> => {
    await closeSql(0);
    await services.close();
    await platform.close();
  };
  try {
    for (const id of services.ids) if (hasKept(directory, id)) await services.get(id);
    const access = await openAccess({ ...context, services });
    return {
      access,
      serve: server(context, services, access),
      async reset(ids) {
        await services.reset(ids);
        if (ids === undefined) await platform.reset();
      },
      async openSql() {
        if (services.ids.includes("redshift")) sql = await openSql(context, base);
      },
      ...{ closeSql, close },
    };
  } catch (error) {
    await close();
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

/** Hands requests to the pages of applications, the admin API and the gateway. */
function server(
  context: ServiceContext & RunningContext,
  services: ServiceTable,
  access: Access,
): (exchange: Exchange) => Promise<void> {
  const { clock, log, platform } = context;
  const { authenticator, authorizer } = access;
  const { requests } = context;
  const parts = { ...context.gateway, services, authenticator, authorizer, clock, log, requests };
  const gateway = new Gateway(parts);
  const admin = new Admin({ ...context, services, access });
  return (exchange) => {
    const { path } = exchange.head;
    if (path.startsWith(pagesPrefix)) return servePage(exchange, log, { services, platform });
    return Admin.serves(path) ? admin.serve(exchange) : gateway.serve(exchange);
  };
}

async function openSql(context: ServiceContext, base: RunningContext): Promise<SqlListener> {
  const { address, networkClock } = base;
  const listener = await openSqlListener(context, { clock: networkClock, port: address.sql()?.port });
  address.sqlBound(listener.port);
  return listener;
}
