/** A prefix that AWS would refuse when a stream is created; the message is AWS's. */
export class PrefixError extends Error {
  override readonly name = "PrefixError";
}

/** AWS's own words, its spelling included (hashicorp/terraform-provider-aws#13416). */
export function constraint(text: string): PrefixError {
  return new PrefixError(`Ths supplied prefix(es) do not satisfy the following constraint: ${text}`);
}
