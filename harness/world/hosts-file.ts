/** The text of /etc/hosts with lines `name:address`, as an engine writes them. */
export const hostsFile = (hosts: readonly string[]): string => {
  const lines = hosts.map((one) => one.replace(/^([^:]+):(.*)$/, '$2 $1'))
  return ['127.0.0.1 localhost', '::1 localhost', ...lines, ''].join('\n')
}
