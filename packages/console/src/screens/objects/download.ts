import { useConsole } from "../../api/console-context.tsx";
import { useAction } from "../../api/queries.ts";
import type { ObjectIdentity } from "./object-head.ts";
import { presignedUrl } from "./presign.ts";

const downloadSeconds = 60;

/** Lets the browser save an object, of any size, by a URL that is soon worthless. */
export function useDownload(): (object: ObjectIdentity) => void {
  const { endpoint, session } = useConsole();
  const download = useAction(async ({ bucket, key, versionId }: ObjectIdentity) => {
    const url = await presignedUrl({
      endpoint,
      session,
      method: "GET",
      bucket,
      key,
      ...(versionId !== undefined && { versionId }),
      expiresSeconds: downloadSeconds,
      downloadAs: key.split("/").at(-1) || key,
    });
    const link = document.createElement("a");
    link.href = url;
    link.download = "";
    link.click();
  });
  return download.mutate;
}
