package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

// setFromEnvironment sets what no flag set. An empty variable counts as unset, and one that a flag shadows
// ends the process (pkg/flags in etcd).
func setFromEnvironment(set *flag.FlagSet) error {
	byFlag := map[string]bool{}
	set.Visit(func(f *flag.Flag) { byFlag[variable(f.Name)] = true })
	used := map[string]bool{}
	var err error
	set.VisitAll(func(f *flag.Flag) {
		key := variable(f.Name)
		value, given := os.LookupEnv(key)
		emptyCounts := given && breaks(emptyCiphersRefused) && f.Name == "cipher-suites"
		if value == "" && !emptyCounts || byFlag[key] || breaks(variablesIgnored) && passedOver(f.Name) {
			return
		}
		used[key] = true
		if wrong := set.Set(f.Name, value); wrong != nil {
			err = fmt.Errorf("invalid value %q for %s: %w", value, key, wrong)
			return
		}
		info("recognized and used environment variable", "variable-name", key, "variable-value", value)
	})
	for _, entry := range os.Environ() {
		key, _, _ := strings.Cut(entry, "=")
		switch {
		case used[key]:
		case byFlag[key]:
			fatal("conflicting environment variable is shadowed by corresponding command-line flag "+
				"(either unset environment variable or disable flag))", "environment-variable", key)
		case strings.HasPrefix(key, "ETCD_"):
			warn("unrecognized environment variable", "environment-variable", entry)
		}
	}
	return err
}

// inFile maps the keys of the two security sections of a configuration file to flags (embed/config.go).
var inFile = map[string]map[string]string{
	"client-transport-security": {
		"cert-file": "cert-file", "key-file": "key-file", "client-cert-auth": "client-cert-auth",
		"trusted-ca-file": "trusted-ca-file", "auto-tls": "auto-tls",
		"allowed-hostname": "client-cert-allowed-hostname",
	},
	"peer-transport-security": {
		"cert-file": "peer-cert-file", "key-file": "peer-key-file", "client-cert-auth": "peer-client-cert-auth",
		"trusted-ca-file": "peer-trusted-ca-file", "auto-tls": "peer-auto-tls",
		"allowed-cn": "peer-cert-allowed-cn", "allowed-hostname": "peer-cert-allowed-hostname",
		"skip-client-san-verification": "peer-skip-client-san-verification",
	},
}

// setFromFile sets flags from a configuration file. Outside of the two sections the security keys of the
// command line mean nothing, unknown keys are passed over, and an empty value leaves the default.
func setFromFile(set *flag.FlagSet, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	entries, err := parseYAML(string(text))
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.key
		if e.section != "" {
			name = inFile[e.section][e.key]
		} else if onlyInSection(name) {
			continue
		}
		value := strings.Join(e.values, ",")
		if breaks(configFilePartlyRead) && passedOver(name) {
			continue
		}
		emptyCounts := breaks(emptyCiphersRefused) && name == "cipher-suites"
		if name == "" || value == "" && !emptyCounts || set.Lookup(name) == nil {
			continue
		}
		if err := set.Set(name, value); err != nil {
			return fmt.Errorf("error unmarshaling %s: %w", e.key, err)
		}
	}
	info("loaded server configuration, other configuration command line flags and environment variables "+
		"will be ignored if provided", "path", path)
	return nil
}

// passedOver are the options that a server forgets to take from a variable or from the file.
func passedOver(name string) bool {
	return slices.Contains([]string{"client-cert-auth", "trusted-ca-file", "auto-tls", "cipher-suites", "host-whitelist"}, name)
}

func onlyInSection(name string) bool {
	for _, section := range inFile {
		for _, flagName := range section {
			if flagName == name {
				return true
			}
		}
	}
	return false
}
