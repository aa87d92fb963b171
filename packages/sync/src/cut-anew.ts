import {
  type ContentPart,
  type ContentRow,
  type ContentStore,
  type NewMd5,
  sizeOfParts,
} from "@holdfast/core";

/** The same bytes in parts of another size. @throws HoldfastError `StorageFailed` where they are not all there. */
export async function cutAnew(
  { name, parts }: Pick<ContentRow, "name" | "parts">,
  partSize: number,
  { contents, newMd5 }: { readonly contents: Pick<ContentStore, "read">; readonly newMd5: NewMd5 },
): Promise<readonly ContentPart[]> {
  const size = sizeOfParts(parts);
  const cut: ContentPart[] = [];
  for (let from = 0; from < size; from += partSize) {
    const to = Math.min(size, from + partSize);
    const bytes = await contents.read(name, from, to);
    const md5 = await newMd5();
    for await (const chunk of bytes.stream()) md5.update(chunk);
    cut.push({ index: cut.length + 1, size: to - from, md5: md5.digest() });
  }
  return cut;
}
