import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EncoderPool, Encoders } from "../kernels/delivery/index.ts";
import type { ServiceContext } from "./service-context.ts";

/** What makes objects of records: one budget of memory, one directory for what does not fit into it. */
export function openEncoders(context: ServiceContext): Promise<Encoders> {
  return context.platform.part("encoders", async ({ onClose }) => {
    const { clock, log, directory } = context;
    const { isKept } = directory;
    const spoolDirectory = isKept
      ? directory.folder("delivery-spool")
      : mkdtempSync(join(tmpdir(), "millrace-delivery-"));
    if (!isKept) onClose(() => rmSync(spoolDirectory, { recursive: true, force: true }));
    const pool = new EncoderPool({ log });
    onClose(() => pool.close());
    const encoders = await Encoders.open({ spoolDirectory, clock, pool });
    onClose(() => encoders.close());
    return encoders;
  });
}
