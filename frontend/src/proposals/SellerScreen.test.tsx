import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { SellerProfile, Wording } from "@/api/types";
import { json, showScreen } from "@/test/screen";

import { starter } from "./builders";
import { SellerScreen } from "./SellerScreen";

const profile: SellerProfile = {
  name: "Nordlicht",
  contact: "",
  address: "",
  color: "#2f5bea",
  logo: "",
  valid_days: 30,
};
const shops: Wording = {
  id: "w1",
  name: "Shops",
  is_usual: true,
  summary: "Sells.",
  benefits: [],
  terms: [{ title: "Payment", text: "30 days" }],
  updated_at: "2026-11-29T10:00:00Z",
};

const show = (answers: Record<string, unknown> = {}) =>
  showScreen(
    <SellerScreen />,
    { "GET /api/seller-profile/": profile, "GET /api/wordings/": [shops], "GET /api/wordings/starter/": starter, ...answers },
    "/proposals/seller",
  );

describe("letterhead and texts", () => {
  it("keeps who sells, without touching the logo", async () => {
    const { user, asked } = show({ "PATCH /api/seller-profile/": { ...profile, name: "Fjordline" } });
    const name = await screen.findByDisplayValue("Nordlicht");
    await user.clear(name);
    await user.type(name, "Fjordline");

    await user.click(screen.getByRole("button", { name: "Save the letterhead" }));

    const sent = asked.find(({ method }) => method === "PATCH")?.body;
    expect(sent).toEqual({ name: "Fjordline", contact: "", address: "", color: "#2f5bea", valid_days: 30 });
    expect(await screen.findByText("Saved. New versions carry it.")).toBeVisible();
  });

  it("says in the server's words why a logo was refused", async () => {
    const words = "That is no PNG, JPEG, WebP or GIF. Save the logo as one; SVG can hold programs.";
    const { user, container } = show({ "PUT /api/seller-profile/logo/": json(400, { code: "logo_invalid", detail: words }) });
    await screen.findByDisplayValue("Nordlicht");
    const chooser = container.querySelector<HTMLInputElement>('input[type="file"]');

    await user.upload(chooser as HTMLInputElement, new File(["<svg/>"], "logo.png", { type: "image/png" }));

    expect(await screen.findByText(words)).toBeVisible();
  });

  it("begins with the starter texts where nothing is kept yet, and keeps them only when asked", async () => {
    const { user, asked } = show({ "GET /api/wordings/": [], "POST /api/wordings/": shops });
    expect(await screen.findByRole("button", { name: "Starter texts from Stackdraft" })).toHaveAttribute("aria-pressed", "true");
    expect(screen.getByDisplayValue("What we suggest.")).toBeVisible();
    expect(asked.every(({ method }) => method === "GET")).toBe(true);

    await user.type(screen.getByDisplayValue("Assumptions"), " of ours");
    await user.click(screen.getByRole("button", { name: "Keep these texts" }));

    await waitFor(() =>
      expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
        ...starter,
        name: "Usual texts",
        terms: [{ title: "Assumptions of ours", text: "Listed beside each option." }],
        is_usual: true,
      }),
    );
  });

  it("writes on kept texts and begins others beside them", async () => {
    const { user, asked } = show({ "POST /api/wordings/": { ...shops, id: "w2", name: "Clinics" } });
    expect(await screen.findByDisplayValue("Payment")).toBeVisible();

    await user.click(screen.getByRole("button", { name: "New texts" }));
    await user.type(screen.getByRole("textbox", { name: /^Name/, description: /For you alone/ }), "Clinics");
    await user.click(screen.getByRole("button", { name: "Keep these texts" }));

    await waitFor(() =>
      expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
        name: "Clinics",
        summary: "",
        benefits: [],
        terms: [],
        is_usual: false,
      }),
    );
  });
});
