import { type PaceName, paces } from "./paces.ts";
import type { Stampede } from "./stampede.ts";
import { count } from "./table.ts";

export interface ChartOptions {
  readonly crowds: readonly (readonly [PaceName, Stampede])[];
  /** What the platform serves in a second. */
  readonly perSecond: number;
  readonly operations: number;
}

const width = 960;
const [left, right] = [84, 936];
const panels = { rate: { top: 84, bottom: 330 }, left: { top: 396, bottom: 560 } };
const height = 616;

type Scale = (value: number) => number;

/**
 * Two panels over one axis of time. Plain SVG: two kinds of line need no library, it is the same text for the same
 * numbers, and its colours follow the reader's light or dark theme.
 */
export function toSvg({ crowds, perSecond, operations }: ChartOptions): string {
  const lastS = Math.max(...crowds.map(([, { seconds }]) => seconds.length));
  const stepS = [30, 60, 120, 300, 600].find((step) => lastS / step <= 10) ?? 1_200;
  const endS = Math.ceil(lastS / stepS) * stepS;
  const peak = Math.max(
    ...crowds.map(([, { seconds }]) => Math.max(...seconds.map((one) => one.offered))),
  );
  const decades = range(1, Math.ceil(Math.log10(peak)) + 1).map((power) => 10 ** power);
  const x: Scale = (second) => left + ((right - left) * second) / endS;
  const rate = logarithmic(decades, panels.rate);
  const share: Scale = (part) => panels.left.bottom - (panels.left.bottom - panels.left.top) * part;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="13">
<title id="title">Requests per second and operations left, by pace</title>
<style>${style}</style>
<rect class="paper" width="${width}" height="${height}"/>
${legend(crowds.map(([name]) => name))}
<text class="head" x="${left}" y="${panels.rate.top - 14}">requests per second</text>
${decades.map((value) => rule(rate(value), count(value))).join("\n")}
<line class="cap" x1="${left}" x2="${right}" y1="${round(rate(perSecond))}" y2="${round(rate(perSecond))}"/>
<text class="capText" x="${right}" y="${round(rate(perSecond) - 6)}" text-anchor="end">served: ${count(perSecond)}</text>
${crowds
  .map(([name, { seconds }]) =>
    line(
      name,
      seconds.map(({ offered }, second) => [x(second + 0.5), rate(Math.max(offered, 10))]),
    ),
  )
  .join("\n")}
<text class="head" x="${left}" y="${panels.left.top - 14}">operations left</text>
${[0, 0.5, 1].map((part) => rule(share(part), `${100 * part} %`)).join("\n")}
${crowds
  .map(([name, crowd]) =>
    line(
      name,
      leftOver(crowd, operations).map((part, second) => [x(second), share(part)]),
    ),
  )
  .join("\n")}
${range(0, endS / stepS + 1)
  .map((step) => tick(x(step * stepS), `${step * stepS} s`))
  .join("\n")}
<text class="quiet" x="${(left + right) / 2}" y="${height - 12}" text-anchor="middle">since everyone heard that the network is back</text>
</svg>
`;
}

const style = `
.paper{fill:#fff}.head{fill:#1f2933;font-weight:600}.quiet,.scale{fill:#52606d}.rule{stroke:#e4e7eb}
.cap{stroke:#1f2933;stroke-dasharray:5 4}.capText{fill:#1f2933;paint-order:stroke;stroke:#fff;stroke-width:4px}
.line{fill:none;stroke-width:2;stroke-linejoin:round}
.holdfast{stroke:#0b7a75}.everySecond{stroke:#c2410c}.doubling{stroke:#7c3aed}
@media (prefers-color-scheme:dark){
.paper{fill:#12171d}.head{fill:#e4e7eb}.quiet,.scale{fill:#9aa5b1}.rule{stroke:#2a333d}
.cap{stroke:#e4e7eb}.capText{fill:#e4e7eb;stroke:#12171d}
.holdfast{stroke:#2dd4bf}.everySecond{stroke:#fb923c}.doubling{stroke:#b79bff}}
`;

function legend(names: readonly PaceName[]): string {
  let at = left;
  return names
    .map((name) => {
      const { title } = paces[name];
      const from = at;
      at += 60 + title.length * 7.4;
      return `<line class="line ${name}" x1="${round(from)}" x2="${round(from + 28)}" y1="32" y2="32"/><text class="head" x="${round(from + 36)}" y="36.5">${title}</text>`;
    })
    .join("\n");
}

function logarithmic(
  decades: readonly number[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
): Scale {
  const [from, to] = [Math.log10(decades[0] ?? 1), Math.log10(decades.at(-1) ?? 10)];
  return (value) => bottom - ((bottom - top) * (Math.log10(value) - from)) / (to - from);
}

/** The share of operations left at the beginning of each second. */
function leftOver({ seconds }: Stampede, operations: number): readonly number[] {
  let rest = operations;
  const parts = seconds.map((second) => {
    const part = rest / operations;
    rest -= second.operations;
    return part;
  });
  return [...parts, rest / operations];
}

function line(name: PaceName, points: readonly (readonly [number, number])[]): string {
  const path = points.map(([x, y]) => `${round(x)},${round(y)}`).join(" ");
  return `<polyline class="line ${name}" points="${path}"/>`;
}

function rule(y: number, text: string): string {
  return `<line class="rule" x1="${left}" x2="${right}" y1="${round(y)}" y2="${round(y)}"/><text class="scale" x="${left - 10}" y="${round(y + 4.5)}" text-anchor="end">${text}</text>`;
}

function tick(x: number, text: string): string {
  return `<text class="scale" x="${round(x)}" y="${panels.left.bottom + 22}" text-anchor="middle">${text}</text>`;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.floor(to) - from) }, (_, index) => from + index);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
