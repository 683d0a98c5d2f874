/** What the marks of the grid mean: what was logged is filled, what is expected is only outlined. */
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { bleedingMarks } from '../day/day-screen.tsx'
import { expectedMarks, fertileMarks } from './marks.ts'

export function Legend({ hasForecast }: { hasForecast: boolean }) {
  const { month, forecast, choices } = useText()
  const showsFertility = useValue('profile')?.showsFertility === true
  return (
    <Section title={month.legend} tone="quiet">
      <h3>{forecast.legendLogged}</h3>
      <ul className="legend">
        {choices['bleeding.value'].options.map((label, strength) => (
          <li key={label}>
            <i className={`mark ${bleedingMarks[strength]}`} aria-hidden="true" />
            {label}
          </li>
        ))}
        <li>
          <i className="mark mark-other" aria-hidden="true" />
          {month.legendLogged}
        </li>
      </ul>
      {hasForecast && (
        <>
          <h3>{forecast.legendExpected}</h3>
          <ul className="legend">
            <ExpectedEntry marks={Object.values(expectedMarks)} label={forecast.legendBleeding} />
            {showsFertility && (
              <ExpectedEntry marks={Object.values(fertileMarks)} label={forecast.legendFertile} />
            )}
          </ul>
          {showsFertility && (
            <p className="with-icon">
              <Icon name="warning" />
              <span>{forecast.notContraception}</span>
            </p>
          )}
          <p className="small">{forecast.legendHint}</p>
        </>
      )}
      <p className="small keys">{month.keys}</p>
    </Section>
  )
}

function ExpectedEntry({ marks, label }: { marks: readonly string[]; label: string }) {
  return (
    <li>
      <span className="mark-row" aria-hidden="true">
        {marks.map((mark) => (
          <i key={mark} className={`mark ${mark}`} />
        ))}
      </span>
      {label}
    </li>
  )
}
