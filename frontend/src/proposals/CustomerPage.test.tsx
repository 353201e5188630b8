import { screen } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { describe, expect, it } from "vitest";

import type { OfferContents, SharedProposal } from "@/api/types";
import { json, showScreen } from "@/test/screen";

import { anOffer, anOption } from "./builders";
import { CustomerPage } from "./CustomerPage";

const ADDRESS = "GET /api/shared/t0ken/";

const aShared = (change: Partial<SharedProposal> = {}): SharedProposal => ({
  version: 2,
  content_hash: "07a68fa4".padEnd(64, "0"),
  contents: anOffer(),
  changes: null,
  is_newest: true,
  comments: [],
  acceptance: null,
  ...change,
});

const show = (answers: Record<string, unknown>) =>
  showScreen(
    <Routes>
      <Route path="/p/:token" element={<CustomerPage />} />
    </Routes>,
    answers,
    "/p/t0ken",
  );

describe("the customer's page", () => {
  it("shows the recommended option with its price, and what has none as not priced", async () => {
    show({ [ADDRESS]: aShared() });

    expect(await screen.findByRole("radio", { name: /Option B/ })).toBeChecked();
    expect(screen.getByRole("button", { name: "Accept for $2,135.69 a month" })).toBeDisabled();
    expect(screen.getAllByText("not priced").length).toBeGreaterThan(0);
    expect(screen.queryByText("$0.00", { selector: "tbody td" })).not.toBeInTheDocument();
  });

  it("accepts what was read, by its hash, only after somebody agreed with a name", async () => {
    const { user, asked } = show({
      [ADDRESS]: aShared(),
      "POST /api/shared/t0ken/accept/": { option: "A", name: "Ingrid", role: "", at: "2026-11-29T10:00:00Z" },
    });
    await user.click(await screen.findByRole("radio", { name: /Option A/ }));
    await user.type(screen.getByLabelText("Your name"), "Ingrid");
    await user.click(screen.getByLabelText(/I accept the price/));

    await user.click(screen.getByRole("button", { name: /Accept for/ }));

    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
      option: "A",
      name: "Ingrid",
      role: "",
      content_hash: "07a68fa4".padEnd(64, "0"),
    });
  });

  it("says that there is a newer version and lets nobody accept the older one", async () => {
    const { user } = show({ [ADDRESS]: aShared({ is_newest: false }) });
    await user.type(await screen.findByLabelText("Your name"), "Ingrid");
    await user.click(screen.getByLabelText(/I accept the price/));

    expect(screen.getByText(/There is a newer version/)).toBeVisible();
    expect(screen.getByRole("button", { name: /Accept for/ })).toBeDisabled();
  });

  it("switches to the other views of the drawing that were frozen", async () => {
    const contents = anOffer();
    const option = { ...anOption("B", "2135.69"), more_pictures: [{ view: "network", alternative: "Two networks" }] };
    const { user } = show({ [ADDRESS]: aShared({ contents: { ...contents, options: [anOption("A", "1782.73"), option] } }) });
    expect(await screen.findByRole("img", { name: "Web server behind a balancer" })).toHaveAttribute(
      "src",
      "/api/shared/t0ken/pictures/B.svg?view=full&theme=light",
    );

    await user.click(screen.getByRole("radio", { name: "Network" }));

    expect(screen.getByRole("img", { name: "Two networks" })).toHaveAttribute(
      "src",
      "/api/shared/t0ken/pictures/B.svg?view=network&theme=light",
    );
  });

  it("says what changed since the version that was read before", async () => {
    const rows = [
      { where: "Option A", what: "A month, before tax", before: "$1,900.00", after: "$1,782.73" },
      { where: "Terms", what: "Payment", before: "", after: "Within 30 days." },
    ];
    const { user } = show({ [ADDRESS]: aShared({ changes: { since: 1, rows } }) });

    await user.click(await screen.findByText("What changed since version 1"));

    expect(screen.getByRole("row", { name: "A month, before tax $1,900.00 $1,782.73" })).toBeVisible();
    expect(screen.getByRole("row", { name: "Payment – Within 30 days." })).toBeVisible();
  });

  it("asks for the password where there is one, and says when it is wrong", async () => {
    const { user } = show({
      [ADDRESS]: json(401, { code: "password_needed", detail: "This proposal is behind a password." }),
      "POST /api/shared/t0ken/unlock/": json(403, { code: "password_refused", detail: "That is not the password." }),
    });

    await user.type(await screen.findByLabelText("Password"), "guess");
    await user.click(screen.getByRole("button", { name: "Open the proposal" }));

    expect(await screen.findByText("That is not the password.")).toBeVisible();
  });

  it("says what became of a link that ended", async () => {
    show({ [ADDRESS]: json(410, { code: "link_closed", detail: "This link has expired or was taken back." }) });

    expect(await screen.findByText(/expired or was taken back/)).toBeVisible();
  });

  it("shows words of anybody as words", async () => {
    const contents: OfferContents = { ...anOffer(), title: "<img src=x onerror=alert(1)>" };
    show({ [ADDRESS]: aShared({ contents }) });

    expect(await screen.findByRole("heading", { name: "<img src=x onerror=alert(1)>" })).toBeVisible();
  });
});
