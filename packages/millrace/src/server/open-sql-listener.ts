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

/** Where SQL clients find Redshift's clusters; the warehouse itself is opened by the first of them. */
export async function openSqlListener(context: ServiceContext): Promise<SqlListener> {
  const { host, redshiftClusterPorts } = context.configuration;
  const opened: SqlListener[] = [];
  const close = async (graceMs: number): Promise<void> => {
    await Promise.all(opened.map((listener) => listener.close(graceMs)));
  };
  try {
    const shared = await openShared(context);
    opened.push(shared);
    for (const { identifier, port } of redshiftClusterPorts)
      opened.push(await listen(context, port, identifier).catch(refuse("redshift-cluster-port", host, port)));
    return { port: shared.port, close };
  } catch (error) {
    await close(0);
    throw error;
  }
}

async function openShared(context: ServiceContext): Promise<SqlListener> {
  const { redshiftPort, host } = context.configuration;
  if (redshiftPort !== undefined)
    return await listen(context, redshiftPort).catch(refuse("redshift-port", host, redshiftPort));
  try {
    return await listen(context, usualPort);
  } catch (error) {
    if (systemCode(error) !== "EADDRINUSE") return refuse("redshift-port", host, usualPort)(error);
    context.log.warn({ port: usualPort }, "the usual port of Redshift is taken: it listens on another one");
    return await listen(context, 0).catch(refuse("redshift-port", host, 0));
  }
}

async function listen(context: ServiceContext, port: number, cluster?: string): Promise<SqlListener> {
  const { configuration, directory, clock, log } = context;
  const { PostgresListener, defaultPostgresLimits } = await import("../listeners/postgres/index.ts");
  const listener = new PostgresListener({
    ...{ clock, log, port, host: configuration.host, limits: defaultPostgresLimits },
    directory: lazyWarehouse(context, cluster),
    tls: () => certificate(directory, clock),
  });
  const bound = await listener.start();
  return { port: bound.port, close: (graceMs) => listener.close(graceMs) };
}

function refuse(flag: string, host: string, port: number): (error: unknown) => never {
  return (error) => {
    throw new ConfigurationError(`cannot listen on ${host} port ${port} (--${flag}): ${messageOf(error)}`);
  };
}
