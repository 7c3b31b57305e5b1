import type { SnapshotManifest } from "./manifest.ts";

/** What a snapshot cannot bring with it, in sentences for whoever saved or loaded it. */
export function notesOf({ hasRemoteObjects, masterKey }: SnapshotManifest): readonly string[] {
  const notes: string[] = [];
  if (hasRemoteObjects)
    notes.push(
      "The bytes of some objects lie in another S3 (--object-store), and not in the snapshot: start with the same " +
        "--object-store, and let only one Millrace change them.",
    );
  if (masterKey.kind === "given")
    notes.push("The master key is not in the snapshot: it opens with the same --master-key only.");
  return notes;
}
