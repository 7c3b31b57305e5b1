import type { CommandIo } from "../command-io.ts";

/** Opens an address in the browser, or says it where there is none. */
export async function openInBrowser(url: string, io: CommandIo): Promise<void> {
  const { environment } = io;
  const hasScreen =
    process.platform !== "linux" || Boolean(environment["DISPLAY"] ?? environment["WAYLAND_DISPLAY"]);
  if (!hasScreen) {
    io.print(`  Open ${io.style("cyan", url)} in a browser: there is no screen here.`);
    return;
  }
  io.print(`  Opening ${io.style("cyan", url)}`);
  const { default: open } = await import("open");
  const child = await open(url);
  child.once("error", () => io.print(`  No browser could be started. Open ${url} yourself.`));
}
