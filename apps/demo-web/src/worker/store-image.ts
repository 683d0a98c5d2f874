/** What a new store begins with, so that Postgres need not make it: a file of the build. */

/** Its address; the build puts it in, the development server has none. */
declare const STORE_IMAGE: string | undefined

/** @throws TypeError without a network, where it was not kept for offline use yet */
async function fetchImage(address: string): Promise<Blob> {
  const response = await fetch(address)
  if (!response.ok) throw new TypeError('the image of a new store is not there')
  return response.blob()
}

export const fetchStoreImage: (() => Promise<Blob>) | undefined =
  STORE_IMAGE === undefined ? undefined : () => fetchImage(STORE_IMAGE)
