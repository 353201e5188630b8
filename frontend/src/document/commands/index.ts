export { type Command, EditNotPossible, patchFor } from "./command";
export { addCallout, changeCallout, moveCallout, removeCallout, renumberCallouts } from "./callouts";
export { addComponent, clipOf, pasteClip, removeComponents, renameComponent, setProperty } from "./components";
export { changeLink, connect, removeLink } from "./links";
export { type Move, moveComponents, nudgeComponents, resizeContainer, tidyUp } from "./placing";
