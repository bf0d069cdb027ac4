// Lists of AWS read to their end: IAM may cut any of them anywhere, even with nothing in a page.

/** More would be a list that never ends. */
const MOST_PAGES = 100;

type Page<Item> = {
  items: readonly Item[] | undefined;
  IsTruncated?: boolean | undefined;
  Marker?: string | undefined;
};

/** @param read gets `{Marker}` of the page before, or nothing for the first */
export async function pages<Item>(read: (marker: { Marker?: string }) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let marker: { Marker?: string } = {};
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const { items, IsTruncated, Marker } = await read(marker);
    all.push(...(items ?? []));
    if (!IsTruncated || Marker === undefined) return all;
    marker = { Marker };
  }
  return all;
}
