import packageFile from '../../package.json' with { type: 'json' }
import { cellsOf } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { catalogueDigest, catalogueList, profileOf, profiles } from './profile.ts'

/** Prints the lines of `known-catalogues.ts` for the version that is released now. */
const all = (await loadCatalogue()).flatMap(cellsOf)
for (const profile of profiles) {
  const digest = catalogueDigest(catalogueList(profileOf(profile, all)))
  process.stdout.write(`'${digest}': { version: '${packageFile.version}', profile: '${profile}' },\n`)
}
