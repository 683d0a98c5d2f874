/** Sixty digits to compare, in groups of five: read out digit by digit, and never broken within a group. */
export function DigitGroups({ digits, label }: { digits: string; label: string }) {
  return (
    <ol className="digit-groups" aria-label={label}>
      {digits.split(' ').map((group, i) => (
        <li key={i}>
          <span role="img" aria-label={group.split('').join(' ')}>
            {group}
          </span>
        </li>
      ))}
    </ol>
  )
}
