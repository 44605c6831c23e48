import { Command, Option } from 'commander'
import type { ExplainOptions } from './explain-action.ts'
import { collect } from './repeatable.ts'
import type { SetExit } from './set-exit.ts'

export const explainCommand = (setExit: SetExit): Command =>
  new Command('explain')
    .description(
      'say what etcd does with certificates and options, and which check decides; no private key is needed',
    )
    .option('--cert <file>', 'certificate of who connects, as PEM, with what it sends along behind it')
    .option(
      '--ca <file>',
      'authorities, as PEM: those that etcd is given, and those that who connects is given',
    )
    .option('--client-ca <file>', 'authorities that the client is given, where they are others')
    .option('--server <file>', "etcd's own certificate, as PEM; of the member that is dialled")
    .option('--options <text>', "etcd's command line, quoted as one word")
    .option('--to <host>', 'the name or address that is dialled')
    .option('--peer-from <address>', 'a member connects to the peer port, from this address')
    .option('--peer-host <host>', 'the name or address in the peer URL that this member advertises')
    .option(
      '--resolv <record>',
      'what the DNS of the member answers: name=address, address=name, or a hosts file; may be repeated',
      collect,
    )
    .addOption(new Option('--tls <version>', 'who connects speaks this version only').choices(['1.2', '1.3']))
    .option('--etcd <version>', 'release, as 3.6.16 or 3.5.8+go1.19.13 (default: the newest stable one)')
    .option('--prove', 'mint the same certificates with new keys, and show it on a real etcd')
    .option('--json', 'as JSON on standard output')
    .addHelpText('after', explainHelp)
    .action(async (options: ExplainOptions) => {
      const { explainAction } = await import('./explain-action.ts')
      setExit(await explainAction(options))
    })

export const explainHelp = `
Reads public certificates only: a file with a private key is refused. Options are read as etcd of that release reads them;
what they leave open is filled in and told (--client-cert-auth with --ca, when no options are given). Nothing is asked of the network:
without --resolv, what depends on the DNS is answered with the questions that etcd will ask, in their order. With
--resolv, what is not listed does not exist.

✔ agrees · ✘ refuses · ? cannot be told from what was given · – not asked in this case; ◀ marks what decides.

--prove mints certificates that differ in keys and signatures only (names, validity, usages, chain and defects stay; addresses
that are dialled become those of the containers), starts that etcd with those options, connects as the client or from the
member's address, and says whether the answer was the one above.

Examples:
  etcd-tls explain --cert client.pem --ca ca.pem
  etcd-tls explain --cert client.pem --ca ca.pem --server server.pem --to etcd.example.com \\
    --options "--client-cert-auth --trusted-ca-file=ca.pem --cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
  etcd-tls explain --cert peer.pem --ca ca.pem --server member.pem --to 10.0.0.1 --peer-from 10.0.0.2 \\
    --resolv b.example=10.0.0.2 --etcd 3.5.35
  etcd-tls explain --cert client.pem --ca ca.pem --prove

Exit status: 0 accepted · 1 refused · 2 usage or input error · 3 cannot be told; with --prove also when etcd did something
else, or the harness failed · 130, 143, 129 ended by SIGINT, SIGTERM, SIGHUP: all containers are removed.`
