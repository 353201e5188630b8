import { ComponentIcon } from "@/catalog/ComponentIcon";

import styles from "./SampleDrawing.module.css";

type Node = {
  x: number;
  y: number;
  width: number;
  icon: string;
  category: string;
  name: string;
  size: string;
  price?: string;
  count?: number;
};

const COMPACT = 44;
const STANDARD = 56;

const EDGE: readonly Node[] = [
  {
    x: 40,
    y: 24,
    width: 140,
    icon: "broadcast",
    category: "edge",
    name: "CDN",
    size: "500 GB / month",
    price: "$60.00",
  },
  { x: 454, y: 24, width: 140, icon: "world", category: "edge", name: "Internet", size: "Public entry" },
  {
    x: 692,
    y: 24,
    width: 148,
    icon: "activity-heartbeat",
    category: "observability",
    name: "Monitoring",
    size: "HTTP, CPU, disk",
    price: "No price",
  },
  { x: 444, y: 94, width: 160, icon: "switch-3", category: "edge", name: "Edge switch", size: "Provider network" },
  {
    x: 228,
    y: 356,
    width: 104,
    icon: "cylinder",
    category: "storage",
    name: "Content",
    size: "100 GB",
    price: "$49.93",
  },
  {
    x: 716,
    y: 356,
    width: 104,
    icon: "cylinder",
    category: "storage",
    name: "Content",
    size: "100 GB",
    price: "$49.93",
  },
];

const NODES: readonly Node[] = [
  {
    x: 40,
    y: 252,
    width: 144,
    icon: "bucket",
    category: "storage",
    name: "Static files",
    size: "200 GB",
    price: "$20.00",
  },
  {
    x: 436,
    y: 252,
    width: 176,
    icon: "load-balancer",
    category: "edge",
    name: "Load balancer",
    size: "Public, TLS",
    price: "$72.50",
  },
  {
    x: 352,
    y: 350,
    width: 164,
    icon: "browser",
    category: "compute",
    name: "Web server 1",
    size: "4 vCPU · 4 GiB",
    price: "$108.04",
  },
  {
    x: 532,
    y: 350,
    width: 164,
    icon: "browser",
    category: "compute",
    name: "Web server 2",
    size: "4 vCPU · 4 GiB",
    price: "$108.04",
  },
  {
    x: 352,
    y: 480,
    width: 164,
    icon: "load-balancer",
    category: "edge",
    name: "Internal LB 1",
    size: "HTTP 8080",
    price: "$10.95",
  },
  {
    x: 532,
    y: 480,
    width: 164,
    icon: "load-balancer",
    category: "edge",
    name: "Internal LB 2",
    size: "HTTP 8080",
    price: "$10.95",
  },
  {
    x: 352,
    y: 576,
    width: 164,
    icon: "apps",
    category: "compute",
    name: "App servers A",
    size: "4 vCPU · 4 GiB",
    price: "$216.08",
    count: 2,
  },
  {
    x: 532,
    y: 576,
    width: 164,
    icon: "apps",
    category: "compute",
    name: "App servers B",
    size: "4 vCPU · 4 GiB",
    price: "$216.08",
    count: 2,
  },
  {
    x: 422,
    y: 706,
    width: 204,
    icon: "database",
    category: "data",
    name: "Orders database",
    size: "MySQL · 8 GiB · 100 GB",
    price: "$425.40",
  },
];

const SUBNETS = [
  { y: 238, height: 184, name: "Web", range: "10.0.10.0/24" },
  { y: 450, height: 200, name: "App", range: "10.0.20.0/24" },
  { y: 678, height: 106, name: "Data", range: "10.0.30.0/24" },
];

const LINKS = [
  { path: "M180 46H454", look: "dashed" },
  { path: "M692 46H594", look: "dotted" },
  { path: "M146 252V68", look: "dashed" },
  { path: "M524 68V94" },
  { path: "M524 138V252" },
  { path: "M524 308V320Q524 328 516 328H442Q434 328 434 336V350" },
  { path: "M524 308V320Q524 328 532 328H606Q614 328 614 336V350" },
  { path: "M352 378H332", look: "attach" },
  { path: "M696 378H716", look: "attach" },
  { path: "M434 406V480" },
  { path: "M614 406V480" },
  { path: "M434 536V576" },
  { path: "M614 536V576" },
  { path: "M434 632V656Q434 664 442 664H488Q496 664 496 672V706" },
  { path: "M614 632V656Q614 664 606 664H560Q552 664 552 672V706" },
];

const LABELS = [
  { x: 317, y: 46, text: "Deliver HTTPS", port: "443" },
  { x: 643, y: 46, text: "HTTPS", port: "443" },
  { x: 146, y: 116, text: "Origin HTTPS", port: "443" },
  { x: 524, y: 167, text: "HTTPS", port: "443" },
  { x: 474, y: 328, text: "HTTP", port: "80" },
  { x: 574, y: 328, text: "HTTP", port: "80" },
  { x: 434, y: 443, text: "HTTP", port: "8080" },
  { x: 614, y: 443, text: "HTTP", port: "8080" },
  { x: 434, y: 556, text: "HTTP", port: "8080" },
  { x: 614, y: 556, text: "HTTP", port: "8080" },
  { x: 452, y: 664, text: "MySQL", port: "3306" },
  { x: 597, y: 664, text: "MySQL", port: "3306" },
];

/** A design as it looks on the canvas; a picture for the sign-in, nothing in it is live. */
export function SampleDrawing() {
  return (
    <svg className={styles.drawing} viewBox="20 16 840 796" fill="none">
      <defs>
        <marker
          id="sample-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M1 1 7 4 1 7Z" className={styles.tip} />
        </marker>
        <marker
          id="sample-dot"
          viewBox="0 0 6 6"
          refX="3"
          refY="3"
          markerWidth="5"
          markerHeight="5"
          markerUnits="userSpaceOnUse"
        >
          <circle cx="3" cy="3" r="2.4" className={styles.tip} />
        </marker>
      </defs>
      <rect x={24} y={184} width={828} height={620} rx={12} className={styles.region} />
      <Head x={34} y={202} icon="map-2" name="Region" range="ord" />
      <rect x={204} y={212} width={636} height={582} rx={10} className={styles.network} />
      <Head x={214} y={228} icon="network" name="Service network" range="10.0.0.0/16" blue />
      {SUBNETS.map((subnet) => (
        <g key={subnet.name}>
          <rect x={216} y={subnet.y} width={612} height={subnet.height} rx={8} className={styles.subnet} />
          <Head x={226} y={subnet.y + 16} icon="sitemap" name={subnet.name} range={subnet.range} blue />
        </g>
      ))}
      {LINKS.map(({ path, look }) => (
        <path
          key={path}
          d={path}
          className={styles.link}
          data-look={look}
          markerStart={look === "attach" ? "url(#sample-dot)" : undefined}
          markerEnd={look === "attach" ? "url(#sample-dot)" : "url(#sample-arrow)"}
        />
      ))}
      {LABELS.map((label) => (
        <Label key={`${label.x} ${label.y}`} {...label} />
      ))}
      {EDGE.map((node) => (
        <Card key={`${node.x} ${node.y}`} node={node} height={COMPACT} />
      ))}
      {NODES.map((node) => (
        <Card key={`${node.x} ${node.y}`} node={node} height={STANDARD} />
      ))}
    </svg>
  );
}

function Head({
  x,
  y,
  icon,
  name,
  range,
  blue = false,
}: {
  x: number;
  y: number;
  icon: string;
  name: string;
  range: string;
  blue?: boolean;
}) {
  return (
    <>
      <ComponentIcon name={icon} x={x} y={y - 8} size={14} stroke={1.75} className={blue ? styles.blue : styles.grey} />
      <text x={x + 20} y={y + 3} className={styles.head}>
        {name}{" "}
        <tspan className={styles.range} dx={4}>
          {range}
        </tspan>
      </text>
    </>
  );
}

function Card({ node, height }: { node: Node; height: number }) {
  const tile = height === COMPACT ? 28 : 36;
  const colour = `var(--sd-cat-${node.category})`;
  const inset = (height - tile) / 2;
  const icon = height === COMPACT ? 16 : 20;
  const middle = node.y + height / 2;
  return (
    <g>
      {node.count && (
        <rect x={node.x + 4} y={node.y - 4} width={node.width} height={height} rx={8} className={styles.card} />
      )}
      <rect x={node.x} y={node.y} width={node.width} height={height} rx={8} className={styles.card} />
      <rect
        x={node.x + inset}
        y={node.y + inset}
        width={tile}
        height={tile}
        rx={7}
        style={{ fill: `var(--sd-cat-${node.category}-soft)` }}
      />
      <ComponentIcon
        name={node.icon}
        x={node.x + inset + (tile - icon) / 2}
        y={middle - icon / 2}
        size={icon}
        stroke={1.6}
        style={{ color: colour }}
      />
      <text x={node.x + inset + tile + 10} y={middle - 2} className={styles.name}>
        {node.name}
      </text>
      <text x={node.x + inset + tile + 10} y={middle + 12} className={styles.size}>
        {node.size}
      </text>
      {node.count && <Chip right={node.x + node.width - 8} y={node.y - 9} text={`×${node.count}`} round />}
      {node.price && (
        <Chip
          right={node.x + node.width - 8}
          y={node.y + height - 9}
          text={node.price}
          missing={node.price === "No price"}
        />
      )}
    </g>
  );
}

function Chip({
  right,
  y,
  text,
  round = false,
  missing = false,
}: {
  right: number;
  y: number;
  text: string;
  round?: boolean;
  missing?: boolean;
}) {
  const width = 12 + text.length * 6.3;
  return (
    <g>
      <rect
        x={right - width}
        y={y}
        width={width}
        height={18}
        rx={round ? 9 : 4}
        className={missing ? styles.missing : styles.chip}
      />
      <text x={right - width / 2} y={y + 13} className={missing ? styles.missingText : styles.price}>
        {text}
      </text>
    </g>
  );
}

function Label({ x, y, text, port }: { x: number; y: number; text: string; port: string }) {
  const width = 18 + (text.length + port.length) * 6.4;
  return (
    <g>
      <rect x={x - width / 2} y={y - 9} width={width} height={18} rx={4} className={styles.label} />
      <text x={x} y={y + 4} className={styles.labelText}>
        {text}
        <tspan dx={4} className={styles.port}>
          {port}
        </tspan>
      </text>
    </g>
  );
}
