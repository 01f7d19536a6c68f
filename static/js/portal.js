// Everything works without this file: it makes what the server already answers quicker to use.
import {
  Button, CharacterCount, Checkboxes, createAll, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink
} from 'govuk-frontend'

for (const component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink
]) {
  createAll(component)
}
