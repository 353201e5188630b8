import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { getSellerProfile, getStarterWording, listWordings } from "@/api/proposals";
import { Screen } from "@/app/Screen";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { Letterhead } from "./Letterhead";
import styles from "./SellerScreen.module.css";
import { Wordings } from "./Wordings";

/** Who sells, as customers see it, and the texts that are kept to write proposals with. */
export function SellerScreen() {
  const profile = useQuery({ queryKey: keys.seller_profile, queryFn: getSellerProfile });
  const wordings = useQuery({ queryKey: keys.wordings, queryFn: listWordings });
  const starter = useQuery({ queryKey: keys.starter_wording, queryFn: getStarterWording });
  const failed = profile.error ?? wordings.error ?? starter.error;
  return (
    <Screen
      title="Letterhead and texts"
      actions={
        <Button component={Link} to="/proposals" leftSection={<IconArrowLeft size={16} stroke={1.75} />}>
          All proposals
        </Button>
      }
    >
      <div className={styles.panes}>
        {failed && <ErrorNotice title={errorSentence(failed)} />}
        {!failed && !(profile.data && wordings.data) && (
          <Loading label="The letterhead is loading">
            <Skeleton height={320} />
          </Loading>
        )}
        {profile.data && <Letterhead profile={profile.data} />}
        {wordings.data && starter.data && <Wordings wordings={wordings.data} starter={starter.data} />}
      </div>
    </Screen>
  );
}
