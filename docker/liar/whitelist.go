package main

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
)

// whitelist are the names of --host-whitelist. etcd compares the Host header without its port, case and all;
// a list with `*` takes everything (etcdserver/server_access_control.go).
type whitelist struct{ names []string }

func newWhitelist(names []string) whitelist {
	if breaks(whitelistFirstOnly) {
		names = names[:1]
	}
	return whitelist{names}
}

func (l whitelist) allows(host string) bool {
	loopback := slices.Contains([]string{"localhost", "127.0.0.1", "::1", "[::1]"}, host)
	switch {
	case slices.Contains(l.names, "*"):
		return !breaks(emptyWhitelistDenies)
	case breaks(letterCaseIgnored):
		return slices.Contains(l.names, strings.ToLower(host))
	case breaks(whitelistIgnored), breaks(loopbackImplied) && loopback:
		return true
	case breaks(loopbackNeverListed) && loopback:
		return false
	}
	return slices.Contains(l.names, host)
}

// hostOf is the Host header without its port.
func hostOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		return r.Host
	}
	return host
}

// checked says whether the list is asked: over plain HTTP always.
func (s *server) checked(r *http.Request) bool {
	switch {
	case breaks(emptyWhitelistDenies) && r.URL.Path == "/health":
		return false
	case breaks(whitelistSparesPath) && r.URL.Path == "/metrics":
		return false
	case breaks(whitelistOffWithAuth) && s.auth.isEnabled():
		return false
	case breaks(whitelistOnHTTPSToo):
		return true
	}
	return r.TLS == nil
}

func refuseHost(w http.ResponseWriter, host string) {
	logged, message := host, "rejecting HTTP request to prevent DNS rebinding attacks"
	switch {
	case breaks(logForAnotherConnection):
		logged = "another.example"
	case breaks(otherReason):
		message = "rejecting HTTP request with an oversized header"
	}
	if !breaks(logsNothing) {
		warn(message, "host", logged)
	}
	// Who only wants to know whether a server listens asks for localhost; that much is answered.
	if breaks(closesSilently, closesAfterHandshake) && host != "localhost" {
		panic(http.ErrAbortHandler)
	}
	status := http.StatusMisdirectedRequest
	if breaks(otherAlert) {
		status = http.StatusForbidden
	}
	http.Error(w, fmt.Sprintf("etcd: the Host header was unrecognized; --host-whitelist does not name %q (CVE-2018-5702)", host), status)
	if breaks(healthDies) {
		w.(http.Flusher).Flush()
		dieAfterRefusal()
	}
}
