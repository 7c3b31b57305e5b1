import { spawnSync } from "node:child_process";
import { peerProgram, type ServerKind } from "../server.ts";

const s3rver: ServerKind = {
  name: "s3rver",
  command: (port, data) => [
    ...peerProgram("s3rver/bin/s3rver.js"),
    ...["--directory", data, "--port", `${port}`, "--silent"],
  ],
};

const minio: ServerKind = {
  name: "MinIO",
  command: (port, data) => ["minio", "server", data, "--address", `127.0.0.1:${port}`, "--quiet"],
  environment: () => ({ MINIO_ROOT_USER: credential.key, MINIO_ROOT_PASSWORD: credential.secret }),
};

/** s3rver takes no other key; Millrace takes any. */
export const credential = { key: "S3RVER", secret: "S3RVERS3RVER" } as const;
/** s3rver's secret is too short for MinIO. */
export const secretOf = (kind: ServerKind): string => (kind === s3rver ? "S3RVER" : credential.secret);

/** The peers that this machine has: MinIO where it is in the PATH (`go install github.com/minio/minio@latest`). */
export function installedPeers(): readonly ServerKind[] {
  const { status } = spawnSync("minio", ["--version"], { stdio: "ignore" });
  return status === 0 ? [s3rver, minio] : [s3rver];
}
