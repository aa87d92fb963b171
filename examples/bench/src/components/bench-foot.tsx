import type { ReactElement } from "react";
import { useSource } from "../hooks/use-source.ts";
import type { Bench } from "../model/bench.ts";
import { NoticeList } from "./notice-list.tsx";
import { StatusLine } from "./status-line.tsx";

/** What changes often and by itself, so that the rest of the page need not be drawn with it. */
export function BenchFoot({ bench }: { readonly bench: Bench }): ReactElement {
  const status = useSource(bench.status);
  const tabs = useSource(bench.tabs);
  const notices = useSource(bench.notices);
  return (
    <>
      <StatusLine status={status} tabs={tabs} place={bench.host.project} />
      <NoticeList notices={notices} onDismiss={bench.notices.dismiss} />
    </>
  );
}
