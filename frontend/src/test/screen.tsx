import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";

import { createQueryClient } from "@/app/queryClient";
import { theme } from "@/app/theme";
import { Toasts } from "@/ui/toasts";

type Asked = { method: string; path: string; body: unknown };

/** Answers by `METHOD /path/`; a function sees what was asked. Anything else gets 404. */
export type Answers = Record<string, unknown>;

/** Show part of a screen as the product does, in front of a server that gives these answers. */
export function showScreen(ui: ReactNode, answers: Answers = {}, path = "/designs/d1/deploy") {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (address: string, init: RequestInit) => {
    const request = {
      method: init.method ?? "GET",
      path: address,
      body: typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined,
    };
    asked.push(request);
    const answer = answers[`${request.method} ${address}`];
    if (answer === undefined)
      return Promise.resolve(json(404, { code: "not_found", detail: "There is nothing at this address." }));
    if (answer instanceof Response) return Promise.resolve(answer.clone());
    return Promise.resolve(json(200, answer));
  });
  const router = createMemoryRouter([{ path: "*", element: ui }], { initialEntries: [path] });
  const view = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...view, asked, router, user: userEvent.setup() };
}

export const json = (status: number, body: unknown) =>
  new Response(status === 204 ? null : JSON.stringify(body), { status });
