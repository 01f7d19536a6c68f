// Who is on now and next, how long still, and one firm's marks at a time on the panel's page.
const root = document.querySelector('[data-panel]')
const find = (name) => root.querySelector(`[data-${name}]`)
const turns = [...root.querySelectorAll('[data-turn]')].map((each) => ({
  firm: each.dataset.firm, at: Date.parse(each.dataset.at), until: Date.parse(each.dataset.until), item: each
}))
const pages = [...root.querySelectorAll('[data-page]')]
let ahead = 0

const pad = (number) => String(number).padStart(2, '0')
const hour = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London' })
const at = (moment) => hour.format(moment).replace(/\s/g, '').replace(':00', '').replace(/^12pm$/, '12 noon')

function left (milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  const hours = Math.floor(seconds / 3600)
  return `${hours ? `${hours}:` : ''}${hours ? pad(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)}:${pad(seconds % 60)}`
}

function write (place, text) { if (place.textContent !== text) place.textContent = text }

function tick () {
  const now = Date.now() + ahead
  const on = turns.find((turn) => turn.at <= now && now < turn.until)
  const next = turns.find((turn) => turn.at > now)
  for (const turn of turns) turn.item.classList.toggle('app-firms__on', turn === on)
  const clock = find('clock')
  write(find('now'), on ? `On now: ${on.firm}` : next ? 'Between two firms' : 'Everybody has shown')
  clock.hidden = !on && !next
  if (on) write(clock, `${left(on.until - now)} left`)
  else if (next) write(clock, `${left(next.at - now)} to go`)
  clock.classList.toggle('app-day__clock--soon', Boolean(on) && on.until - now < 120_000)
  find('next').hidden = !next
  if (next) write(find('next'), `Next: ${next.firm} at ${at(next.at)}`)
}

function open (moved) {
  const id = location.hash.startsWith('#firm-') ? location.hash.slice(6) : ''
  const page = pages.find((each) => each.dataset.page === id)
  for (const each of pages) each.hidden = each !== page
  find('list').hidden = Boolean(page)
  if (moved) {
    const head = page ? page.querySelector('h2') : find('list').querySelector('h2')
    head.tabIndex = -1
    head.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }
}

function explain (mark) {
  const meaning = mark.querySelector('[data-meaning]')
  if (!meaning) return
  const chosen = mark.querySelector('input:checked')
  const words = chosen && mark.querySelector(`li[data-score="${chosen.value}"] span`)
  meaning.hidden = !words
  meaning.textContent = words ? `${chosen.value}: ${words.textContent}` : ''
}

if (find('clock')) {
  document.addEventListener('panel:clock', (event) => { ahead = event.detail - Date.now(); tick() })
  tick()
  setInterval(tick, 1000)
}
if (pages.length) {
  root.classList.add('app-panel--live')
  for (const link of root.querySelectorAll('[data-opens]')) link.href = link.dataset.opens ? `#firm-${link.dataset.opens}` : '#list'
  for (const mark of root.querySelectorAll('[data-mark]')) explain(mark)
  for (const kind of ['change', 'panel:shown']) {
    root.addEventListener(kind, (event) => { const mark = event.target.closest('[data-mark]'); if (mark) explain(mark) })
  }
  window.addEventListener('hashchange', () => open(true))
  open(false)
}
