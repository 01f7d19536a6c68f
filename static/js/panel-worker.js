// Lets one panel member's page be loaded again where there is no signal. Its reach is that page's address alone; the page
// itself decides what is kept, and the portal's answer wins whenever there is one.
const page = new URL(self.registration.scope).pathname
const CACHE = `panel:${page}`
const PATIENCE = 6000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== location.origin) return
  if (pathname === page || pathname === `${page}/state`) event.respondWith(portalFirst(event.request, pathname))
  else if (pathname.startsWith('/static/build/')) event.respondWith(keptFirst(event.request))
})

async function portalFirst (request, pathname) {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(pathname)
  try {
    const answer = await fetch(request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {})
    // Signed out, or no longer on the panel: nothing of it stays on this device.
    if (pathname === page && !answer.ok && answer.status < 500) await caches.delete(CACHE)
    else if (pathname === page && answer.ok) await cache.put(pathname, answer.clone())
    return answer
  } catch (problem) {
    if (kept) return kept
    throw problem
  }
}

async function keptFirst (request) {
  return (await (await caches.open(CACHE)).match(request)) ?? fetch(request)
}
