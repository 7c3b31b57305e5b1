import { ServiceError } from "../../core/errors.ts";
import { isOfForeignName, isOfForeignPage } from "../../gateway/foreign-page.ts";
import type { RequestHead } from "../../gateway/listen/exchange.ts";

/**
 * Keeps pages of other origins from using the admin API. Where nobody has to prove who he is, the host's name
 * counts as well.
 * @throws ServiceError 403
 */
export function checkOrigin(
  head: RequestHead,
  options: { readonly isOpen: boolean; readonly host: string },
): void {
  const { origin, host } = head.headers;
  if (isOfForeignPage(head)) throw refused(`a page of ${origin?.slice(0, 200) ?? "another origin"}`);
  if (options.isOpen && isOfForeignName(head, options.host))
    throw refused(`a name that is not this machine's: ${host?.slice(0, 200)}`);
}

function refused(who: string): ServiceError {
  return new ServiceError("CrossOriginRequest", `Refused, because the request comes from ${who}.`, {
    status: 403,
  });
}
