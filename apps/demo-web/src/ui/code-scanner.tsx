/** Reads a QR code with the camera; pictures are looked at on this device and kept nowhere. */
import { useEffect, useRef, useState } from 'react'
import { useText } from '../strings/language.tsx'

/** Finds the text of a QR code in a picture. */
type Read = (video: HTMLVideoElement) => Promise<string | undefined>

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
type DetectorClass = new (options: { formats: string[] }) => Detector

/** The browser's own reader where there is one, else one in JavaScript. */
async function createReader(): Promise<Read> {
  const Own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (Own) {
    const detector = new Own({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue
  }
  const { default: readPixels } = await import('jsqr')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    context?.drawImage(video, 0, 0)
    const picture = context?.getImageData(0, 0, canvas.width, canvas.height)
    return picture && (readPixels(picture.data, picture.width, picture.height)?.data || undefined)
  }
}

const betweenMilliseconds = 150

/** Looks through the camera until a code is found or the signal aborts. */
async function scan(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  const stop = (): void => {
    for (const track of stream.getTracks()) track.stop()
  }
  if (signal.aborted) {
    stop()
    return undefined
  }
  signal.addEventListener('abort', stop)
  video.srcObject = stream
  await video.play()
  const read = await createReader()
  while (!signal.aborted) {
    const found = video.videoWidth > 0 ? await read(video) : undefined
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, betweenMilliseconds))
  }
}

export function CodeScanner({ found }: { found: (code: string) => void }) {
  const { devices } = useText()
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'off' | 'on' | 'refused'>('off')

  useEffect(() => {
    if (state !== 'on' || !video.current) return
    const stop = new AbortController()
    async function look(video: HTMLVideoElement): Promise<void> {
      try {
        const code = await scan(video, stop.signal)
        if (code === undefined) return
        setState('off')
        found(code)
      } catch {
        if (!stop.signal.aborted) setState('refused')
      }
    }
    void look(video.current)
    return () => stop.abort()
  }, [state, found])

  if (state === 'on')
    return (
      <div className="scanner">
        <video ref={video} muted playsInline aria-label={devices.scanLabel} />
        <button type="button" className="button" onClick={() => setState('off')}>
          {devices.stopScan}
        </button>
      </div>
    )
  return (
    <>
      <button type="button" className="button" onClick={() => setState('on')}>
        {devices.scan}
      </button>
      {state === 'refused' && (
        <p className="note" role="alert">
          {devices.noCamera}
        </p>
      )}
    </>
  )
}
