import { createHash } from "node:crypto";
import type { ServiceError } from "../../../core/errors.ts";
import type { Application } from "../applications/application.ts";
import { type ApplicationDocument, isSql, isStudio, type VersionDocument } from "../applications/document.ts";
import { applicationArn } from "../arn.ts";
import type { KinesisAnalyticsV2Dependencies } from "../dependencies.ts";
import { codeNotReadable, invalidCode } from "../errors.ts";
import { type Archives, ProgramError, programOf } from "./program.ts";
import { sqlFailureText, sqlStateOf } from "./sql-failure.ts";

/**
 * Looks at the code of a version before it is kept. Code that is not SQL is not looked at.
 * @returns what was read from S3, to be kept with the version
 * @throws ServiceError CodeValidationException, InvalidArgumentException when it cannot be read
 */
export async function checkCode(
  dependencies: KinesisAnalyticsV2Dependencies,
  application: Pick<ApplicationDocument, "account" | "region" | "name">,
  version: VersionDocument,
  archives: Archives,
): Promise<Buffer | undefined> {
  const { ApplicationCodeConfigurationDescription: code } = version.configuration;
  if (code === undefined || isStudio(version.runtime)) return undefined;
  let read: Buffer | undefined;
  let text = code.CodeContentDescription?.TextContent ?? "";
  try {
    const program = await programOf(dependencies, application, version, undefined, archives);
    if (program.kind === "foreign") return undefined;
    text = program.text;
    read = program.read;
    const { account, region } = application;
    const engine = await dependencies.engine();
    await engine.check({
      text,
      dialect: "flink",
      context: { account, region, roleArn: version.role, sourceArn: applicationArn(application) },
    });
  } catch (error) {
    if (!isEarly(error, version)) throw codeError(error, text) ?? error;
  }
  return read;
}

function codeError(error: unknown, text: string): ServiceError | undefined {
  if (error instanceof ProgramError)
    return error.object === undefined
      ? invalidCode(error.message)
      : codeNotReadable(error.object.bucketArn, error.object.key, error.message);
  const failure = sqlFailureText(error, text);
  return failure === undefined ? undefined : invalidCode(failure);
}

/** Code of SQL-1_0 may come before its inputs and outputs: then only what is no SQL at all is wrong already. */
const isEarly = (error: unknown, { runtime }: VersionDocument): boolean =>
  isSql(runtime) && sqlFailureText(error, "") !== undefined && sqlStateOf(error) !== syntaxError;

/** SQLSTATE of a syntax error. */
const syntaxError = "42601";

/** A version with the code that was read for it. */
export function withRead(version: VersionDocument, read: Buffer | undefined): VersionDocument {
  return read === undefined ? version : { ...version, archive: sha256Of(read) };
}

export const sha256Of = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** Archives of an application, and the one that came with the call. */
export function archivesOf(
  read: (sha256: string) => Uint8Array | undefined,
  coming: { readonly sha256: string | undefined; readonly archive: Uint8Array | undefined },
): Archives {
  return (sha256) => (sha256 === coming.sha256 ? coming.archive : read(sha256));
}

/** Archives that are kept. */
export const keptArchives =
  (
    table: { archive(application: Application, sha256: string): Uint8Array | undefined },
    application: Application,
  ): Archives =>
  (sha256) =>
    table.archive(application, sha256);
