export const runHelp = `
A subject is one of
  3.6.16, v3.6.16   the official image, else built from its module with the release's own Go
  3.5.8+go1.19.13   built from its module with that Go
  module:VERSION    built from its module
  image:REF         an image
  debian:SUITE      the distribution's build
  file:PATH         a static binary
  liar:NAME         a deliberately wrong server that breaks one rule
  bent:NAME         a real etcd, built with one check taken out or turned; bent:NAME@3.5.35 of that release
  supported, all    the newest release of each supported line; both sides of each documented step

In a glob * stands for anything within a part of an id (a part ends at a slash), ** for any number of parts, and the name
of a page, a section or a claim for all its cells: 'security/https/**' and security/https are the same.

Where no engine answers, a run sets one up only when it is told to (Debian and Ubuntu, as root):
  --provision       yes
  --provision-ask   asks on a terminal, goes ahead without one

Against a baseline every cell is regressed, newly drifting, gone, mended, new or unchanged (gone and new: only one of
both has a verdict). Exit 1 is for what got worse: a fail or drift that nobody declared and that the baseline does not
have. --strict: also for what was so before, and for everything that is regressed, newly drifting, gone or mended,
declared or not. A build is compared with the same one, else with that of its line (3.6.17 with 3.6.16), else with the
only one.

With --since-last-good a cell is not played again when an earlier run found it good (as promised, or as declared) and
its definition, the image of the build and the harness with its surroundings (sources, libraries, Node, engine, curl,
openssl) are what they were. Its evidence is copied, and every report names the run that it is from. It takes
results.json, the folder of a run or a folder of runs.

Examples:
  etcd-tls run
  etcd-tls run --etcd 3.5.35 --etcd 3.6.16 --out result
  etcd-tls run --only 'security/https/**'
  etcd-tls run --etcd 3.6.16 --baseline before/results.json
  etcd-tls run --shard 2/3 --out shard-2
  etcd-tls run --since-last-good --again 'security/reload/**'
  etcd-tls run --etcd 3.6.16 --quiet --json > results.json
  etcd-tls run my.scenario.ts --etcd file:./etcd

Files: results.json, junit.xml, report.html, report.md, summary.md (for a comment on a pull request), badge.svg, badge.json
(for shields.io), comparison.json (with --baseline), allure-results/ and evidence/ in the run's folder.
Exit status: 0 as promised or declared · 1 not so · 2 usage or input · 3 inconclusive or the harness failed ·
130, 143, 129 ended by SIGINT, SIGTERM, SIGHUP: what was found so far is written, all containers are removed.`
