import { textWidth } from "@/document/cards";
import type { Size } from "@/document/types";

/** Padding, the icon and the gap beside it, as Card.module.css has them. */
const FURNITURE = 52;
const LINE_HEIGHT = 1.05;
/** A name is bold, and so a little wider. */
const BOLD = 1.06;
/** Pixels on the screen, the best first. Smaller is no help to anybody. */
const SMALLEST = 10;
const SIZES = [14, 13, 12, 11, SMALLEST];

/** The largest lettering in which all of a name is seen on a card from afar; what no lettering holds is cut. */
export function farName(name: string, card: Size, perScreenPixel: number): { font: number; lines: 1 | 2 } {
  const room = card.width - FURNITURE;
  const words = name.split(" ");
  for (const size of SIZES) {
    const font = size * perScreenPixel;
    const lines = linesOf(words, font, room);
    if (lines === 1 || (lines === 2 && 2 * LINE_HEIGHT * font <= card.height)) return { font, lines };
  }
  const font = SMALLEST * perScreenPixel;
  return { font, lines: 2 * LINE_HEIGHT * font <= card.height ? 2 : 1 };
}

/** How many lines the words take; Infinity where one of them is wider than a line. */
function linesOf(words: readonly string[], font: number, room: number): number {
  let lines = 1;
  let used = 0;
  for (const word of words) {
    const width = textWidth(word, font) * BOLD;
    if (width > room) return Infinity;
    const wider = used === 0 ? width : used + textWidth(" ", font) + width;
    if (wider > room) lines += 1;
    used = wider > room ? width : wider;
  }
  return lines;
}
