import type { HttpRequest } from "../../../gateway/http.ts";

/** What a page's request consists of. */
export type PageRequest = Pick<HttpRequest, "method" | "path" | "query" | "headers" | "body">;
