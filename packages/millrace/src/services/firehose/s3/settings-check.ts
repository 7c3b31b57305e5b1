import { parseArn } from "../../../core/arn.ts";
import { compilePrefixes, PrefixError, type Prefixes } from "../../../kernels/delivery/index.ts";
import type { DestinationRequest } from "../destinations/destination.ts";
import { invalidArgument } from "../errors.ts";
import { bucketOf, type LoggingOptions, type S3Settings } from "./s3-settings.ts";
import { isSupportedTimeZone } from "./time-zones.ts";

/** What goes beyond the settings of every place in S3. */
export interface PrefixExtras {
  readonly timeZone?: string | undefined;
  readonly dynamicPartitioning?: boolean;
  /** False where a prefix is plain text: Redshift's staging. */
  readonly expressions?: boolean;
}

/**
 * Refuses settings as AWS does at creation and update. The role is asked for last, as there.
 * @throws ServiceError InvalidArgumentException
 */
export async function checkSettings(
  settings: S3Settings,
  request: DestinationRequest,
  extras: PrefixExtras = {},
): Promise<void> {
  checkedPrefixes(settings, extras);
  await checkPlace(settings, request);
}

/** The prefixes of settings that a client asks for. @throws ServiceError InvalidArgumentException */
export function checkedPrefixes(settings: S3Settings, extras: PrefixExtras): Prefixes {
  const { timeZone } = extras;
  if (timeZone !== undefined && timeZone !== "" && !isSupportedTimeZone(timeZone))
    throw invalidArgument(
      "Provided custom time zone is not supported. Custom time zones are limited to UTC and non-3-letter IANA time zones.",
    );
  return compiledPrefixes(settings, extras);
}

/** All but the prefixes. @throws ServiceError InvalidArgumentException */
export async function checkPlace(settings: S3Settings, request: DestinationRequest): Promise<void> {
  checkEncryption(settings);
  checkLogging(settings.CloudWatchLoggingOptions);
  checkKeyRegion(settings, request);
  checkRole(settings.RoleARN, request);
  const bucket = bucketOf(settings);
  if (!request.parts.places.hasBucket(bucket)) throw invalidArgument(`S3 Bucket ${bucket} does not exist.`);
}

/** @throws ServiceError with AWS's words for a prefix that cannot be evaluated. */
export function compiledPrefixes(settings: S3Settings, extras: PrefixExtras): Prefixes {
  try {
    return compilePrefixes({
      prefix: settings.Prefix,
      errorOutputPrefix: settings.ErrorOutputPrefix,
      timeZone: extras.timeZone,
      ...(extras.dynamicPartitioning === undefined
        ? {}
        : { dynamicPartitioning: extras.dynamicPartitioning }),
      ...(extras.expressions === undefined ? {} : { expressions: extras.expressions }),
    });
  } catch (error) {
    if (error instanceof PrefixError) throw invalidArgument(error.message);
    throw error;
  }
}

function checkEncryption({ EncryptionConfiguration: encryption }: S3Settings): void {
  const isNone = encryption.NoEncryptionConfig !== undefined;
  if (isNone === (encryption.KMSEncryptionConfig !== undefined))
    throw invalidArgument("Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified");
}

/** @throws ServiceError InvalidArgumentException */
export function checkLogging(logging: LoggingOptions): void {
  if (!logging.Enabled) return;
  if (!logging.LogGroupName)
    throw invalidArgument("CloudWatch Log Group Name is required if CloudWatch Logging is enabled");
  if (!logging.LogStreamName)
    throw invalidArgument("CloudWatch Log Stream Name is required if CloudWatch Logging is enabled");
}

function checkKeyRegion(
  { EncryptionConfiguration: encryption }: S3Settings,
  request: DestinationRequest,
): void {
  const arn = encryption.KMSEncryptionConfig?.AWSKMSKeyARN;
  if (arn === undefined || parseArn(arn)?.region === request.call.region) return;
  throw invalidArgument(`KMS Key ${arn} does not exist in the same region as the S3 bucket`);
}

/** @throws ServiceError InvalidArgumentException when Firehose may not act in the name of the role. */
export function checkRole(roleArn: string, { parts, stream }: DestinationRequest): void {
  const refusal = parts.roles.assuming({ roleArn, service: firehoseService, sourceArn: stream.arn });
  if (refusal === undefined) return;
  throw invalidArgument(`Firehose is unable to assume role ${roleArn}. Please check the role provided.`);
}

/** As trust policies and `iam:PassedToService` name it. */
export const firehoseService = "firehose.amazonaws.com";
