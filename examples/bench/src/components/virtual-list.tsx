import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactElement, type ReactNode, useRef } from "react";

export interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly itemHeight: number;
  readonly render: (item: Item) => ReactNode;
  /** A last line below the items. */
  readonly footer?: string | undefined;
}

/** A long list of items of one height, of which only those in sight are in the page. */
export function VirtualList<Item>(props: VirtualListProps<Item>): ReactElement {
  const { label, items, keyOf, itemHeight, render, footer } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => itemHeight,
    overscan: 6,
  });
  return (
    <div ref={scroller} className="virtual-list" role="list" aria-label={label} tabIndex={0}>
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <div
              key={keyOf(item)}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={items.length}
              className="virtual-item"
              style={{ transform: `translateY(${start}px)`, height: itemHeight }}
            >
              {render(item)}
            </div>
          );
        })}
      </div>
      {footer === undefined ? null : <p className="list-foot">{footer}</p>}
    </div>
  );
}
