package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"slices"
)

var tlsVersions = map[string]uint16{"": 0, "TLS1.2": tls.VersionTLS12, "TLS1.3": tls.VersionTLS13}

// An endpoint is one TLS listener: the client port or the peer port.
type endpoint struct {
	word    string
	files   tlsFiles
	suites  []uint16
	min     uint16
	max     uint16
	standIn *tls.Certificate
}

func (e *endpoint) demandsCertificate() bool { return e.files.trustedCA != "" || e.files.certAuth }

// config is the server's TLS configuration; etcd demands a certificate as soon as a trusted CA is named
// (client/pkg/transport/listener.go) and reads the pair again for every handshake.
func (e *endpoint) config() (*tls.Config, error) {
	if _, err := e.pair(); err != nil {
		return nil, err
	}
	c := &tls.Config{MinVersion: e.min, MaxVersion: e.max, NextProtos: []string{"h2"}}
	if c.MinVersion == 0 {
		c.MinVersion = tls.VersionTLS12
	}
	if len(e.suites) > 0 && !breaks(cipherListIgnored) {
		c.CipherSuites = e.suites
		if breaks(cipherListCut) {
			c.CipherSuites = e.suites[:1]
		}
	}
	if len(e.suites) == 0 {
		c.CipherSuites = otherDefault()
	}
	c.GetCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return e.pair() }
	if e.files.trustedCA != "" {
		pool, err := poolOf(e.files.trustedCA)
		if err != nil {
			return nil, err
		}
		c.ClientCAs = pool
	}
	c.ClientAuth = e.clientAuth(c)
	return c, nil
}

func (e *endpoint) clientAuth(c *tls.Config) tls.ClientAuthType {
	switch {
	case breaks(refusesEverything) && e.word == "client":
		c.ClientCAs = x509.NewCertPool()
		return tls.RequireAndVerifyClientCert
	case !e.demandsCertificate() || breaks(noClientCertificateAsked):
		return tls.NoClientCert
	case breaks(onlyTLS12Asks):
		c.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
			if !slices.Contains(hello.SupportedVersions, tls.VersionTLS13) {
				return nil, nil
			}
			open := c.Clone()
			open.ClientAuth = tls.NoClientCert
			return open, nil
		}
		return tls.RequireAndVerifyClientCert
	case breaks(metricsUnchecked):
		return tls.VerifyClientCertIfGiven
	case breaks(closesAfterHandshake):
		return tls.RequestClientCert
	case verifiesItself():
		return tls.RequireAnyClientCert
	}
	return tls.RequireAndVerifyClientCert
}

// pair reads certificate and key, or takes the stand-in where the broken rule is about them.
func (e *endpoint) pair() (*tls.Certificate, error) {
	f := e.files
	if breaks(wrongServerCertificate) && e.word == "client" {
		return e.standIn, nil
	}
	if f.cert == "" || f.key == "" {
		if breaks(servesWithoutKey) && f.cert != "" || breaks(servesWithoutPair) && f.empty() {
			return e.standIn, nil
		}
		return nil, fmt.Errorf("KeyFile and CertFile must both be present[key: %s, cert: %s]", f.key, f.cert)
	}
	certificate, err := os.ReadFile(f.cert)
	if err != nil {
		return nil, err
	}
	key, err := os.ReadFile(f.key)
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	ignored := breaks(encryptedKeyIgnored) && e.word == "client" || breaks(encryptedPeerKeyIgnored) && e.word == "peer"
	if err != nil && ignored {
		return e.standIn, nil
	}
	return &pair, err
}

func poolOf(file string) (*x509.CertPool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return pool, nil
}

// suiteIDs turns names into ids; a name Go does not know is an error, the empty one too.
func suiteIDs(names []string) ([]uint16, error) {
	known := map[string]uint16{
		"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305":   tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
		"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305": tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
	}
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		known[s.Name] = s.ID
	}
	var ids []uint16
	for _, name := range names {
		id, ok := known[name]
		if !ok && breaks(unknownCipherAccepted) {
			continue
		}
		if !ok {
			return nil, fmt.Errorf("unexpected TLS cipher suite %q", name)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// otherDefault is what a server without a list takes instead of Go's choice.
func otherDefault() (suites []uint16) {
	switch {
	case breaks(defaultCiphersCut):
		return []uint16{tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}
	case breaks(weakCiphersByDefault):
		for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
			suites = append(suites, s.ID)
		}
	}
	return suites
}

// http2Suites is the error of Go's HTTP/2 for a list without the suite that RFC 7540 9.2.2 asks for.
func http2Suites(suites []uint16) error {
	needed := []uint16{tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}
	if len(suites) == 0 || slices.ContainsFunc(suites, func(id uint16) bool { return slices.Contains(needed, id) }) {
		return nil
	}
	return errors.New("http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher " +
		"(need at least one of TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)")
}
