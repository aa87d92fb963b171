import type { FindQuery, ObjectDescription } from "@holdfast/core";
import { Observable } from "rxjs";
import { applyDifference, type Difference } from "../difference.ts";
import type { Line } from "./line.ts";

// Of RxJS the page takes Observable alone: its operators would double what the page has to load.

/** Joins the pieces that no single message could carry. */
export function watchDifferences(line: Line, query: FindQuery): Observable<Difference> {
  return new Observable((subscriber) => {
    let pieces: Difference[] = [];
    const subscription = line.watch({ of: "rows", query }).subscribe({
      next: (push) => {
        if (push.push !== "rows") return;
        pieces.push(push.difference);
        if (push.more) return;
        const whole = joinPieces(pieces);
        pieces = [];
        subscriber.next(whole);
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
    return () => subscription.unsubscribe();
  });
}

export function watchRows(line: Line, query: FindQuery): Observable<readonly ObjectDescription[]> {
  return new Observable((subscriber) => {
    let rows: readonly ObjectDescription[] = [];
    const subscription = watchDifferences(line, query).subscribe({
      next: (difference) => {
        rows = applyDifference(rows, difference);
        subscriber.next(rows);
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
    return () => subscription.unsubscribe();
  });
}

function joinPieces(pieces: readonly Difference[]): Difference {
  const [first] = pieces as readonly [Difference];
  if (pieces.length === 1) return first;
  if (first.kind === "reset") {
    return {
      kind: "reset",
      rows: pieces.flatMap((piece) => (piece.kind === "reset" ? piece.rows : [])),
    };
  }
  const patches = pieces.filter((piece) => piece.kind === "patch");
  return {
    kind: "patch",
    removed: patches.flatMap((piece) => piece.removed),
    put: patches.flatMap((piece) => piece.put),
  };
}
