package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"runtime"
	"strings"
)

const (
	etcdVersion    = "3.6.16"
	clusterVersion = "3.6.0"
)

// options is what the process was told, whichever way it was told.
type options struct {
	name, dataDir              string
	listenClient, listenPeer   []*url.URL
	client, peer               tlsFiles
	suites                     []string
	minTLS, maxTLS             string
	whitelist                  []string
	clientAutoTLS, peerAutoTLS bool
	advertised, advertisedPeer string
}

// tlsFiles are the files and switches of one listener.
type tlsFiles struct {
	cert, key, trustedCA string
	certAuth             bool
}

func (f tlsFiles) empty() bool { return f.cert == "" && f.key == "" }

// readOptions reads flags, variables or the configuration file, and ends the process as etcd does on errors.
func readOptions(arguments []string) options {
	set := newFlags()
	switch err := set.Parse(arguments); {
	case errors.Is(err, flag.ErrHelp):
		printHelp()
		os.Exit(0)
	case err != nil:
		os.Exit(2)
	}
	if set.NArg() > 0 {
		refuseToStart(fmt.Errorf("%q is not a valid flag", set.Arg(0)))
	}
	if set.Lookup("version").Value.String() == "true" {
		printVersion()
		os.Exit(0)
	}
	file := set.Lookup("config-file").Value.String()
	if file == "" {
		file = os.Getenv(variable("config-file"))
	}
	if file != "" {
		set = newFlags()
		if err := setFromFile(set, file); err != nil {
			refuseToStart(err)
		}
	} else if err := setFromEnvironment(set); err != nil {
		refuseToStart(err)
	}
	o, err := fromFlags(set)
	if err != nil {
		refuseToStart(err)
	}
	return o
}

func refuseToStart(err error) {
	warn("failed to verify flags", "error", err)
	os.Exit(1)
}

func printVersion() {
	fmt.Printf("etcd Version: %s\nGit SHA: Not provided (a liar)\nGo Version: %s\nGo OS/Arch: %s/%s\n",
		etcdVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func fromFlags(set *flag.FlagSet) (options, error) {
	value := func(name string) string {
		if f := set.Lookup(name); f != nil {
			return f.Value.String()
		}
		return "*"
	}
	o := options{
		name: value("name"), dataDir: value("data-dir"),
		client: tlsFiles{
			cert: value("cert-file"), key: value("key-file"), trustedCA: value("trusted-ca-file"),
			certAuth: value("client-cert-auth") == "true",
		},
		peer: tlsFiles{
			cert: value("peer-cert-file"), key: value("peer-key-file"), trustedCA: value("peer-trusted-ca-file"),
			certAuth: value("peer-client-cert-auth") == "true",
		},
		minTLS: value("tls-min-version"), maxTLS: value("tls-max-version"),
		whitelist:  strings.Split(value("host-whitelist"), ","),
		advertised: value("advertise-client-urls"), advertisedPeer: value("initial-advertise-peer-urls"),
		clientAutoTLS: value("auto-tls") == "true", peerAutoTLS: value("peer-auto-tls") == "true",
	}
	if isSet(set, "cipher-suites") {
		o.suites = strings.Split(value("cipher-suites"), ",")
	}
	if o.dataDir == "" {
		o.dataDir = o.name + ".etcd"
	}
	var err error
	if o.listenClient, err = bindURLs(value("listen-client-urls")); err != nil {
		return o, err
	}
	if o.listenPeer, err = bindURLs(value("listen-peer-urls")); err != nil {
		return o, err
	}
	if isSet(set, "listen-client-urls") && !isSet(set, "advertise-client-urls") {
		return o, errors.New("--advertise-client-urls is required when --listen-client-urls is set explicitly")
	}
	if breaks(schemesMustMatch) && o.listenClient[0].Scheme != strings.Split(o.advertised, ":")[0] {
		return o, errors.New("listen and advertise client URLs differ in scheme")
	}
	return o, checkVersions(o)
}

func isSet(set *flag.FlagSet, name string) bool {
	found := false
	set.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// bindURLs parses a list of URLs to listen on; etcd takes addresses and localhost only.
func bindURLs(list string) ([]*url.URL, error) {
	var urls []*url.URL
	for _, text := range strings.Split(list, ",") {
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		host := u.Hostname()
		if host != "localhost" && net.ParseIP(host) == nil {
			return nil, fmt.Errorf("expected IP in URL for binding (%s)", u)
		}
		urls = append(urls, u)
	}
	return urls, nil
}

func checkVersions(o options) error {
	for _, v := range []string{o.minTLS, o.maxTLS} {
		if _, known := tlsVersions[v]; !known {
			return fmt.Errorf("unexpected TLS version %q (must be one of: TLS1.2, TLS1.3)", v)
		}
	}
	if o.maxTLS != "" && tlsVersions[o.minTLS] > tlsVersions[o.maxTLS] {
		return fmt.Errorf("min version (%s) is greater than max version (%s)", o.minTLS, o.maxTLS)
	}
	if o.minTLS == "TLS1.3" && len(o.suites) > 0 {
		return errors.New("cipher suites cannot be configured when only TLS1.3 is enabled")
	}
	return nil
}
