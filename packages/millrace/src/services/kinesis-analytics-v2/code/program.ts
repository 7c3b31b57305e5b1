import type { SqlApplicationConfigurationDescription } from "@aws-sdk/client-kinesis-analytics-v2";
import { messageOf } from "../../../core/errors.ts";
import type { ApplicationDocument, RunDocument, VersionDocument } from "../applications/document.ts";
import { isSql } from "../applications/document.ts";
import { applicationArn } from "../arn.ts";
import { type KinesisAnalyticsV2Dependencies, ObjectReadError } from "../dependencies.ts";
import { limits } from "../limits.ts";
import { ArchiveError, filesOfArchive } from "./zip-archive.ts";

/**
 * A version's code as it runs: Flink SQL, or something for a real Flink. What was read from S3 for it is kept with
 * the version, as AWS keeps it: the object may change.
 */
export type Program = SqlProgram | { readonly kind: "foreign"; readonly code: Uint8Array };

export interface SqlProgram {
  readonly kind: "sql";
  readonly text: string;
  /** What it was made of, as users know it, and where in that a place of the text is. */
  readonly source: string;
  readonly placeOf: (position: number) => number;
  readonly read?: Buffer;
}

const same = (position: number): number => position;

const plainProgram = (text: string): SqlProgram => ({ kind: "sql", text, source: text, placeOf: same });

/** Why an application has no program that can run; users read it. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  /** The object that could not be read. */
  readonly object: { readonly bucketArn: string; readonly key: string } | undefined;

  constructor(message: string, object?: { readonly bucketArn: string; readonly key: string }) {
    super(message);
    this.object = object;
  }
}

type Parts = Pick<KinesisAnalyticsV2Dependencies, "objects" | "dialect">;
type Named = Pick<ApplicationDocument, "account" | "region" | "name">;

/** Where archives are that came inside a call. */
export type Archives = (sha256: string) => Uint8Array | undefined;

/**
 * The program of a version. Texts may refer to environment properties: `${group.key}`.
 * @throws ProgramError, SqlError
 */
export async function programOf(
  parts: Parts,
  application: Named,
  version: VersionDocument,
  run: RunDocument | undefined,
  archives: Archives,
): Promise<Program> {
  const code = version.configuration.ApplicationCodeConfigurationDescription;
  if (code === undefined) throw new ProgramError("The application has no code.");
  const program = await givenProgram(parts, application, version, archives);
  if (program.kind === "foreign") return program;
  if (isSql(version.runtime)) return { ...program, ...(await rewritten(parts, program.text, version, run)) };
  const text = withProperties(program.text, version);
  return { ...program, text, source: text };
}

async function rewritten(
  { dialect }: Parts,
  text: string,
  { configuration }: VersionDocument,
  run: RunDocument | undefined,
): Promise<Pick<SqlProgram, "text" | "placeOf">> {
  const settings = configuration.SqlApplicationConfigurationDescription ?? {};
  if (run !== undefined) checkSettings(settings);
  const atMs = run?.requestedMs ?? 0;
  const positions = Object.fromEntries(
    Object.entries(run?.positions ?? {}).map(([id, position]) => [id, { position, atMs }]),
  );
  return dialect.rewrite(text, settings, positions);
}

/** What can be kept, and cannot be run. @throws ProgramError */
function checkSettings(settings: SqlApplicationConfigurationDescription): void {
  for (const input of settings.InputDescriptions ?? [])
    if (input.InputProcessingConfigurationDescription?.InputLambdaProcessorDescription !== undefined)
      throw new ProgramError(
        `Input ${input.InputId} has an InputProcessingConfiguration: records are not preprocessed by functions here. ` +
          "Delete it, or preprocess on the way into the stream.",
      );
  for (const output of settings.OutputDescriptions ?? [])
    if (output.LambdaOutputDescription !== undefined)
      throw new ProgramError(
        `Output ${output.Name} goes to a Lambda function, which is no destination here.`,
      );
}

async function givenProgram(
  { objects }: Parts,
  application: Named,
  version: VersionDocument,
  archives: Archives,
): Promise<Program> {
  const code = version.configuration.ApplicationCodeConfigurationDescription;
  const content = code?.CodeContentDescription;
  if (content?.TextContent !== undefined) return plainProgram(content.TextContent);
  if (version.archive !== undefined) {
    const archive = archives(version.archive);
    if (archive === undefined) throw new ProgramError("The archive of the application's code is gone.");
    const bytes = Buffer.from(archive);
    const isRead = content?.S3ApplicationCodeLocationDescription !== undefined;
    return isRead ? plainProgram(bytes.toString("utf8")) : fromArchive(bytes);
  }
  const { BucketARN = "", FileKey = "", ObjectVersion } = content?.S3ApplicationCodeLocationDescription ?? {};
  const { account, region } = application;
  const reader = { account, region, roleArn: version.role, sourceArn: applicationArn(application) };
  const location = { bucketArn: BucketARN, key: FileKey, version: ObjectVersion };
  const isText = FileKey.toLowerCase().endsWith(".sql") || code?.CodeContentType === "PLAINTEXT";
  const maxBytes = isText ? limits.sqlObjectBytes : limits.archiveBytes;
  try {
    const { bytes, size } = await objects.read(location, reader, maxBytes);
    if (isText) {
      if (size > maxBytes) throw new ProgramError(`${FileKey} has ${size} bytes; ${maxBytes} are read.`);
      return { ...plainProgram(bytes.toString("utf8")), read: bytes };
    }
    // The whole is not needed to know that it is none of ours.
    const program: Program = size > maxBytes ? { kind: "foreign", code: bytes } : fromArchive(bytes);
    return program.kind === "sql" ? { ...program, read: Buffer.from(program.text) } : program;
  } catch (error) {
    if (!(error instanceof ObjectReadError)) throw error;
    throw new ProgramError(error.message, location);
  }
}

/** An archive with one .sql file at its top, and none of what a real Flink would run. */
function fromArchive(bytes: Buffer): Program {
  try {
    const files = filesOfArchive(bytes, limits.sqlObjectBytes);
    const foreign = files.some(({ name }) => /\.(class|py|jar)$/i.test(name));
    const texts = files.filter(({ name }) => /^[^/]+\.sql$/i.test(name));
    const [text] = texts;
    if (foreign || text === undefined) return { kind: "foreign", code: bytes };
    if (texts.length > 1)
      throw new ProgramError(`The archive has ${texts.length} .sql files at its top: there must be one.`);
    return plainProgram(text.read().toString("utf8"));
  } catch (error) {
    if (error instanceof ArchiveError) throw new ProgramError(messageOf(error));
    throw error;
  }
}

/** `${group.key}` stands for an environment property. @throws ProgramError */
function withProperties(text: string, { configuration }: VersionDocument): string {
  const groups = configuration.EnvironmentPropertyDescriptions?.PropertyGroupDescriptions ?? [];
  return text.replaceAll(/\$\{([A-Za-z0-9_-]+)\.([A-Za-z0-9_.-]+)\}/g, (_all, group: string, key: string) => {
    const map = groups.find(({ PropertyGroupId: id }) => id === group)?.PropertyMap;
    const value = map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
    if (value === undefined)
      throw new ProgramError(
        `The code refers to \${${group}.${key}}, and there is no such environment property.`,
      );
    return value;
  });
}
