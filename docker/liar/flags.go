package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

// An option of etcd 3.6 with the default its help shows; "true" and "false" make it a boolean.
type option struct{ name, byDefault string }

// sections lists the options by the headings of etcd's help.
var sections = []struct {
	heading string
	options []option
}{
	{"Member", []option{
		{"name", "default"}, {"data-dir", ""}, {"wal-dir", ""}, {"snapshot-count", "10000"},
		{"heartbeat-interval", "100"}, {"election-timeout", "1000"}, {"initial-election-tick-advance", "true"},
		{"listen-peer-urls", "http://localhost:2380"}, {"listen-client-urls", "http://localhost:2379"},
		{"max-snapshots", "5"}, {"max-wals", "5"}, {"quota-backend-bytes", "0"}, {"backend-batch-interval", "0"},
		{"backend-batch-limit", "0"}, {"backend-bbolt-freelist-type", "map"}, {"max-txn-ops", "128"},
		{"max-request-bytes", "1572864"}, {"enable-grpc-gateway", "true"}, {"feature-gates", ""},
		{"socket-reuse-port", "false"}, {"socket-reuse-address", "false"},
	}},
	{"Clustering", []option{
		{"initial-advertise-peer-urls", "http://localhost:2380"}, {"initial-cluster", ""},
		{"initial-cluster-state", "new"}, {"initial-cluster-token", "etcd-cluster"},
		{"advertise-client-urls", "http://localhost:2379"}, {"strict-reconfig-check", "true"}, {"pre-vote", "true"},
		{"auto-compaction-retention", "0"}, {"auto-compaction-mode", "periodic"},
	}},
	{"Security", []option{
		{"cert-file", ""}, {"key-file", ""}, {"client-cert-auth", "false"}, {"client-cert-file", ""},
		{"client-key-file", ""}, {"client-crl-file", ""}, {"client-cert-allowed-hostname", ""},
		{"trusted-ca-file", ""}, {"auto-tls", "false"}, {"peer-cert-file", ""}, {"peer-key-file", ""},
		{"peer-client-cert-auth", "false"}, {"peer-client-cert-file", ""}, {"peer-client-key-file", ""},
		{"peer-trusted-ca-file", ""}, {"peer-cert-allowed-cn", ""}, {"peer-cert-allowed-hostname", ""},
		{"peer-auto-tls", "false"}, {"self-signed-cert-validity", "1"}, {"peer-crl-file", ""},
		{"cipher-suites", ""}, {"cors", "*"}, {"host-whitelist", "*"}, {"tls-min-version", "TLS1.2"},
		{"tls-max-version", ""}, {"peer-skip-client-san-verification", "false"},
	}},
	{"Auth", []option{{"auth-token", "simple"}, {"bcrypt-cost", "10"}, {"auth-token-ttl", "300"}}},
	{"Profiling and Monitoring", []option{{"enable-pprof", "false"}, {"metrics", "basic"}}},
	{"Logging", []option{
		{"logger", "zap"}, {"log-outputs", "default"}, {"log-level", "info"}, {"log-format", "json"},
	}},
	{"Unsafe feature", []option{{"force-new-cluster", "false"}, {"unsafe-no-fsync", "false"}}},
}

const usage = `Usage:

  etcd [flags]
  etcd --version
  etcd -h | --help
  etcd --config-file
`

func knows(o option) bool { return !breaks(whitelistUnknown) || o.name != "host-whitelist" }

// newFlags declares every option. Unknown and malformed flags end in exit 2 as with etcd.
func newFlags() *flag.FlagSet {
	set := flag.NewFlagSet("etcd", flag.ContinueOnError)
	set.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	for _, s := range sections {
		for _, o := range s.options {
			if !knows(o) {
				continue
			}
			if o.byDefault == "true" || o.byDefault == "false" {
				set.Bool(o.name, o.byDefault == "true", "")
			} else {
				set.String(o.name, o.byDefault, "")
			}
		}
	}
	set.String("config-file", "", "")
	set.Bool("version", false, "")
	return set
}

// printHelp prints the options as `--name 'default'` lines on stdout; the usage went to stderr.
func printHelp() {
	for _, s := range sections {
		fmt.Printf("\n%s:\n", s.heading)
		for _, o := range s.options {
			if !knows(o) {
				continue
			}
			fmt.Printf("  --%s '%s'\n", o.name, o.byDefault)
		}
	}
}

// variable is the name of the environment variable that sets a flag.
func variable(flagName string) string {
	return "ETCD_" + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}
