const required: readonly string[] = ["ClusterIdentifier", "MasterUsername", "NodeType"];

/** Without optional members that are "": Terraform sends them for what nobody has set. */
export function withoutBlanks<Members extends object>(input: Members): Members {
  const given = Object.entries(input).filter(([name, value]) => value !== "" || required.includes(name));
  return Object.fromEntries(given) as Members;
}
