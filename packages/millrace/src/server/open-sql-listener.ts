import type { Clock } from "../core/clock.ts";
import { messageOf, systemCode } from "../core/errors.ts";
import { certificate } from "./certificate.ts";
import { ConfigurationError } from "./configuration.ts";
import { lazyWarehouse } from "./lazy-warehouse.ts";
import type { ServiceContext } from "./service-context.ts";

const usualPort = 5_439;

export interface SqlListener {
  readonly port: number;
  close(graceMs: number): Promise<void>;
}

export interface SqlListenerOptions {
  /** Of the timeouts of connections. */
  readonly clock: Clock;
  /** Where it listened before; what the configuration says when undefined. */
  readonly port: number | undefined;
}

/** Where SQL clients find Redshift's clusters; the warehouse itself is opened by the first of them. */
export async function openSqlListener(
  context: ServiceContext,
  options: SqlListenerOptions,
): Promise<SqlListener> {
  const { host, redshiftClusterPorts } = context.configuration;
  const opened: SqlListener[] = [];
  const close = async (graceMs: number): Promise<void> => {
    await Promise.all(opened.map((listener) => listener.close(graceMs)));
  };
  try {
    const shared = await openShared(context, options);
    opened.push(shared);
    for (const { identifier, port } of redshiftClusterPorts)
      opened.push(
        await listen(context, options.clock, port, identifier).catch(
          refuse("redshift-cluster-port", host, port),
        ),
      );
    return { port: shared.port, close };
  } catch (error) {
    await close(0);
    throw error;
  }
}

async function openShared(context: ServiceContext, options: SqlListenerOptions): Promise<SqlListener> {
  const { clock } = options;
  const { host } = context.configuration;
  const fixed = options.port ?? context.configuration.redshiftPort;
  if (fixed !== undefined)
    return await listen(context, clock, fixed).catch(refuse("redshift-port", host, fixed));
  try {
    return await listen(context, clock, usualPort);
  } catch (error) {
    if (systemCode(error) !== "EADDRINUSE") return refuse("redshift-port", host, usualPort)(error);
    context.log.warn({ port: usualPort }, "the usual port of Redshift is taken: it listens on another one");
    return await listen(context, clock, 0).catch(refuse("redshift-port", host, 0));
  }
}

async function listen(
  context: ServiceContext,
  clock: Clock,
  port: number,
  cluster?: string,
): Promise<SqlListener> {
  const { configuration, directory, log } = context;
  const { PostgresListener, defaultPostgresLimits } = await import("../listeners/postgres/index.ts");
  const listener = new PostgresListener({
    ...{ clock, log, port, host: configuration.host, limits: defaultPostgresLimits },
    directory: lazyWarehouse(context, cluster),
    tls: () => certificate(directory, context.clock),
  });
  const bound = await listener.start();
  return { port: bound.port, close: (graceMs) => listener.close(graceMs) };
}

function refuse(flag: string, host: string, port: number): (error: unknown) => never {
  return (error) => {
    throw new ConfigurationError(`cannot listen on ${host} port ${port} (--${flag}): ${messageOf(error)}`);
  };
}
