import { screen, within } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import type { Draft, DraftOption } from "@/api/types";
import { showScreen } from "@/test/screen";

import { OptionFields } from "./OptionFields";

const anOption: DraftOption = {
  design: "d1",
  revision: null,
  name: "As drawn",
  intro: "",
  view: "full",
  layout: "automatic",
  price_book: "",
  price_book_version: null,
  profile: null,
  commitment: null,
  discount_percent: null,
  extras: [],
};

const answers = {
  "GET /api/designs/": [
    { id: "d1", name: "Shop", label: "" },
    { id: "d2", name: "Shop", label: "B" },
  ],
  "GET /api/designs/d1/revisions/": [{ id: "r1", number: 4, name: "As agreed", created_at: "2026-11-29T10:00:00Z" }],
  "GET /api/price-books/": [{ key: "outscale", title: "OUTSCALE", currency: "EUR", version: 2 }],
};

function show(options: DraftOption[] = [anOption]) {
  const written: Draft[] = [];
  function Editor() {
    const [draft, setDraft] = useState<Draft>({ options, recommended: "B" });
    const write = (change: Draft) => {
      written.push(change);
      setDraft((before) => ({ ...before, ...change }));
    };
    return <OptionFields designId="d1" draft={draft} write={write} />;
  }
  return { written, ...showScreen(<Editor />, answers) };
}

describe("the options of a proposal", () => {
  it("holds an option to a revision, a book's version, a use and a commitment", async () => {
    const { user, written } = show();
    await screen.findByRole("option", { name: "4, As agreed" });

    await user.selectOptions(screen.getByLabelText("Revision"), "4");
    await user.click(screen.getByText("Prices and use"));
    await user.selectOptions(screen.getByLabelText("Price book"), "outscale");
    await user.selectOptions(screen.getByLabelText("Its version"), "1");
    await user.selectOptions(screen.getByLabelText("Use"), "high");
    await user.selectOptions(screen.getByLabelText("Commitment"), "36-upfront");

    expect(written.at(-1)?.options?.[0]).toMatchObject({
      revision: 4,
      price_book: "outscale",
      price_book_version: 1,
      profile: "high",
      commitment: "36-upfront",
    });
  });

  it("lets go of the revision with the design, and of the version with the book", async () => {
    const { user, written } = show([{ ...anOption, revision: 4, price_book: "outscale", price_book_version: 1 }]);
    await screen.findByRole("option", { name: "OUTSCALE, EUR" });

    await user.selectOptions(screen.getByLabelText("Price book"), "");
    await user.click(screen.getByRole("combobox", { name: "Design" }));
    await user.click(await screen.findByRole("option", { name: "Shop, variant B" }));

    expect(written.at(-1)?.options?.[0]).toMatchObject({ design: "d2", revision: null, price_book_version: null });
  });

  it("recommends nothing any more when an option goes, for the letters move", async () => {
    const { user, written } = show([anOption, { ...anOption, name: "Larger" }]);

    await user.click(screen.getByRole("button", { name: "Remove option A" }));

    expect(written.at(-1)).toMatchObject({ options: [{ name: "Larger" }], recommended: "" });
    expect(within(screen.getByRole("group", { name: "Option A" })).getByDisplayValue("Larger")).toBeVisible();
  });

  it("has room for four", async () => {
    const { user } = show([anOption, anOption, anOption]);

    await user.click(screen.getByRole("button", { name: "Add an option" }));

    expect(screen.queryByRole("button", { name: "Add an option" })).not.toBeInTheDocument();
  });
});
