import { get, patch, post, remove, request } from "./client";
import type {
  Acceptance,
  Draft,
  NewLink,
  Proposal,
  ProposalChange,
  ProposalComment,
  ProposalFile,
  ProposalPreview,
  ProposalRow,
  ProposalVersion,
  SellerProfile,
  SharedProposal,
  ShareLink,
  StarterWording,
  TracedRow,
  Wording,
} from "./types";

const of = (id: string, rest = "") => `/api/proposals/${encodeURIComponent(id)}/${rest}`;
const shared = (token: string, rest = "") => `/api/shared/${encodeURIComponent(token)}/${rest}`;

export const listProposals = () => get<ProposalRow[]>("/api/proposals/");
export const createProposal = (asked: { designs: string[]; customer: string | null }) =>
  post<Proposal>("/api/proposals/", asked);
export const getProposal = (id: string) => get<Proposal>(of(id));
/** Fields of the draft that are named are replaced whole. */
export const changeProposal = (id: string, asked: { customer?: string | null; draft?: Draft }) =>
  patch<Proposal>(of(id), asked);
export const deleteProposal = (id: string) => remove(of(id));
export const previewProposal = (id: string, signal?: AbortSignal) => get<ProposalPreview>(of(id, "preview/"), signal);
/** `since`: the version whose differences its documents tell; 0 for none. */
export const freezeProposal = (id: string, since: number) => post<ProposalVersion>(of(id, "versions/"), { since });
/** Without `after`: what the draft as it stands would change. */
export const listChanges = (id: string, before: number, after: number | undefined, signal?: AbortSignal) =>
  get<ProposalChange[]>(of(id, `changes/?before=${before}${after ? `&after=${after}` : ""}`), signal);
export type FileEnding = "pdf" | "xlsx" | "docx";
export const proposalFile = (id: string, ending: FileEnding, version?: number) =>
  of(id, `proposal.${ending}${version ? `?version=${version}` : ""}`);

/** Make what failed or was never made. */
export const makeFiles = (id: string, version: number) => post<ProposalFile[]>(of(id, `versions/${version}/files/`));

export const listLinks = (id: string) => get<ShareLink[]>(of(id, "links/"));
export const createLink = (id: string, version: number, asked: { days: number; password: string }) =>
  post<NewLink>(of(id, `versions/${version}/links/`), asked);
export const revokeLink = (id: string, link: string) => remove(of(id, `links/${link}/`));
export const listComments = (id: string) => get<ProposalComment[]>(of(id, "comments/"));
export const answerComment = (id: string, text: string) => post<ProposalComment>(of(id, "comments/"), { text });

/** Nothing while nobody accepted it. */
export const getAcceptance = (id: string) => get<Acceptance | undefined>(of(id, "acceptance/"));
export const listTrace = (id: string) => get<TracedRow[]>(of(id, "trace/"));

export const getSellerProfile = () => get<SellerProfile>("/api/seller-profile/");
export const changeSellerProfile = (asked: Partial<Omit<SellerProfile, "logo">>) =>
  patch<SellerProfile>("/api/seller-profile/", asked);
export function changeLogo(file: File): Promise<SellerProfile> {
  const form = new FormData();
  form.set("file", file);
  return request<SellerProfile>("PUT", "/api/seller-profile/logo/", { body: form });
}
export const removeLogo = () => request<SellerProfile>("DELETE", "/api/seller-profile/logo/");

export type NewWording = Pick<Wording, "name" | "summary" | "benefits" | "terms" | "is_usual">;
export const listWordings = () => get<Wording[]>("/api/wordings/");
export const getStarterWording = () => get<StarterWording>("/api/wordings/starter/");
export const createWording = (asked: NewWording) => post<Wording>("/api/wordings/", asked);
export const changeWording = (id: string, asked: Partial<NewWording>) => patch<Wording>(`/api/wordings/${id}/`, asked);
export const deleteWording = (id: string) => remove(`/api/wordings/${id}/`);

/** What a customer asks by a link, without an account. */
export const getShared = (token: string, signal?: AbortSignal) => get<SharedProposal>(shared(token), signal);
export const unlockShared = (token: string, password: string) => post<undefined>(shared(token, "unlock/"), { password });
export const commentShared = (token: string, asked: { name: string; text: string; asks_for_change: boolean }) =>
  post<ProposalComment>(shared(token, "comments/"), asked);
export const acceptShared = (
  token: string,
  asked: { option: string; name: string; role: string; content_hash: string },
) => post<Acceptance>(shared(token, "accept/"), asked);
export const sharedFile = (token: string, ending: FileEnding) => shared(token, `proposal.${ending}`);
export const sharedPicture = (token: string, letter: string, view: string, theme: "light" | "dark") =>
  shared(token, `pictures/${letter}.svg?view=${view}&theme=${theme}`);
