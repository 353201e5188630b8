import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload, IconFileSpreadsheet, IconFileTypeCsv } from "@tabler/icons-react";

import { estimateAddress, type EstimateOptions } from "@/api/estimates";
import { useDesignStore } from "@/stores/designStore";

/** The estimate as it is asked for here, as a file. */
export function ExportMenu({ options }: { options: EstimateOptions }) {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const own = { ...options, view: "own" as const };
  const customers = { ...options, view: "customer" as const };
  return (
    <Menu position="bottom-end" withinPortal width={280}>
      <Menu.Target>
        <Button
          size="xs"
          leftSection={<IconDownload size={16} stroke={1.75} />}
          rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden="true" />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>With every price and its source</Menu.Label>
        <Menu.Item component="a" href={estimateAddress(designId, "xlsx", own)} download leftSection={<IconFileSpreadsheet size={16} stroke={1.75} />}>
          XLSX with formulas
        </Menu.Item>
        <Menu.Item component="a" href={estimateAddress(designId, "csv", own)} download leftSection={<IconFileTypeCsv size={16} stroke={1.75} />}>
          CSV
        </Menu.Item>
        <Menu.Label>As the customer sees it, without cost and mark-up</Menu.Label>
        <Menu.Item component="a" href={estimateAddress(designId, "xlsx", customers)} download leftSection={<IconFileSpreadsheet size={16} stroke={1.75} />}>
          XLSX for the customer
        </Menu.Item>
        <Menu.Item component="a" href={estimateAddress(designId, "csv", customers)} download leftSection={<IconFileTypeCsv size={16} stroke={1.75} />}>
          CSV for the customer
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
