import { screen } from "@testing-library/react";
import { Route, Routes } from "react-router";

import { aDesign } from "@/document/testing/catalogue";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";
import { json, showScreen } from "@/test/screen";

import { DiagramScreen } from "./DiagramScreen";

const picture = (view: string, layout = "automatic", naming = "generic") =>
  `GET /api/designs/d1/diagram.svg?view=${view}&layout=${layout}&theme=light&naming=${naming}`;
const svg = () => new Response("<svg/>", { status: 200 });

function show(answers: Record<string, unknown>) {
  useDesignStore.getState().open({ id: "d1", name: "Web shop", price_book: "rackspace", document: aDesign(), version: 1 });
  return showScreen(
    <Routes>
      <Route path="/designs/:design_id/diagram" element={<DiagramScreen />} />
    </Routes>,
    answers,
    "/designs/d1/diagram",
  );
}
beforeEach(() => useSessionStore.getState().setNaming("generic"));

test("each view and the chosen names are what the server is asked for, and what is downloaded", async () => {
  const { user } = show({ [picture("full")]: svg(), [picture("security")]: svg(), [picture("security", "automatic", "openstack")]: svg() });

  await user.click(await screen.findByRole("radio", { name: "Security" }));
  await user.click(screen.getByRole("button", { name: "Names: Generic" }));
  await user.click(await screen.findByRole("menuitem", { name: "OpenStack" }));

  expect(await screen.findByRole("img", { name: "Diagram of Web shop" })).toBeVisible();
  const text = screen.getByRole("link", { name: "Download Text" });
  expect(text).toHaveAttribute("href", "/api/designs/d1/diagram.txt?view=security&layout=automatic&theme=light&naming=openstack");
  expect(text).toHaveAttribute("download", "web-shop-security.txt");
});

test("a design that is too large for a picture says so, and offers what asks less", async () => {
  const detail = "This design has 2,400 components, and a diagram holds up to 2,000. Split the design, or draw a part of it.";
  const { user, asked } = show({
    [picture("full")]: json(422, { code: "diagram_too_large", detail }),
    [picture("executive")]: svg(),
  });

  expect(await screen.findByRole("alert")).toHaveTextContent(detail);
  await user.click(screen.getByRole("button", { name: "Show tiers only" }));

  expect(await screen.findByRole("img", { name: "Diagram of Web shop" })).toBeVisible();
  expect(asked.filter(({ path }) => path.includes("view=full"))).toHaveLength(1);
});
