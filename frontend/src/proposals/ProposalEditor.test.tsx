import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Draft, Proposal, ProposalFile, ProposalPreview, ProposalVersion, SellerContents, Wording } from "@/api/types";
import { json, showScreen } from "@/test/screen";

import { anOffer, anOption, starter } from "./builders";
import { ProposalEditor } from "./ProposalEditor";

const HASH = "07a68fa4".padEnd(64, "0");
const draft: Draft = {
  title: "Web shop",
  contact: "",
  options: [{ design: "d1", name: "As drawn", intro: "", view: "full", layout: "automatic", price_book: "" }],
  recommended: "",
  summary: "Old words.",
  benefits: [],
  terms: [],
  reasons: {},
  accepted: {},
  markup_percent: null,
  term_months: 36,
  valid_until: "2099-01-01",
  paper: "a4",
};
const aProposal = (change: Partial<Proposal> = {}): Proposal => ({
  id: "p1",
  number: "P-0001",
  customer: "c1",
  customer_name: "Harbour & Pine",
  accepted_option: null,
  draft,
  versions: [],
  created_at: "2026-11-29T10:00:00Z",
  updated_at: "2026-11-29T10:00:00Z",
  ...change,
});
const sums = { monthly: "1347.90", one_time: "0.00" };
const aPreview = (change: Partial<ProposalPreview> = {}): ProposalPreview => ({
  content_hash: HASH,
  customer: anOffer(),
  seller: {
    options: ["A", "B"].map((letter) => ({
      letter,
      sums: { markup_percent: "17.3", markup: sums, cost: sums, net: sums, margin: sums, margin_percent: "13.0" },
    })),
  },
  pictures: { A: "<svg/>", B: "<svg/>" },
  obstacles: [],
  ...change,
});
const shops: Wording = {
  id: "w1",
  name: "Shops",
  is_usual: true,
  summary: "Sells.",
  benefits: [{ title: "Ready", text: "For peaks." }],
  terms: [],
  updated_at: "2026-11-29T10:00:00Z",
};
const frozen: ProposalVersion = {
  number: 1,
  content_hash: HASH,
  created_at: "2026-11-29T10:00:00Z",
  created_by: "mara",
  changed_since: null,
  files: [],
};
const aFile = (ending: string, state: ProposalFile["state"], detail = ""): ProposalFile => ({
  ending,
  paper: "",
  state,
  detail,
  changed_at: "2026-11-29T10:00:00Z",
});

const show = (answers: Record<string, unknown> = {}) =>
  showScreen(
    <ProposalEditor designId="d1" proposalId="p1" />,
    {
      "GET /api/proposals/p1/": aProposal(),
      "GET /api/proposals/p1/preview/": aPreview(),
      "PATCH /api/proposals/p1/": aProposal(),
      "GET /api/customers/": [],
      "GET /api/designs/": [],
      "GET /api/designs/d1/revisions/": [],
      "GET /api/price-books/": [],
      "GET /api/wordings/": [shops],
      "GET /api/wordings/starter/": starter,
      "GET /api/proposals/p1/links/": [],
      "GET /api/proposals/p1/comments/": [],
      ...answers,
    },
    "/designs/d1/proposal/p1",
  );

describe("the proposal editor", () => {
  beforeEach(() => localStorage.clear());

  it("keeps what is typed and freezes it, in this order", async () => {
    const { user, asked } = show({ "POST /api/proposals/p1/versions/": frozen });
    const freeze = await screen.findByRole("button", { name: "Freeze version 1" });
    await waitFor(() => expect(freeze).toBeEnabled());

    await user.type(screen.getByLabelText("Title"), "!");
    await user.click(freeze);

    await waitFor(() => expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1));
    const changes = asked.filter(({ method }) => method !== "GET");
    expect(changes.map(({ method }) => method)).toEqual(["PATCH", "POST"]);
    expect(changes[0]?.body).toEqual({ draft: { title: "Web shop!" } });
    expect(changes[1]?.body).toEqual({ since: 0 });
  });

  it("says what was refused, and sends it along with the next words", async () => {
    const words = "draft.contact: Ensure this field has no more than 200 characters.";
    const { user, asked } = show({ "PATCH /api/proposals/p1/": json(400, { code: "invalid", detail: words }) });
    await user.type(await screen.findByLabelText("For the attention of"), "x");
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByText("Not saved")).toBeVisible();

    await user.type(screen.getByLabelText("Title"), "!");

    await waitFor(() =>
      expect(asked.filter(({ method }) => method === "PATCH").at(-1)?.body).toEqual({
        draft: { contact: "x", title: "Web shop!" },
      }),
    );
  });

  it("is not frozen before what is in the way has its reason", async () => {
    const obstacle = { kind: "unpriced", about: "mon:monitoring", option: "A", sentence: "Monitoring has no price. Write down why, or price it." };
    const { user, asked } = show({ "GET /api/proposals/p1/preview/": aPreview({ obstacles: [obstacle] }) });
    const before = await screen.findByRole("region", { name: "Before it is sent" });

    await user.type(within(before).getByRole("textbox"), "Within our fee.");

    expect(screen.getByRole("button", { name: "Freeze version 1" })).toBeDisabled();
    await waitFor(() =>
      expect(asked.findLast(({ method }) => method === "PATCH")?.body).toEqual({
        draft: { reasons: { "mon:monitoring": "Within our fee." } },
      }),
    );
  });

  it("fills in kept texts, and gives back the ones before when asked", async () => {
    const { user } = show();
    await user.click(await screen.findByRole("combobox", { name: "Kept texts" }));
    await user.click(await screen.findByRole("option", { name: "Shops" }));
    expect(screen.getByLabelText("Summary")).toHaveValue("Sells.");
    expect(screen.getByDisplayValue("For peaks.")).toBeVisible();

    await user.click(screen.getByRole("button", { name: "Undo" }));

    expect(screen.getByLabelText("Summary")).toHaveValue("Old words.");
    expect(screen.queryByDisplayValue("For peaks.")).not.toBeInTheDocument();
  });

  it("adds a customer with his terms, and is for him from then on", async () => {
    const { user, asked } = show({ "POST /api/customers/": { id: "c2", name: "Fjordline" } });
    await user.click(await screen.findByRole("button", { name: "New customer" }));
    const dialog = await screen.findByRole("dialog", { name: "New customer" });
    await user.type(within(dialog).getByLabelText("Name"), " Fjordline ");
    await user.tab();
    await user.keyboard("17.3");

    await user.click(within(dialog).getByRole("button", { name: "Create customer" }));

    await waitFor(() => expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ customer: "c2" }));
    expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({ name: "Fjordline", markup_percent: "17.3" });
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("says in its dialog why a customer was refused, and is for nobody else", async () => {
    const words = "A currency is three capital letters, such as EUR.";
    const { user, asked } = show({ "POST /api/customers/": json(400, { code: "invalid", detail: words }) });
    await user.click(await screen.findByRole("button", { name: "New customer" }));
    const dialog = await screen.findByRole("dialog", { name: "New customer" });
    await user.type(within(dialog).getByLabelText("Name"), "Fjordline");
    await user.type(within(dialog).getByLabelText("Currency"), "E");

    await user.click(within(dialog).getByRole("button", { name: "Create customer" }));

    expect(await within(dialog).findByText(words)).toBeVisible();
    expect(asked.some(({ method }) => method === "PATCH")).toBe(false);
  });

  it("says at its field what of a customer was refused", async () => {
    const reasons = [{ at: "currency", detail: "A currency is three capital letters." }];
    const detail = "currency: A currency is three capital letters.";
    const { user } = show({ "POST /api/customers/": json(400, { code: "invalid", detail, reasons }) });
    await user.click(await screen.findByRole("button", { name: "New customer" }));
    const dialog = await screen.findByRole("dialog", { name: "New customer" });
    await user.type(within(dialog).getByLabelText("Name"), "Fjordline");
    await user.click(within(dialog).getByRole("button", { name: "Create customer" }));

    await waitFor(() => expect(within(dialog).getByLabelText("Currency")).toHaveAccessibleDescription("A currency is three capital letters."));
    expect(within(dialog).queryByRole("alert")).toBeNull();
  });

  it("takes the rate that a customer's currency needs where it is missing", async () => {
    const refused = json(409, { code: "currency_rate_missing", detail: "There is no rate from USD to EUR. Add one with its date and source." });
    const { user } = show({ "GET /api/proposals/p1/preview/": refused, "GET /api/currency-rates/": [] });

    await user.click(await screen.findByRole("button", { name: "Add rate" }));

    expect(screen.getByLabelText("Source")).toBeVisible();
  });

  it("begins with the starter texts by one click, and leaves alone what was written", async () => {
    const { user, asked } = show({ "GET /api/wordings/": [] });

    await user.click(await screen.findByRole("button", { name: "Begin with Stackdraft’s starter texts" }));

    expect(screen.getByLabelText("Summary")).toHaveValue("Old words.");
    expect(screen.getByDisplayValue("Assumptions")).toBeVisible();
    const { benefits, terms } = starter;
    await waitFor(() => expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ draft: { benefits, terms } }));
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(screen.queryByDisplayValue("Assumptions")).not.toBeInTheDocument();
  });

  it("has the starter texts among the kept ones, for what is empty", async () => {
    const { user } = show();
    await user.click(await screen.findByRole("combobox", { name: "Kept texts" }));
    await user.click(await screen.findByRole("option", { name: "Stackdraft’s, for what is empty" }));

    expect(screen.getByLabelText("Summary")).toHaveValue("Old words.");
    expect(screen.getByDisplayValue("One picture")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Dismiss" }));
  });

  it("shows what the draft would change, and lets the documents keep silent about it", async () => {
    const rows = [{ where: "Terms", what: "Payment", before: "30 days", after: "14 days" }];
    const { user, asked } = show({
      "GET /api/proposals/p1/": aProposal({ versions: [frozen] }),
      "GET /api/proposals/p1/preview/": aPreview({ content_hash: "1".repeat(64) }),
      "GET /api/proposals/p1/changes/?before=1": rows,
      "POST /api/proposals/p1/versions/": { ...frozen, number: 2 },
    });
    expect(await screen.findByRole("row", { name: "Payment 30 days 14 days" })).toBeVisible();

    await user.selectOptions(await screen.findByLabelText("The documents say what changed"), "not at all");
    await user.click(screen.getByRole("button", { name: "Freeze version 2" }));

    await waitFor(() => expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ since: 0 }));
  });

  it("says how far the files are, and offers to make again what failed", async () => {
    const files = [aFile("pdf", "failed", "It could not be made. Try again."), aFile("xlsx", "making"), aFile("docx", "ready")];
    const { user, asked } = show({
      "GET /api/proposals/p1/": aProposal({ versions: [{ ...frozen, files }] }),
      "GET /api/proposals/p1/changes/?before=1": [],
      "POST /api/proposals/p1/versions/1/files/": [],
    });

    expect(await screen.findByText("The files are being made, 1 of 3 ready.")).toBeVisible();
    expect(screen.getByText("PDF: It could not be made. Try again.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(asked.some(({ method, path }) => method === "POST" && path.endsWith("/files/"))).toBe(true);
  });

  it("says that no worker takes the files, and asks for them again", async () => {
    const words = "No worker has taken it.";
    const files = [aFile("pdf", "waiting", words), aFile("xlsx", "waiting", words), aFile("docx", "ready")];
    const { user, asked } = show({
      "GET /api/proposals/p1/": aProposal({ versions: [{ ...frozen, files }] }),
      "GET /api/proposals/p1/changes/?before=1": [],
      "POST /api/proposals/p1/versions/1/files/": [],
    });

    expect(await screen.findByText("1 of 3 files are made")).toBeVisible();
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.queryByText(/are being made/)).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Ask again" }));

    expect(asked.some(({ method, path }) => method === "POST" && path.endsWith("/files/"))).toBe(true);
  });

  it("shows what four options earn, two abreast", async () => {
    const contents = anOffer();
    const options = ["A", "B", "C", "D"].map((letter) => anOption(letter, "1782.73"));
    const [earned] = aPreview().seller.options;
    const seller = { options: options.map(({ letter }) => ({ ...earned, letter }) as SellerContents["options"][number]) };
    show({ "GET /api/proposals/p1/preview/": aPreview({ customer: { ...contents, options }, seller }) });

    const price = await screen.findByRole("region", { name: "Price" });
    expect(within(price).getAllByRole("table")).toHaveLength(2);
    expect(within(price).getByRole("columnheader", { name: "Option D" })).toBeVisible();
  });

  it("deletes a proposal only when nobody asked for it back", async () => {
    const { user, asked, router } = show({ "DELETE /api/proposals/p1/": json(204, null) });
    await user.click(await screen.findByRole("button", { name: "Delete the proposal" }));
    expect(router.state.location.pathname).toBe("/designs/d1/proposal");
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);

    await user.click(screen.getByRole("button", { name: "Dismiss" }));

    await waitFor(() => expect(asked.some(({ method }) => method === "DELETE")).toBe(true));
  });

  it("keeps cost and margin out of what the customer reads", async () => {
    show();

    const paper = await screen.findByRole("article");
    expect(within(paper).queryByText(/margin|cost/i)).not.toBeInTheDocument();
    expect(screen.getByRole("region", { name: "Price" })).toHaveTextContent("Margin13.0%");
  });
});
