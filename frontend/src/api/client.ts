/** The one door to the server: JSON in and out, our CSRF token on every change, every failure an ApiError. */

export type Reason = { at: string; detail: string };

/** A request that didn't do what was asked. `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly reasons: readonly Reason[] = [],
  ) {
    super(detail);
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

const UNREACHABLE = "Stackdraft doesn't answer. Check the connection; nothing typed here is lost.";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Options = { body?: unknown; contentType?: string; signal?: AbortSignal; keepalive?: boolean; accept?: string };

export async function request<Answer>(method: Method, path: string, options: Options = {}): Promise<Answer> {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

async function send(method: Method, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: options.accept ?? "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.body instanceof FormData) {
    init.body = options.body; // the browser writes the content type, which holds the boundary
  } else if (options.body !== undefined) {
    headers["Content-Type"] = options.contentType ?? "application/json";
    init.body = JSON.stringify(options.body);
  }
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;

  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, "offline", UNREACHABLE);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

export const get = <Answer>(path: string, signal?: AbortSignal) =>
  request<Answer>("GET", path, signal ? { signal } : {});
export const getText = async (path: string, signal?: AbortSignal): Promise<string> =>
  (await send("GET", path, { accept: "*/*", ...(signal ? { signal } : {}) })).text();
export const post = <Answer>(path: string, body: unknown = {}) => request<Answer>("POST", path, { body });
export const put = <Answer>(path: string, body: unknown) => request<Answer>("PUT", path, { body });
export const patch = <Answer>(path: string, body: unknown) => request<Answer>("PATCH", path, { body });
export const remove = (path: string) => request<undefined>("DELETE", path, { keepalive: true });

/** What to tell a person about a failure, whatever was thrown. */
export function errorSentence(error: unknown): string {
  if (error instanceof ApiError) return error.detail;
  return error instanceof Error ? error.message : String(error);
}

/** What was refused, by the place that it is about. */
export function refusedAt(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.reasons.map(({ at, detail }) => [at, detail]));
}

function csrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

async function refusal(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => null);
  if (isRefusal(answer)) return new ApiError(response.status, answer.code, answer.detail, answer.reasons ?? []);
  return new ApiError(
    response.status,
    "unexpected_answer",
    `The server answered ${response.status}. Try again; if it stays, the server's log says more.`,
  );
}

function isRefusal(answer: unknown): answer is { code: string; detail: string; reasons?: Reason[] } {
  return (
    typeof answer === "object" &&
    answer !== null &&
    "code" in answer &&
    typeof answer.code === "string" &&
    "detail" in answer &&
    typeof answer.detail === "string"
  );
}
