import type { Unload } from "../../../sql/redshift/ast/unload.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { objectError, roleRefused } from "../copy/copy-errors.ts";
import { objectIdentity } from "../copy/source/object-identity.ts";
import { type StatementObjects, WarehouseObjectError } from "../objects-port.ts";
import { tagResult } from "../session/results.ts";
import type { StatementResult } from "../sql-session.ts";
import type { StatementContext } from "../statements/statement-context.ts";
import { manifestText } from "./manifest.ts";
import { rowSource } from "./row-source.ts";
import { unloadColumns } from "./unload-columns.ts";
import { type UnloadJob, unloadLines } from "./unload-lines.ts";
import { unloadSettings } from "./unload-options.ts";
import { unloadParquet } from "./unload-parquet.ts";
import { UnloadTarget } from "./unload-target.ts";

/** UNLOAD: the rows of a query as files in S3, all of one moment; a failed one removes what it wrote. */
export async function runUnload(unload: Unload, context: StatementContext): Promise<StatementResult> {
  const settings = unloadSettings(unload);
  const { query } = unload;
  if (query.limit !== undefined || (query.body.kind === "select" && query.body.top !== undefined))
    throw new SqlError("0A000", "Limit clause is not supported");
  demandRole(unload, context);
  const bound = await context.bind(query, unload.queryText);
  const columns = unloadColumns(bound.columns, settings);
  await context.lock(bound);
  await context.transaction.open();
  const querySql = await context.engineSql(bound);
  const plan = { settings, querySql, width: bound.columns.length };
  const source = await rowSource(unload, columns, plan, context);
  const objects = await connect(unload, context);
  try {
    const target = new UnloadTarget(objects, unload.target, settings, context.logged.queryId);
    if (settings.cleanPath) {
      if (settings.partitionBy.length === 0) await target.clean(target.prefix);
    } else if (!settings.allowOverwrite) await target.demandEmpty();
    context.checkCancelled();
    const job: UnloadJob = { context, settings, columns, source, target, written: [] };
    await write(job);
    context.logged.relationOids = bound.uses.map(({ relation }) => relation.oid);
    return finish(unload, job);
  } finally {
    await objects.close();
  }
}

async function write(job: UnloadJob): Promise<void> {
  const { settings, written, target, columns } = job;
  try {
    if (settings.format === "parquet") await unloadParquet(job);
    else await unloadLines(job);
    written.sort((a, b) => (a.key < b.key ? -1 : 1));
    if (settings.manifest === undefined) return;
    const verbose = settings.manifest === "verbose" ? columns.written : undefined;
    const text = manifestText(written, (key) => target.urlOf(key), verbose);
    await target.put(`${target.prefix}manifest`, bytesOf(text), "application/json");
  } catch (error) {
    await removeWritten(job);
    throw error;
  }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array, void, void> {
  yield Buffer.from(text);
}

/** Whoever may write need not be allowed to remove; then the files stay, as on AWS. */
async function removeWritten({ written, target, context }: UnloadJob): Promise<void> {
  for (const { key } of written) {
    try {
      await target.remove(key);
    } catch (error) {
      context.host.log.warn({ key, error }, "a file of a failed UNLOAD stays");
      return;
    }
  }
}

function finish(unload: Unload, job: UnloadJob): StatementResult {
  const { context, written } = job;
  const rows = written.reduce((total, file) => total + file.rows, 0);
  const { lastNumbers, logged } = context;
  lastNumbers.unloadId = logged.queryId;
  lastNumbers.unloadRows = rows;
  note(unload, job);
  context.notice("INFO", `UNLOAD completed, ${rows} record(s) unloaded successfully.`);
  return tagResult("UNLOAD", rows);
}

function note(unload: Unload, { context, settings, written, target }: UnloadJob): void {
  const { compression, format } = settings;
  const { host, user, logged, transaction, processId, databaseRecord } = context;
  for (const file of written)
    host.events.unloadedFiles.add({
      atMs: file.endedAtMs,
      userId: user.id,
      queryId: logged.queryId,
      transactionId: transaction.id,
      processId,
      sessionDatabase: databaseRecord.name,
      slice: file.slice,
      path: target.urlOf(file.key),
      location: unload.target,
      fileFormat: format,
      compression: compression === "none" ? "" : compression,
      rows: file.rows,
      bytes: file.bytes,
      startedAtMs: file.startedAtMs,
    });
}

function demandRole({ authorization }: Unload, context: StatementContext): void {
  const role = authorization?.kind === "iam-role" ? authorization.role : undefined;
  if (role === undefined || role.kind === "session") return;
  const roles = role.kind === "default" ? "default" : role.arns.join(",");
  context.demand({ kind: "assume role", roles, command: "unload" });
}

/** S3 in the name of whom the statement says. */
async function connect(unload: Unload, context: StatementContext): Promise<StatementObjects> {
  const { host, logged, signal, user } = context;
  const { defaultRole, enhancedVpcRouting } = host.clusterSettings();
  const identity = objectIdentity(unload.authorization, defaultRole);
  if (host.objects === undefined) throw new SqlError("0A000", "this warehouse has no S3 to UNLOAD to");
  const { account, region, identifier } = host.facts;
  const cluster = { account, region, identifier };
  const access = { identity, cluster, region: unload.options.region ?? region, enhancedVpcRouting };
  try {
    return await host.objects.connect(access, signal);
  } catch (error) {
    if (!(error instanceof WarehouseObjectError)) throw error;
    if (error.code !== "AccessDenied" || identity.kind !== "roles")
      throw objectError(error, "", logged.queryId);
    const name = `arn:aws:redshift:${region}:${account}:dbuser:${identifier}/${user.name}`;
    throw roleRefused(name, identity.roleArns.join(","), logged.queryId);
  }
}
