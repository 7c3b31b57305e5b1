const hidden = "'***'";

/** Names whose quoted value is a secret in Redshift's and Flink's statements. */
const named =
  /\b((?:secret_access_key|session_token|access_key_id|master_symmetric_key|password|credentials)(?:\s+as)?\s+)'(?:[^'\\]|\\.|'')*'/gi;
/** Options of connectors: `'aws.credentials.basic.secretkey' = '...'`. */
const options = /('[^']*(?:secret|password|token|accesskey)[^']*'\s*=\s*)'(?:[^'\\]|\\.|'')*'/gi;

/** A text as it may be kept: what is secret in it is left out. */
export function withoutSecrets(text: string): string {
  return text.replace(named, `$1${hidden}`).replace(options, `$1${hidden}`);
}
