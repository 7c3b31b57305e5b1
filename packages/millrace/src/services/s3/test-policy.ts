/** A policy that lets another account read a bucket's objects, or somebody else do something else. */
export function policyFor(bucket: string, changes: object = {}): string {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: "111111111111" },
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...changes }] });
}
