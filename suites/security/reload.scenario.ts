import { dials, kept, over, scenario, timeline, type Rotation, type Step } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  addressed,
  ask,
  askByGrpc,
  asPeer,
  filesOf,
  first,
  id,
  named,
  peerFilesOf,
  sees,
  worlds,
} from './reload.worlds.ts'

/**
 * etcd gives Go no certificate but a function: `GetCertificate` reads both files for every handshake, and
 * `GetClientCertificate` for every one that etcd dials (`baseConfig`, client/pkg/transport/listener.go; 3.4:
 * pkg/transport). Files that do not go together end the handshake with Go's internal_error (`pickCertificate` and
 * `processClientHello`, crypto/tls).
 */
const rotate = (files: ReturnType<typeof filesOf>, how: Rotation, between: readonly Step[] = []): Step => ({
  do: 'rotate',
  of: 'm1',
  how,
  files,
  between,
})
const hold = (name: string, shows = first.named): Step => ({ do: 'hold', name, probe: ask(), shows })
const use = (name: string): Step => ({ do: 'use', name })
const tlsVersions = ['1.2', '1.3'] as const
/** Before 3.2.0 both files are read once (`baseConfig`, pkg/transport/listener.go). */
const oldOneStays = (step = 'after') => ({
  how: 'the certificate of the start stays',
  step,
  seen: { status: 200 },
})

export default scenario(id, {
  heading: headingOf(id),
  core: ['new-certificate-on-every-connection', 'expiring-certificate-replaced-without-stop'],
  claims: {
    'new-certificate-on-every-connection': {
      says: 'The pair is read anew for every client connection: after it was replaced the next one shows the new certificate, and those that are open live on.',
      cites: ['d369bbf2', 'a46d9f94'],
      since: '3.2.0',
      ...over({ rotation: ['in-place', 'rename', 'symlink'], tls: tlsVersions }, ({ rotation, tls }) => {
        const [second, third] = [named(`second, ${rotation}, ${tls}`), named(`third, ${rotation}, ${tls}`)]
        return {
          given: rotation === 'symlink' ? worlds.linked : worlds.plain,
          needs: { tls },
          before: oldOneStays(),
          then: kept(),
          when: timeline([
            hold('open'),
            sees('before', first.named, ask({ version: tls })),
            rotate(filesOf(second), rotation),
            sees('after', second, ask({ version: tls })),
            sees('over gRPC', second, askByGrpc({ version: tls })),
            use('open'),
            rotate(filesOf(third), rotation),
            sees('once more', third, ask({ version: tls })),
            use('open'),
          ]),
        }
      }),
    },

    'expiring-certificate-replaced-without-stop': {
      says: 'A pair that expires is replaced by overwriting it while etcd runs: clients turn the expired certificate away, then accept the new one, and the process stays the same.',
      cites: ['bd130216'],
      since: '3.2.0',
      before: oldOneStays('still valid'),
      given: worlds.plain,
      then: kept(),
      when: timeline([
        hold('open'),
        rotate(filesOf({ ...named('soon to expire'), notAfter: '+3s' }), 'in-place'),
        sees('still valid', { ...named('soon to expire'), notAfter: '+3s' }, ask()),
        { do: 'expire', credential: { ...named('soon to expire'), notAfter: '+3s' } },
        {
          do: 'connect',
          name: 'expired',
          probe: ask(),
          comes: 'client-refuses',
          shows: { ...named('soon to expire'), notAfter: '+3s' },
          error: /CERT_HAS_EXPIRED/,
        },
        rotate(filesOf(named('renewed')), 'in-place'),
        sees('renewed', named('renewed'), ask()),
        use('open'),
      ]),
    },

    'one-file-before-the-other': {
      says: 'While certificate and key do not go together new connections are refused and the open ones live on; when both are there the new pair is shown.',
      open: 'The page does not say what happens between the two files; this is what builds do.',
      ...over({ first: ['certificate', 'key'], tls: tlsVersions }, ({ first: one, tls }) => {
        const second = named(`second, ${one} first, ${tls}`)
        return {
          given: worlds.plain,
          needs: { tls },
          then: kept(),
          when: timeline([
            hold('open'),
            rotate(filesOf(second), `${one}-first`, [
              {
                do: 'connect',
                name: 'in between',
                probe: ask({ version: tls }),
                comes: 'refused',
                because: { reason: 'pair-does-not-match' },
              },
              use('open'),
            ]),
            sees('after', second, ask({ version: tls })),
            use('open'),
          ]),
        }
      }),
    },

    'peer-and-dialling-side': {
      says: 'The peer pair is read anew for every connection that comes in from a peer, and for every one that goes out to a peer.',
      open: 'The page speaks of client connections; the peer pair is our question.',
      ...over({ side: ['incoming', 'outgoing'] }, ({ side }) => {
        const second = named(`second peer, ${side}`)
        const probe = side === 'incoming' ? ask({ as: asPeer }, { listener: 'peer' }) : dials()
        return {
          given: side === 'incoming' ? worlds.peer : worlds.peers,
          then: kept(),
          when: timeline([
            sees('before', first.peer, probe),
            rotate(peerFilesOf(second), 'in-place'),
            sees('after', second, probe),
          ]),
        }
      }),
    },

    'ip-only-certificate': {
      says: 'A certificate for addresses only is read anew, too, for a client that sends no Server Name because it dials the address.',
      cites: ['051d2028', '26d5d985', '9507ee3d', '4a981797', '45aefded', 'a46d9f94'],
      since: ['3.2.19', '3.3.4'],
      ...over({ tls: tlsVersions }, ({ tls }) => {
        const second = addressed(`second, no Server Name, ${tls}`)
        const probe = ask({ version: tls, serverName: null })
        return {
          // Go takes `Certificates` first where no Server Name comes (getCertificate, crypto/tls/common.go).
          before: oldOneStays(),
          given: worlds.addressed,
          needs: { tls },
          then: kept(),
          when: timeline([
            sees('before', first.addressed, probe),
            rotate(filesOf(second), 'in-place'),
            sees('after', second, probe),
          ]),
        }
      }),
    },

    'with-server-name-too': {
      says: 'For a client that sends a Server Name the pair is read anew, whether the certificate has that name or addresses only.',
      cites: ['d369bbf2', '4a981797'],
      since: '3.2.0',
      ...over(
        { certificate: ['with-the-name', 'addresses-only'], tls: tlsVersions },
        ({ certificate, tls }) => {
          const has = certificate === 'with-the-name'
          const second = (has ? named : addressed)(`second, Server Name, ${tls}`)
          // A client that asks for a name verifies it: one of addresses only is looked at without verification.
          const probe = ask({
            version: tls,
            serverName: 'm1.etcd.local',
            ...(has ? {} : { trust: 'anybody' }),
          })
          return {
            given: has ? worlds.plain : worlds.addressed,
            before: oldOneStays(),
            needs: { tls },
            then: kept(),
            when: timeline([
              sees('before', has ? first.named : first.addressed, probe),
              rotate(filesOf(second), 'in-place'),
              sees('after', second, probe),
            ]),
          }
        },
      ),
    },
  },
})
