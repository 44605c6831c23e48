import { accessSync, constants, existsSync } from 'node:fs'
import { chosenEngine } from './chosen-engine.ts'
import { engineIfAny } from './client.ts'
import { hasSystemd, isDebian, livingDockerd, which } from './machine.ts'
import type { Command, ProvisionFacts } from './provision-plan.ts'

const socket = '/var/run/docker.sock'
const commands = [
  'dockerd',
  'iptables',
  'apt-get',
  'openssl',
  'curl',
  'chromium',
] as const satisfies Command[]

/** Looks at this machine. `yes`: the person agreed beforehand. */
export async function provisionFacts(yes: boolean): Promise<ProvisionFacts> {
  return {
    answers: (await engineIfAny()) !== undefined,
    chosen: chosenEngine(),
    linux: process.platform === 'linux',
    debian: isDebian(),
    root: process.getuid?.() === 0,
    systemd: hasSystemd(),
    denied: existsSync(socket) && !mayUse(socket) ? socket : undefined,
    dockerdLives: livingDockerd() !== undefined,
    commands: new Set(commands.filter((command) => which(command) !== undefined)),
    terminal: process.stdin.isTTY && process.stderr.isTTY,
    yes,
  }
}

function mayUse(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}
