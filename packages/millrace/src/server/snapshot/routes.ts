import { ServiceError } from "../../core/errors.ts";
import { type AdminRoute, answer, badRequest } from "../admin/route.ts";
import { SnapshotError } from "./snapshot-error.ts";
import type { Snapshots } from "./snapshots.ts";

/** Saving and loading all state. */
export function snapshotRoutes({ snapshots }: { readonly snapshots: Snapshots }): readonly AdminRoute[] {
  return [
    {
      method: "GET",
      pattern: "snapshot",
      action: "SaveSnapshot",
      scope: "machine",
      async run({ head }) {
        if (head.method === "HEAD") throw badRequest("A snapshot is made by GET.");
        const { manifest, bytes, content } = await snapshots.save().catch(refuse);
        const name = `millrace-${manifest.at.slice(0, 19).replaceAll(":", "-")}.tar.zst`;
        const headers = {
          "content-type": "application/zstd",
          "content-length": bytes,
          "content-disposition": `attachment; filename="${name}"`,
        };
        return { status: 200, headers, body: content };
      },
    },
    {
      method: "PUT",
      pattern: "snapshot",
      action: "LoadSnapshot",
      scope: "machine",
      body: "streamed",
      async run({ stream }) {
        if (stream === undefined) throw badRequest("Send the snapshot as the body.");
        return answer(await snapshots.load(stream).catch(refuse));
      },
    },
  ];
}

const statuses: Readonly<Record<SnapshotError["reason"], number>> = {
  "wrong file": 400,
  "wrong key": 409,
  "in use": 409,
  "not kept": 409,
  "not opened": 409,
  "no space": 507,
};
const codes: Readonly<Record<SnapshotError["reason"], string>> = {
  "wrong file": "InvalidSnapshot",
  "wrong key": "WrongMasterKey",
  "in use": "Conflict",
  "not kept": "Conflict",
  "not opened": "SnapshotNotOpened",
  "no space": "InsufficientStorage",
};

function refuse(error: unknown): never {
  if (!(error instanceof SnapshotError)) throw error;
  const { reason, message } = error;
  throw new ServiceError(codes[reason], message, { status: statuses[reason], cause: error });
}
