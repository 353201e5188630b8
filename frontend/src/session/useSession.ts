import { useQuery } from "@tanstack/react-query";

import { keys } from "@/api/keys";
import { get_session } from "@/api/session";

export const useSession = () => useQuery({ queryKey: keys.session, queryFn: get_session, staleTime: 5 * 60_000 });
