import { accessSync, constants, existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { engineIfAny } from './client.ts'
import { hasSystemd, isDebian, livingDockerd, readText, which } from './machine.ts'
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

/** The engine that the person chose, in the places where testcontainers looks for a choice. */
export function chosenEngine(): string | undefined {
  const properties = readText(join(homedir(), '.testcontainers.properties')) ?? ''
  const property = /^\s*(?:tc|docker)\.host\s*[=:]\s*(\S+)/m.exec(properties)?.[1]
  return process.env['DOCKER_HOST'] ?? property
}

function mayUse(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}
