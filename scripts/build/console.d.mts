/** Builds the console if its sources have changed; answers whether they had. @throws Error when that fails */
export function buildConsole(options?: { readonly quiet?: boolean }): boolean;
