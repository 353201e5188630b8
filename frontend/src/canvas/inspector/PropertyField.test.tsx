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
    <MantineProvider>
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
