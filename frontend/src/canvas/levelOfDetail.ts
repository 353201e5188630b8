import { type ReactFlowState, useStore } from "@xyflow/react";

export type LevelOfDetail = "full" | "compact" | "block";

const levelOf = ({ transform: [, , zoom] }: ReactFlowState): LevelOfDetail => (zoom < 0.3 ? "block" : zoom < 0.6 ? "compact" : "full");
const coarseZoom = ({ transform: [, , zoom] }: ReactFlowState): number => Math.max(0.3, Math.round(zoom * 20) / 20);

/** How much of a card can be read at this zoom. Changes twice on the way out, so cards draw anew only then. */
export const useLevelOfDetail = (): LevelOfDetail => useStore(levelOf);

/** The font size on the canvas that gives `pixels` on the screen. */
export const useScreenFont = (pixels: number): number => pixels / useStore(coarseZoom);
