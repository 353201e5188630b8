import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";

import { json, showScreen } from "@/test/screen";

import { SignInScreen } from "./SignInScreen";

it("says why nobody was let in and selects the password to type it again", async () => {
  const { user } = showScreen(<SignInScreen />, {
    "GET /api/session/": { user: null },
    "POST /api/session/": json(400, {
      code: "wrong_credentials",
      detail: "This user name and password don't belong together.",
    }),
  });

  await user.type(screen.getByLabelText("User name"), "mara");
  await user.type(screen.getByLabelText("Password"), "wrong");
  await user.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("This user name and password don't belong together.");
  await waitFor(() => expect(screen.getByLabelText("Password")).toHaveFocus());
});

it("goes on to the wanted page once signed in", async () => {
  const { user, router } = showScreen(
    <SignInScreen />,
    { "GET /api/session/": { user: null }, "POST /api/session/": { user: { id: 1, username: "mara", name: "Mara" } } },
    "/sign-in?next=%2Fclouds",
  );

  await user.type(screen.getByLabelText("User name"), "mara");
  await user.type(screen.getByLabelText("Password"), "correct horse");
  await user.click(screen.getByRole("button", { name: "Sign in" }));

  await waitFor(() => expect(router.state.location.pathname).toBe("/clouds"));
});
