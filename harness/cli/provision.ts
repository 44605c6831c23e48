import { Command } from 'commander'
import type { SetExit } from './set-exit.ts'
import type { ProvisionCommandOptions } from './provision-action.ts'

export const provisionCommand = (setExit: SetExit): Command =>
  new Command('provision')
    .description('set up a container engine where none answers (Debian and Ubuntu, as root)')
    .option('--yes', 'do not ask first')
    .option('--tests', 'say which tools of the tests are missing')
    .addHelpText('after', help)
    .action(async (options: ProvisionCommandOptions) => {
      const { provision } = await import('./provision-action.ts')
      setExit(await provision(options))
    })

const help = `
Installs docker.io and iptables with what the tests use (openssl, curl, chromium, ca-certificates) and starts
dockerd, by hand where there is no systemd. On a terminal it asks first; without one it goes ahead. An engine
that answers is never touched, and then nothing is installed.
\`etcd-tls clean --engine\` stops the engine that was started here. Logs and the record of it are kept in
$XDG_STATE_HOME/etcd-tls, /var/lib/etcd-tls (root) or ~/.local/state/etcd-tls.

Examples:
  etcd-tls provision
  etcd-tls provision --yes

Exit status: 0 an engine answers · 3 none does, with the two lines that say what to do.`
