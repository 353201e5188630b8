import { afterEach, describe, expect, it, vi } from "vitest";

import { ApiError, errorSentence, get, patch, remove } from "./client";

const answer = (status: number, body: unknown) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status });

afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = "csrftoken=; max-age=0";
});

function stubServer(response: Response | Error) {
  const fetched = vi.fn<typeof fetch>(() =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

describe("asking the server", () => {
  it("sends our CSRF token with every change and none with a read", async () => {
    document.cookie = "csrftoken=abc123";
    const fetched = stubServer(answer(200, {}));
    await patch("/api/designs/1/", { name: "Web shop" });
    expect(fetched.mock.calls[0]?.[1]?.headers).toMatchObject({
      "X-CSRFToken": "abc123",
      "Content-Type": "application/json",
    });

    const read = stubServer(answer(200, {}));
    await get("/api/designs/");
    expect(read.mock.calls[0]?.[1]?.headers).not.toHaveProperty("X-CSRFToken");
  });

  it("turns a refusal into its sentence and reasons", async () => {
    stubServer(
      answer(409, {
        code: "edit_refused",
        detail: "The edit was not kept.",
        reasons: [{ at: "components.web.parent", detail: "no such container" }],
      }),
    );

    const error = await get("/api/x/").catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 409,
      code: "edit_refused",
      reasons: [{ at: "components.web.parent", detail: "no such container" }],
    });
    expect(errorSentence(error)).toBe("The edit was not kept.");
  });

  it("says that the server is silent when no answer comes", async () => {
    stubServer(new TypeError("Failed to fetch"));

    const error = (await get("/api/x/").catch((caught: unknown) => caught)) as ApiError;

    expect(error.isOffline).toBe(true);
    expect(error.detail).toMatch(/doesn't answer/);
  });

  it("stays readable when a proxy answers with a page instead of JSON", async () => {
    stubServer(new Response("<h1>502 Bad Gateway</h1>", { status: 502 }));

    await expect(get("/api/x/")).rejects.toThrow("The server answered 502.");
  });

  it("takes an empty answer as done", async () => {
    stubServer(answer(204, undefined));

    await expect(remove("/api/designs/1/")).resolves.toBeUndefined();
  });
});
