import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router/dom";

import { Toasts } from "@/ui/toasts";

import { create_query_client } from "./queryClient";
import { create_router } from "./router";
import { theme } from "./theme";

export function App() {
  const [query_client] = useState(create_query_client);
  const [router] = useState(create_router);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={query_client}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  );
}
