import { screen } from "@testing-library/react";

import type { TemplateUpdate } from "@/api/types";
import { showScreen } from "@/test/screen";

import { shortly, TemplateUpdateDialog } from "./TemplateUpdateDialog";

const aChange = { at: "components.web.properties.count", what: "changed" as const, before: 5, after: 3, conflict: false, reason: "" };
const update: TemplateUpdate = {
  from_version: 1,
  to_version: 2,
  changes: [
    { ...aChange, id: "count", label: "Web servers: count", conflict: true, reason: "You changed this too." },
    { ...aChange, id: "db", label: "Orders", what: "added", before: null, after: { type: "dbaas", label: "Orders" } },
  ],
};

test("what only the template changed comes in; of what both changed, mine stays until I take the template's", async () => {
  const { user, asked } = showScreen(
    <TemplateUpdateDialog designId="d1" title="Web shop" update={update} onClose={() => undefined} />,
    { "POST /api/designs/d1/template-update/": { version: 8 } },
  );

  expect(screen.getByRole("dialog", { name: "Web shop, version 1 to 2" })).toHaveTextContent("You changed this too.");
  expect(screen.getByRole("button", { name: "Apply 1 change" })).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "Take the template’s" }));
  await user.click(screen.getByRole("button", { name: "Apply 2 changes" }));

  const sent = asked.find(({ method }) => method === "POST");
  expect(sent?.body).toEqual({ take: ["count"] });
});

test("values are told in a few words", () => {
  expect(shortly(null)).toBe("nothing");
  expect(shortly({ vcpus: 2, ram_gib: 4 })).toBe("vcpus 2, ram gib 4");
  expect(shortly({ type: "dbaas", label: "Orders" })).toBe("Orders");
  expect(shortly("x".repeat(500)).length).toBe(80);
});
