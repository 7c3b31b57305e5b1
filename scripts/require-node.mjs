// Plain JavaScript on purpose: it must run on the old Node that it complains about.
// npm puts node_modules/.bin first in PATH, so the pinned Node of the optional dependency is what runs here.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Millrace needs Node 22.18 or newer; this is ${process.versions.node}.\n` +
      "Install Node 24, or install with optional dependencies (npm ci without --omit=optional): they bring a pinned Node.",
  );
  process.exit(1);
}
