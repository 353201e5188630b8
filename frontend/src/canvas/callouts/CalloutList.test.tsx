import { act, screen, waitFor } from "@testing-library/react";
import { ReactFlowProvider } from "@xyflow/react";

import { aDesign, catalogue } from "@/document/testing/catalogue";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";
import { showScreen } from "@/test/screen";

import { CalloutList } from "./CalloutList";

const design = aDesign({
  callouts: { "1": { text: "The way in.", components: ["lb"] }, "3": { text: "The data.", components: ["db"] } },
});
const callouts = () => useDesignStore.getState().document.callouts;

function show() {
  const { open, setCatalogue } = useDesignStore.getState();
  setCatalogue(catalogue);
  open({ id: "d1", name: "Shop", price_book: "rackspace", document: design, version: 1 });
  useSessionStore.getState().select([]);
  useSessionStore.getState().showCallout(undefined);
  return showScreen(
    <ReactFlowProvider>
      <CalloutList />
    </ReactFlowProvider>,
    { "PATCH /api/designs/d1/document/": { version: 2 } },
  );
}
beforeEach(() => window.localStorage.clear());
afterEach(() => act(() => useDesignStore.getState().open({ id: "none", name: "", price_book: "", document: aDesign(), version: 0 })));

test("the legend tells each number, its text and what it is about", () => {
  show();

  expect(screen.getByRole("button", { name: /1.*The way in\..*Balancer/ })).toBeVisible();
  expect(screen.getByRole("button", { name: /3.*The data\..*Orders/ })).toBeVisible();
});

test("opening a callout makes it the one that stands out on the canvas, and its text can be changed", async () => {
  const { user } = show();

  await user.click(screen.getByRole("button", { name: /The data/ }));
  expect(useSessionStore.getState().callout).toBe("3");
  await user.type(screen.getByRole("textbox", { name: "Text of callout 3" }), " Orders and customers.");

  expect(callouts()?.["3"]).toEqual({ text: "The data. Orders and customers.", components: ["db"] });
});

test("a new callout is about what is selected; undo takes it away again", async () => {
  const { user } = show();
  act(() => useSessionStore.getState().select(["web"]));

  await user.click(screen.getByRole("button", { name: "Add about the selection" }));
  expect(callouts()?.["4"]).toEqual({ text: "", components: ["web"] });
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Text of callout 4" })).toHaveFocus());

  act(() => useDesignStore.getState().undo());
  expect(callouts()).toEqual(design.callouts);
});

test("gaps in the numbers can be closed", async () => {
  const { user } = show();

  await user.click(screen.getByRole("button", { name: "Renumber" }));

  expect(Object.keys(callouts() ?? {})).toEqual(["1", "2"]);
});
