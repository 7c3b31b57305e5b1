import { BlockList } from "node:net";

/** Whether an address is in one of the ranges; everybody is when there are none. */
export function admits(ranges: readonly string[] | undefined, address: string): boolean {
  if (ranges === undefined) return true;
  const list = new BlockList();
  for (const range of ranges) {
    const [network, bits] = range.split("/");
    if (network === undefined || bits === undefined) continue;
    list.addSubnet(network, Number(bits), network.includes(":") ? "ipv6" : "ipv4");
  }
  // A socket that takes both families shows IPv4 clients as ::ffff:10.0.0.1.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return list.check(plain, plain.includes(":") ? "ipv6" : "ipv4");
}
