import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";

import { type Field, fieldsOf } from "@/document/form";
import { aDesign, catalogue } from "@/document/testing/catalogue";
import type { Json, PropertySchema } from "@/document/types";

import { PropertyField } from "./PropertyField";

function draw(schema: PropertySchema, value: Json) {
  const onChange = vi.fn();
  const [field] = fieldsOf({ value: schema }, aDesign(), catalogue) as [Field];
  render(
    <MantineProvider env="test">
      <PropertyField field={field} value={value} onChange={onChange} />
    </MantineProvider>,
  );
  return onChange;
}

test("a number that can't be right is hinted at and never becomes an edit", async () => {
  const onChange = draw({ type: "integer", title: "CPU", minimum: 1, "x-unit": "vCPU" }, 2);

  const input = screen.getByLabelText("CPU");
  await userEvent.clear(input);
  await userEvent.type(input, "0");

  expect(screen.getByText("Use 1 vCPU or more.")).toBeVisible();
  expect(onChange).not.toHaveBeenCalledWith(0);
});

test("leaving a field shows the value that counts", async () => {
  draw({ type: "integer", title: "CPU", minimum: 1 }, 2);

  const input = screen.getByLabelText("CPU");
  await userEvent.clear(input);
  await userEvent.type(input, "0");
  await userEvent.tab();

  expect(input).toHaveValue("2");
});

test("a switch says what it does and switches", async () => {
  const onChange = draw({ type: "boolean", title: "Public address", description: "An address on the internet." }, false);

  await userEvent.click(screen.getByRole("switch", { name: "Public address" }));

  expect(screen.getByText("An address on the internet.")).toBeVisible();
  expect(onChange).toHaveBeenCalledWith(true);
});

test("a field's name stays short, its help is its description", () => {
  draw({ type: "integer", title: "Count", description: "How many equal servers." }, 1);

  expect(screen.getByRole("textbox", { name: "Count" })).toHaveAccessibleDescription("How many equal servers.");
});

const rules: PropertySchema = {
  title: "Rules",
  type: "array",
  default: [],
  maxItems: 2,
  items: {
    title: "Rule",
    type: "object",
    required: ["protocol", "source"],
    properties: {
      protocol: { title: "Protocol", type: "string", enum: ["tcp", "udp"], default: "tcp" },
      source: { title: "Source", type: "string", format: "ipv4-cidr" },
    },
  },
};

test("a new entry of a list becomes an edit when it is complete, and not before", async () => {
  const onChange = draw(rules, []);

  await userEvent.click(screen.getByRole("button", { name: "Add rule" }));
  expect(screen.getByText("This rule counts when it has source.")).toBeVisible();
  await userEvent.type(screen.getByLabelText("Source"), "203.0.113.0/2");
  await userEvent.type(screen.getByLabelText("Source"), "4");

  expect(onChange).toHaveBeenLastCalledWith([{ protocol: "tcp", source: "203.0.113.0/24" }]);
  expect(screen.queryByText(/This rule counts/)).toBeNull();
});

test("an entry is told on one line and can be taken away", async () => {
  const onChange = draw(rules, [
    { protocol: "tcp", source: "10.0.0.0/8" },
    { protocol: "udp", source: "10.1.0.0/16" },
  ]);

  expect(screen.getByRole("button", { name: "UDP · 10.1.0.0/16" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Add rule" })).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "Remove rule 1" }));

  expect(onChange).toHaveBeenCalledWith([{ protocol: "udp", source: "10.1.0.0/16" }]);
});

test("an address range that can't be one is hinted at and not kept", async () => {
  const onChange = draw({ title: "Peer ranges", type: "array", items: { type: "string", format: "ipv4-cidr" } }, []);

  await userEvent.type(screen.getByRole("combobox", { name: "Peer ranges" }), "10.0.300.0/24{Enter}");
  expect(screen.getByText("Use numbers up to 255, such as 10.0.30.0/24.")).toBeVisible();
  expect(onChange).not.toHaveBeenCalled();
});

test("two fields of one entry change one after the other, and both stay changed", async () => {
  const onChange = draw(rules, [{ protocol: "tcp", source: "10.0.0.0/8" }]);

  await userEvent.click(screen.getByRole("button", { name: "TCP · 10.0.0.0/8" }));
  await userEvent.type(screen.getByLabelText("Source"), "{Backspace}9");
  await userEvent.click(screen.getByRole("combobox", { name: "Protocol" }));
  await userEvent.click(await screen.findByRole("option", { name: "UDP" }));

  expect(onChange).toHaveBeenLastCalledWith([{ protocol: "udp", source: "10.0.0.0/9" }]);
});
