/** A text as a QR code, dark on light in every theme, so that cameras read it. */
import { useMemo } from 'react'
import { encode } from 'uqr'

const quietZone = 4

export function QrCode({ value, label }: { value: string; label: string }) {
  const { path, size } = useMemo(() => {
    const code = encode(value, { border: quietZone })
    const cells = code.data.flatMap((row, y) =>
      row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
    )
    return { path: cells.join(''), size: code.size }
  }, [value])
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
