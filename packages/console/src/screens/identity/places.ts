/** Addresses of this screen's pages. */
export function userPath(name: string): string {
  return `/identity/users/${encodeURIComponent(name)}`;
}

export function groupPath(name: string): string {
  return `/identity/groups/${encodeURIComponent(name)}`;
}

export function rolePath(name: string): string {
  return `/identity/roles/${encodeURIComponent(name)}`;
}

export function policyPath(arn: string): string {
  return `/identity/policy?${new URLSearchParams({ arn })}`;
}

/** The simulator with a principal in it. */
export function simulatorPath(principal: string): string {
  return `/identity?${new URLSearchParams({ tab: "simulator", principal })}`;
}
