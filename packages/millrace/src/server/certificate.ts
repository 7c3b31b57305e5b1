import type { Clock } from "../core/clock.ts";
import type { TlsMaterial } from "../gateway/listen/listener.ts";
import type { DataDirectory } from "./data-directory.ts";

/** Made, or read from the data directory, for the first client that speaks TLS. */
export async function certificate(directory: DataDirectory, clock: Clock): Promise<TlsMaterial> {
  const { makeCertificate, selfSignedCertificate } = await import(
    "../gateway/listen/self-signed-certificate.ts"
  );
  return directory.isKept ? selfSignedCertificate(directory.path, clock) : makeCertificate(clock.now());
}
